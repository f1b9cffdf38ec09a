"""How another time is chosen for a visit: days, starts, what the move means, the answers. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.customer.orders.screens import named
from bot.customer.parts import back, lines, short
from bot.days import Month, day_rows, in_month
from bot.i18n import Words
from bot.screen import Button, Screen, press
from bot.starts import day_starts, near_rows
from bot.when import minutes_of, move_leads
from core.orders.model import Order, Proposal
from core.orders.moving import MovePlan
from core.orders.service import OrderView
from core.orders.terms import term


def _page(view: OrderView, words: Words, *said: Markup | None) -> Markup:
    order = view.order
    kept = words("Now: {time}", time=words.lasting_span(order.starts_at, order.minutes))
    return lines(named(order, words), Markup("🕒 {}").format(kept), Markup(""), *said)


def _away(order: Order, words: Words) -> list[Button]:
    return [back(words, press("order", order.id))]


def days(
    view: OrderView, free: Sequence[date], month: Month | None, now: datetime, words: Words
) -> Screen:
    hint = words("Tap a day, or type one, for example “tomorrow”.")
    if not free:
        hint = words("{name} has no other free time in the next weeks. Your time stays as it is.",
                     name=short(view.provider.name, 40))  # fmt: skip
    head = in_month(words("🗓 <b>Move to which day?</b>"), month, words)
    rows = day_rows(free, month, move_leads(view.order.id), now, words)
    text = _page(view, words, head, hint)
    away = [back(words, press("mv", view.order.id))] if month else _away(view.order, words)
    return Screen(text, [*rows, away])


def starts(
    view: OrderView, day: date, free: Sequence[datetime], part: int | None, now: datetime,
    words: Words,
) -> Screen:  # fmt: skip
    text = _page(
        view, words, Markup("🗓 <b>{}</b>").format(words.day(day, now=now)),
        words("When should they come? The visit takes about {minutes}.",
              minutes=words.minutes(view.order.minutes)),
        words("You can also type a time, for example 15:00."),
    )  # fmt: skip
    shown = day_starts(day, free, part, move_leads(view.order.id), words)
    return Screen(text, [*shown.rows, [back(words, shown.back or press("mv", view.order.id))]])


def taken(
    view: OrderView, wanted: datetime, near: Sequence[datetime], now: datetime, words: Words
) -> Screen:
    """Not free: three alternatives, and the old time is kept."""
    text = _page(
        view, words, words("{time} isn't free.", time=words.moment(wanted, now=now)),
        words("Your time stays as it is. These are free:") if near
        else words("Your time stays as it is. Please pick another day."),
    )  # fmt: skip
    rows = near_rows(near, move_leads(view.order.id), now, words)
    other = [Button(words.plain("Another day"), press("mv", view.order.id))]
    return Screen(text, [*rows, other, _away(view.order, words)])


def sure(view: OrderView, plan: MovePlan, now: datetime, words: Words) -> Screen:
    """What the move means, before the tap: at once or asked first, and what cancelling costs after it."""
    order, name = view.order, short(view.provider.name, 40)
    when = words.within(plan.start, now=now)
    if plan.until is None:
        means = words("It counts at once and costs nothing. {name} is told.", name=name)
        label = words.plain("✅ Move it")
    else:
        means = words(
            "It is short notice, so {name} has to agree, by {time}. Until then, and without an answer, "
            "your time stays as it is. Moving costs nothing.",
            name=name, time=words.by(plan.until, now=now),
        )  # fmt: skip
        label = words.plain("📨 Ask them")
    go = press("mvgo", order.id, minutes_of(plan.start), int(plan.until is not None), plan.bp)
    text = _page(
        view, words, words("🗓 <b>Move to {time}?</b>", time=when), means,
        _stays(order, plan, words),
    )  # fmt: skip
    other = Button(words.plain("Another time"), press("mv", order.id))
    return Screen(text, [[Button(label, go, style="success")], [other, *_away(order, words)]])


def _stays(order: Order, plan: MovePlan, words: Words) -> Markup | None:
    """A fee that is due already is due after the move, too: said before, not after."""
    if not plan.bp:
        return None
    if not order.paid - order.refund_due:
        return words("Nothing is paid yet, so cancelling stays free.")
    return words(
        "The free time to cancel ({hours} before) is over, and moving doesn't bring it back: "
        "cancelling later costs at least {percent} of the price.",
        hours=words.minutes(term(order=order, rule="free_cancel_hours") * 60),
        percent=words.percent(plan.bp),
    )  # fmt: skip


def asked(view: OrderView, proposal: Proposal, words: Words) -> Screen:
    """The provider wishes for another time: yes, no, or out of it for free."""
    order, shown = view.order, minutes_of(proposal.start)
    text = lines(
        words("🗓 <b>{name} asks for another time</b>", name=short(view.provider.name, 40)),
        words("Instead of {old}: <b>{new}</b>",
              old=words.lasting(order.starts_at),
              new=words.lasting(proposal.start)),
        words("They can't come at your time. Please answer by {time}: without a yes we find somebody "
              "else for your time, at no higher price.", time=words.lasting(proposal.until))
        if order.away
        else words("Please answer by {time}. Without an answer your time stays as it is.",
                   time=words.lasting(proposal.until)),
        words("Until then you can cancel for free."), named(order, words),
    )  # fmt: skip
    yes, keep = words.plain("✅ Yes, move it"), words.plain("🕒 Keep my time")
    rows = [
        [
            Button(yes, press("mvyes", order.id, shown), style="success"),
            Button(keep, press("mvkeep", order.id, shown)),
        ],
        [Button(words.plain("✖ Cancel for free"), press("ocancel", order.id), style="danger")],
        [Button(words.plain("📋 See order"), press("order", order.id))],
    ]
    return Screen(text, rows)
