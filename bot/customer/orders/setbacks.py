"""What customers are told when an order takes another way than planned: each says what happens now."""

from dataclasses import replace
from datetime import datetime

from bot.customer.orders import buttons, screens
from bot.customer.orders.live import followed
from bot.customer.orders.pushes import if_room, of_order, past, push
from bot.customer.orders.shown import order_screen
from bot.customer.parts import short
from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, standing
from core.orders.late import announced
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.service import OrderView
from core.series.paying import ASKED_INSTEAD
from core.services import Core


def cancelled(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """Only where somebody else cancelled."""
    by_customer = view.order.cancelled_by == Actor.CUSTOMER
    return None if by_customer else _ended(core, view, words, now)


def _ended(core: Core, view: OrderView, words: Words, now: datetime) -> Screen | None:
    """The card once more at the bottom: it says why, and has the way on."""
    if view.order.state is not State.CANCELLED:
        return None
    card = Card("order", view.order.id, anew=True)
    return replace(order_screen(core, view, words, now), card=card)


def expired(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """What became of an unpaid visit; where another time is asked about instead, the question says it all."""
    asked = view.order.reason == ASKED_INSTEAD
    return None if asked else _ended(core, view, words, now)


def declined_searching(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """A silent line, where somebody had promised to come, or the first who was asked can't: what sounds is the outcome.

    Whoever asked for somebody else knows. By the time it leaves the next one may be asked already; once somebody
    accepted, or nobody can, that is the news.
    """
    order, promised = view.order, bool(letter.facts.get("promised"))
    looking = order.state in (State.SEARCHING, State.OFFERED)
    wanted = letter.facts.get("actor") == Actor.CUSTOMER
    if not looking or wanted or not (promised or letter.facts.get("first")):
        return None
    name = short(str(letter.facts.get("name") or view.provider.name), 40)
    if letter.facts.get("reason") == "late":
        said = (
            words("🔎 <b>{name} didn't come.</b>", name=name),
            words("We are finding whoever can be there soonest, at no higher price."),
        )
    else:
        said = (
            words("🔎 <b>{name} can't come.</b>", name=name),
            words(
                "We are finding somebody else for the same time, at no higher price. "
                "You don't need to do anything."
            ),
        )
    return replace(push(order, words, *said), quiet=True)


def delay(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The provider told the new time himself: a short delay comes without a sound, a long one with the way out."""
    order = view.order
    said = order.coming_at is not None and order.coming_at.isoformat() == letter.facts["to"]
    if not said or not announced(order=order, now=now):
        return None
    long = bool(letter.facts.get("long"))
    screen = push(
        order, words, screens.delayed(order, short(view.provider.name, 40), words),
        words("Rather not wait? We find somebody else, or you cancel free.") if long else None,
        rows=[[_other(order, words)], [_free(order, words)]] if long else (),
    )  # fmt: skip
    return replace(screen, quiet=not long, card=_card(order))


def _card(order: Order) -> Card:
    """The last word about a lateness is the one that can be answered."""
    return Card("late", order.id, anew=True)


def _other(order: Order, words: Words) -> Button:
    return Button(words.plain("👷 Somebody else"), press("oelse", order.id), style="primary")


def _free(order: Order, words: Words) -> Button:
    return Button(words.plain("✖ Cancel, free"), press("ocancel", order.id))


def late(core: Core, view: OrderView, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The customer decides, told how far they are where that is known; without a word somebody else is found."""
    order = view.order
    if not buttons.late(order):
        return None
    name = short(view.provider.name, 40)
    coming = order.state is State.ON_THE_WAY
    wait = Button(words.plain("⏱ Wait"), press("owait", order.id))
    screen = push(
        order, words, words("⏰ <b>{name} is late. We are sorry.</b>", name=name),
        words("They are on the way to you.") if coming
        else words("If they don't answer, we find somebody else by ourselves."),
        rows=[[wait, _other(order, words)], [_free(order, words)]],
    )  # fmt: skip
    return replace(screen, card=_card(order))


def no_provider(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    return _ended(core, view, words, now)


STANDS: Table = {
    "declined_searching": (of_order(declined_searching), past(mark("🔎 {name} couldn't come"))),
    "delay": (
        followed(if_room(of_order(delay), ahead=4)), past(mark("⏱ A delay was announced")),
    ),
    "late": (followed(of_order(late)), past(mark("⏰ The provider was late"))),
}  # fmt: skip
LETTERS: dict[str, Renderer] = {
    "cancelled": of_order(cancelled),
    "expired": of_order(expired),
    "no_provider": of_order(no_provider),
} | standing(STANDS)
