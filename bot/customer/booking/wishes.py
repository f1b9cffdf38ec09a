"""Requirements, coupon and way to pay: all have good defaults and are optional from the summary."""

from typing import Any

from bot.album import same_album
from bot.conversation import Attachment, Talk
from bot.customer.booking import flow, pay_screens
from bot.customer.booking.flow import saying
from bot.customer.booking.pay_screens import online_methods
from bot.customer.booking.steps import go, tap
from bot.screen import Screen
from core.orders.booking import Booking
from core.orders.model import Pay
from core.promotions.model import Coupon

MOST_PHOTOS = 10


def _pictures(talk: Talk) -> list[Attachment]:
    """Photos, and pictures that were sent as files."""
    return [
        one
        for one in talk.incoming.attachments
        if one.kind == "photo" or (one.kind == "document" and one.mime.startswith("image/"))
    ]


@tap
async def noted(talk: Talk, booking: Booking) -> Screen | None:
    """Words become notes, photos are added; the photos of an album are one answer."""
    pictures, text = _pictures(talk), talk.incoming.text.strip()
    if not pictures and not text:
        hint = talk.words("Please send words or photos; the provider sees them with the order.")
        return saying(await go(talk, booking, "notes"), hint)
    room = MOST_PHOTOS - len(booking.draft.photos)
    kept = [(await talk.store(picture)).file_id for picture in pictures[:room]]
    joined = "\n".join(filter(None, [booking.draft.notes, text]))
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, notes=joined,
        photos=[*booking.draft.photos, *kept],
    )  # fmt: skip
    together = same_album(talk)
    screen = await go(talk, booking, "notes", album=talk.incoming.album)
    if len(pictures) > room:
        screen = saying(screen, talk.words("Ten photos are the most; the others were left out."))
    return await together(screen)


@tap
async def clear(talk: Talk, booking: Booking) -> Screen:
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, notes="", photos=[]
    )
    return await go(talk, booking, "notes")


@tap
async def done(talk: Talk, booking: Booking) -> Screen:
    """The requirements were shown; from now on they wait behind the summary."""
    booking = await talk.core.bookings.fill(customer_id=talk.person.id, now=talk.now, asked=True)
    return await go(talk, booking, "summary")


@tap
async def question(talk: Talk, booking: Booking, index: int) -> Screen:
    return await go(talk, booking, "question", index=index, alone=booking.draft.asked)


@tap
async def chosen(talk: Talk, booking: Booking, index: int, number: int) -> Screen:
    """One of a question's choices, kept in the words the customer saw."""
    questions = flow.asked(booking)
    choices = questions[index].question.get("choices", []) if 0 <= index < len(questions) else []
    if not 0 <= number < len(choices):
        return await go(talk, booking, "notes")
    return await _answer(talk, booking, index, talk.words.pick(choices[number]))


@tap
async def answered(talk: Talk, booking: Booking) -> Screen:
    text, questions = talk.incoming.text.strip()[:200], flow.asked(booking)
    index = talk.memory.get("index", flow.unanswered(booking) or 0)
    if not index < len(questions):
        return await go(talk, booking, "notes")
    if not text:
        hint = talk.words("Please choose, or type a few words.")
        return saying(await go(talk, booking, "question", **_where(talk)), hint)
    return await _answer(talk, booking, index, text)


def _where(talk: Talk) -> dict[str, Any]:
    return {name: talk.memory[name] for name in ("index", "alone") if name in talk.memory}


@tap
async def skip(talk: Talk, booking: Booking, index: int) -> Screen:
    """The question stays without an answer, or keeps the one it has."""
    return await _on(talk, booking, index)


async def _answer(talk: Talk, booking: Booking, index: int, answer: str) -> Screen:
    one = flow.asked(booking)[index]
    booking = await talk.core.together.choose(
        customer_id=talk.person.id, place=one.place, answers={one.question["code"]: answer},
        now=talk.now,
    )  # fmt: skip
    return await _on(talk, booking, index)


async def _on(talk: Talk, booking: Booking, index: int) -> Screen:
    """The next question without an answer, then the requirements; in a hurry only what must be answered."""
    hurry = booking.draft.asked and not talk.memory.get("alone")
    following = flow.unanswered(booking, after=index, required=hurry)
    if following is not None:
        return await go(talk, booking, "question", index=following, alone=talk.memory.get("alone"))
    return await go(talk, booking, flow.after(booking, "question") if hurry else "notes")


@tap
async def coupon(talk: Talk, booking: Booking, coupon_id: int) -> Screen:
    found = await talk.core.bookings.coupons(customer_id=talk.person.id, now=talk.now)
    return await _use(talk, next((c for c in found if c.id == coupon_id), None))


@tap
async def coupon_code(talk: Talk, booking: Booking) -> Screen:
    """A typed code; one that doesn't fit is said so by the guard."""
    if not talk.incoming.text.strip():
        return await go(talk, booking, "coupon")
    booking = await talk.core.bookings.use_coupon(
        customer_id=talk.person.id, code=talk.incoming.text[:40], now=talk.now
    )
    return await go(talk, booking, "summary")


async def _use(talk: Talk, found: Coupon | None) -> Screen:
    booking = await talk.core.bookings.use_coupon(
        customer_id=talk.person.id, code=found.code if found else None, now=talk.now
    )
    return await go(talk, booking, "summary")


@tap
async def way(talk: Talk, booking: Booking, pay: str, method: str) -> Screen:
    """How to pay: only what is offered right now."""
    offered = pay_screens.choices(booking, talk.core.payments.online)
    if (pay, method) not in [(p.value, m) for p, m in offered]:
        return await go(talk, booking, "pay")
    booking = await talk.core.bookings.choose_pay(
        customer_id=talk.person.id, pay=Pay(pay), method=method, now=talk.now
    )
    return await go(talk, booking, "summary")


@tap
async def means(talk: Talk, booking: Booking) -> Screen:
    """The methods that are on; with one alone, or none for what is booked, there is nothing to choose."""
    online = online_methods(talk)
    if len(pay_screens.choices(booking, online)) <= pay_screens.ROOM:
        return await go(talk, booking, "pay")
    return pay_screens.means(booking, online, talk.words)
