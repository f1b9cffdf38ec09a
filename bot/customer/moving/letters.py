"""What customers are told about another time and reminded of, by themselves."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.adapters.calendar_file import calendar_file
from bot.customer.booking.screens import address
from bot.customer.moving import screens
from bot.customer.orders.pushes import of_order, past, push
from bot.customer.orders.shown import order_screen
from bot.customer.parts import lines, short
from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, again, standing
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.service import OrderView
from core.services import Core

C, P, S = Actor.CUSTOMER, Actor.PROVIDER, Actor.STAFF


def _moment(letter: Posted, name: str) -> datetime:
    return datetime.fromisoformat(str(letter.facts[name]))


# Who moved it, or whose wish was granted → the news.
MOVED = {
    C: mark("✅ <b>Moved to {time}.</b> {name} knows."),
    P: mark("✅ <b>{name} agreed: {time}.</b>"),
    S: mark("🗓 <b>Our staff moved your visit to {time}.</b>"),
}


def moved(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The card anew with the new time on it, and the entry of the calendar, which replaces the old one."""
    order, facts = view.order, letter.facts
    start = _moment(letter, "to")
    if order.state not in (State.OFFERED, State.ACCEPTED) or order.starts_at != start:
        return None
    who = P if facts.get("agreed") == C else C if facts.get("agreed") == P else facts["actor"]
    head = words(MOVED[Actor(who)], time=words.lasting(start), name=short(view.provider.name, 40))
    why = words("Reason: {reason}", reason=facts["reason"]) if facts.get("reason") else None
    card = order_screen(core, view, words, now)
    files = (calendar_file(view, words, now),) if order.state is State.ACCEPTED else ()
    return replace(
        card, text=lines(head, why, Markup(""), card.text), files=files,
        card=Card("order", order.id, anew=True),
    )  # fmt: skip


def move_asked(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    proposal = view.order.proposal
    if proposal is None or proposal.by != P or proposal.until <= now:
        return None
    card = Card("move", view.order.id, anew=True)
    return replace(screens.asked(view, proposal, words), card=card)


ENDS = {
    "refuse_move": mark("😕 <b>{name} can't come {new}.</b>"),
    "lapse_move": mark("⌛ <b>{name} didn't answer about {new}.</b>"),
}


def move_off(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """What came of the own question; the provider's simply stands no more."""
    order, how = view.order, str(letter.facts["how"])
    new, old = _moment(letter, "to"), words.lasting(order.starts_at)
    mine = letter.facts["asked"] == C and how in ENDS
    if not mine or order.state is not State.ACCEPTED or order.proposal is not None:
        return None
    head = words(ENDS[how], name=short(view.provider.name, 40), new=words.lasting(new))
    again = Button(words.plain("🗓 Another time"), press("mv", order.id), style="primary")
    out = Button(words.plain("✖ Cancel order"), press("ocancel", order.id))
    stays = words("Your visit stays at <b>{time}</b>.", time=old)
    return push(order, words, head, stays, rows=[[again], [out]])


def reminder(verb: str) -> Renderer:
    """What comes, where, and the three things one may want to do about it."""

    def render(
        core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
    ) -> Screen | None:
        order = view.order
        coming = order.state is State.ACCEPTED and _moment(letter, "start") == order.starts_at
        fresh = again(letter) or core.reminding.timely(order=order, verb=verb, now=now)
        if not (coming and fresh):
            return None
        confirmed = order.confirmed_at is not None
        yes = Button(words.plain("👍 I'll be there"), press("oconfirm", order.id), style="success")
        change = [
            Button(words.plain("🗓 Move"), press("mv", order.id)),
            Button(words.plain("✖ Cancel order"), press("ocancel", order.id)),
        ]
        screen = push(
            order, words,
            words("🔔 <b>{time}: {name} comes to you</b>", name=short(view.provider.name, 40),
                  time=words.lasting_span(order.starts_at, order.minutes)),
            address(words.place(order.place), order.detail), _cash(order, words),
            None if confirmed else words("Does it suit you? One tap is enough."),
            rows=[*([] if confirmed else [[yes]]), change],
        )  # fmt: skip
        return replace(screen, card=Card("reminder", order.id, anew=True))

    return of_order(render)


def _cash(order: Order, words: Words) -> Markup | None:
    if not order.to_pay_on_site:
        return None
    amount = words.money(order.to_pay_on_site, order.currency)
    return words("💵 To pay on site: {amount}", amount=amount)


REMINDED = past(mark("🔔 Reminded of {was}"))
STANDS: Table = {
    "move_asked": (of_order(move_asked), past(mark("🗓 Another time was asked for: {was}"))),
    "move_off": (of_order(move_off), past(mark("🗓 Another time was asked for: {was}"))),
    "remind_day": (reminder("remind_day"), REMINDED),
    "remind_soon": (reminder("remind_soon"), REMINDED),
}
LETTERS: dict[str, Renderer] = {"moved": of_order(moved)} | standing(STANDS)
