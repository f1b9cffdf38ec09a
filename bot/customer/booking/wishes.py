"""Requirements, coupon and way to pay: all have good defaults and are optional from the summary."""

from bot.album import same_album
from bot.conversation import Talk
from bot.customer.booking import flow, summary_screens
from bot.customer.booking.flow import saying
from bot.customer.booking.steps import go, tap
from bot.screen import Screen
from core.orders.booking import Booking
from core.orders.model import Pay
from core.promotions.model import Coupon

PICTURES = ("photo",)


@tap
async def noted(talk: Talk, booking: Booking) -> Screen | None:
    """Words become notes, photos are added; the photos of an album are one answer."""
    pictures = [a for a in talk.incoming.attachments if a.kind in PICTURES]
    text = talk.incoming.text.strip()
    if not pictures and not text:
        hint = talk.words("Please send words or photos; the provider sees them with the order.")
        return saying(await go(talk, booking, "notes"), hint)
    kept = [(await talk.store(picture)).file_id for picture in pictures]
    joined = "\n".join(filter(None, [booking.draft.notes, text]))
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, notes=joined,
        photos=[*booking.draft.photos, *kept],
    )  # fmt: skip
    together = same_album(talk)
    screen = await go(talk, booking, "notes", album=talk.incoming.album)
    return await together(screen)


@tap
async def clear(talk: Talk, booking: Booking) -> Screen:
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, notes="", photos=[]
    )
    return await go(talk, booking, "notes")


@tap
async def question(talk: Talk, booking: Booking, index: int) -> Screen:
    if not 0 <= index < len(booking.service.questions):
        return await go(talk, booking, "notes")
    return await go(talk, booking, "question", index=index)


@tap
async def chosen(talk: Talk, booking: Booking, index: int, number: int) -> Screen:
    """One of a question's choices, kept in the words the customer saw."""
    questions = booking.service.questions
    choices = questions[index].get("choices", []) if 0 <= index < len(questions) else []
    if not 0 <= number < len(choices):
        return await go(talk, booking, "notes")
    return await _answer(talk, booking, index, talk.words.pick(choices[number]))


@tap
async def answered(talk: Talk, booking: Booking) -> Screen:
    text = talk.incoming.text.strip()[:200]
    index = talk.memory.get("index", 0)
    if not index < len(booking.service.questions):
        return await go(talk, booking, "notes")
    if not text:
        hint = talk.words("Please choose, or type a few words.")
        return saying(await go(talk, booking, "question", index=index), hint)
    return await _answer(talk, booking, index, text)


async def _answer(talk: Talk, booking: Booking, index: int, answer: str) -> Screen:
    """On to the next question without an answer, else back to the requirements."""
    questions = booking.service.questions
    answers = booking.draft.answers | {questions[index]["code"]: answer}
    booking = await talk.core.bookings.fill(
        customer_id=talk.person.id, now=talk.now, answers=answers
    )
    left = [n for n, asked in enumerate(questions[:3]) if asked["code"] not in answers]
    if left:
        return await go(talk, booking, "question", index=left[0])
    return await go(talk, booking, "notes")


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
    offered = summary_screens.choices(booking, talk.core.payments.online)
    if (pay, method) not in [(p.value, m) for p, m in offered]:
        return await go(talk, booking, "pay")
    booking = await talk.core.bookings.choose_pay(
        customer_id=talk.person.id, pay=Pay(pay), method=method, now=talk.now
    )
    return await go(talk, booking, flow.after(booking, "date"))
