"""The order's way as its customer is told of it: paid, accepted, on the way, here, done, settled.

A renderer looks at the order as it is now and returns None when a later state made the letter pointless. The live
card is edited with every step; a push sounds only where somebody must know or act: at most six for one order.
"""

from dataclasses import replace
from datetime import datetime

from bot.adapters.calendar_file import calendar_file
from bot.customer.orders.buttons import cash_open
from bot.customer.orders.live import followed, live_pin
from bot.customer.orders.pushes import if_room, of_order, past, push, receipt_row, review_row
from bot.customer.orders.screens import delayed
from bot.customer.orders.shown import order_screen
from bot.customer.parts import short
from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, standing
from bot.work_files import work_files
from core.orders.late import announced
from core.orders.model import State
from core.orders.service import OrderView
from core.services import Core


def order_card(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The live card where there is one; the latest news suffices."""
    screen = order_screen(core, view, words, now)
    return replace(screen, card=Card("order", view.order.id, when_missing="skip"), quiet=True)


def paid(core: Core, view: OrderView, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Without a sound: whoever has just paid looks at the screen, and its card says it already."""
    order = view.order
    if order.state is not State.OFFERED or order.asked_until is None:
        return None
    amount = words.money(int(letter.facts.get("amount", order.paid)), order.currency)
    screen = push(
        order, words, words("💳 <b>{amount} received, thank you!</b>", amount=amount),
        words("{name} has until {time} to accept.", name=short(view.provider.name, 40),
              time=words.by(order.asked_until, now=now)),
        rows=receipt_row(order, words),
    )  # fmt: skip
    return replace(screen, quiet=True)


def accepted(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The confirmation: the whole card anew at the bottom, and the visit as a calendar file."""
    if view.order.state is not State.ACCEPTED:
        return None
    screen = order_screen(core, view, words, now)
    visit = calendar_file(view, words, now)
    return replace(screen, files=(visit,), card=Card("order", view.order.id, anew=True))


def on_the_way(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.ON_THE_WAY:
        return None
    name = short(view.provider.name, 40)
    return push(
        order, words, words("🛵 <b>{name} is on the way.</b>", name=name),
        delayed(order, name, words) if announced(order=order, now=now)
        else words("Booked for {time}.", time=words.within(order.starts_at, now=now)),
        words("Another time is no longer possible.") if letter.facts.get("unanswered") else None,
    )  # fmt: skip


def arrived(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.ARRIVED:
        return None
    return push(
        order, words, words("📍 <b>{name} is here.</b>", name=short(view.provider.name, 40)),
        words("Your start code: <code>{code}</code>", code=order.start_code),
        words("Share it only at the door: work starts with it."),
    )  # fmt: skip


def finished(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """Asks for a review; while cash is still to be named, that letter comes instead."""
    order = view.order
    if order.state is not State.CLOSED or order.reviewed:
        return None
    return push(
        order, words, words("🎉 <b>All done.</b>"),
        words("How was it with {name}?", name=short(view.provider.name, 40)),
        rows=review_row(order, words),
    )  # fmt: skip


def cash_stated(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if not cash_open(order):
        return None
    amount = words.money(order.cash_stated or 0, order.currency)
    name = short(view.provider.name, 40)
    yes = Button(words.plain("✅ That's right"), press("ocashyes", order.id), style="success")
    other = Button(words.plain("Another amount"), press("ocashno", order.id))
    return push(
        order, words,
        words("💵 <b>Did you pay {amount} on site?</b>", amount=amount),
        words("That is the amount {name} entered. Confirm it, and everything is settled.",
              name=name) if order.cash_stated == order.to_pay_on_site
        else words("That is the amount {name} entered; {due} was due. Our staff take a look at it.",
                   name=name, due=words.money(order.to_pay_on_site, order.currency)),
        rows=[[yes], [other]],
    )  # fmt: skip


def settled(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    if order.state is not State.CLOSED or order.reviewed:
        return None
    amount = words.money(order.cash_confirmed or 0, order.currency)
    return push(
        order, words, words("⚖️ <b>Our staff have checked it.</b>"),
        words("Paid on site: {amount}.", amount=amount), rows=review_row(order, words),
    )  # fmt: skip


def refunded(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    order = view.order
    amount = words.money(int(letter.facts.get("amount", order.refunded)), order.currency)
    screen = push(
        order, words, words("💸 <b>{amount} is back with you.</b>", amount=amount),
        rows=receipt_row(order, words),
    )  # fmt: skip
    return replace(screen, quiet=order.state is not State.CANCELLED)


def with_photos(render: Renderer) -> Renderer:
    """A letter about work that is done, with what the provider showed of it."""

    async def run(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        screen = await render(core, letter, words, now)
        if screen is None:
            return None
        view = await core.orders.view(order_id=letter.subject)
        return replace(screen, files=await work_files(core, view, words))

    return run


STANDS: Table = {
    "paid": (of_order(paid), past(mark("💳 {amount} received"))),
    "on_the_way": (
        if_room(of_order(on_the_way), ahead=3), past(mark("🛵 The provider set out")),
    ),
    "arrived": (of_order(arrived), past(mark("📍 The provider arrived"))),
    "finished": (if_room(with_photos(of_order(finished)), ahead=2), past(mark("🎉 All done"))),
    "cash_stated": (
        if_room(with_photos(of_order(cash_stated)), ahead=2),
        past(mark("💵 You were asked about {stated} on site")),
    ),
    "settled": (of_order(settled), past(mark("⚖️ Paid on site, checked by our staff: {cash}"))),
}  # fmt: skip
LETTERS: dict[str, Renderer] = {
    "order_card": followed(of_order(order_card)),
    "live_pin": live_pin,
    "accepted": of_order(accepted),
    "refunded": of_order(refunded),
} | standing(STANDS)
