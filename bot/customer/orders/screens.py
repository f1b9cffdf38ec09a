"""How an order looks to its customer: the card, the timeline, cancelling, cash. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot import words as names
from bot.customer.booking.screens import address
from bot.customer.booking.summary_screens import price_lines
from bot.customer.booking.wish_screens import task_answers
from bot.customer.orders import buttons
from bot.customer.orders.buttons import cash_open, may_cancel
from bot.customer.orders.cancel_screens import cancel_until
from bot.customer.orders.endings import why
from bot.customer.parts import back, lines, short, stars
from bot.i18n import Words, mark
from bot.progress import progress
from bot.screen import Button, Card, Screen, press
from core.ids import spell_order_number
from core.orders.doubts import Doubt, doubt
from core.orders.late import AWAITED, announced
from core.orders.lifecycle import FINAL, Actor
from core.orders.model import Order, State, Step
from core.orders.service import OrderView
from core.orders.terms import CancelTerms

# More time to answer than any rule of minutes gives: a night lies in it.
AWAKE = timedelta(hours=2)
WITH_CODE = frozenset({State.ACCEPTED, State.ON_THE_WAY, State.ARRIVED})


def title(order: Order, words: Words) -> str:
    """❄️ AC repair, as it was called when it was booked; further services of the visit as a number."""
    main, *more = order.tasks
    name = f"{main.emoji} {short(words.pick(main.names), 60)}".strip()
    return f"{name} +{len(more)}" if more else name


def card(view: OrderView, terms: CancelTerms, now: datetime, words: Words) -> Screen:
    """The live card: everything about one order."""
    order = view.order
    text = lines(
        Markup("<b>{}</b>").format(names.state(order.state, words)), progress(order, words),
        why(order, words), _waiting(view, now, words), Markup(""),
        *_what(view, words), Markup(""), *_money(order, words),
        *_hints(order, terms, now, words),
    )  # fmt: skip
    return Screen(text, buttons.on_card(view, words), card=Card("order", order.id))


def _waiting(view: OrderView, now: datetime, words: Words) -> Markup | None:
    order = view.order
    name = short(view.provider.name, 40)
    if announced(order=order, now=now):
        return delayed(order, name, words)
    if order.running_late and order.state is State.ON_THE_WAY:
        return words("⏰ {name} is late, but on the way to you.", name=name)
    if order.running_late and order.state in AWAITED:
        return words("⏰ {name} is late. We keep asking where they are.", name=name)
    if order.state is State.ACCEPTED:
        return lines(
            came_instead(order, name, words) or words("{name} is coming.", name=name),
            words("👍 You confirmed it.") if order.confirmed_at else None,
            _question(view, words),
        )
    if order.state is State.ARRIVED and order.absent_until:
        until = words.time(order.absent_until)
        return words("🚪 {name} is at your door and waits until {time}.", name=name, time=until)
    if order.extra_id is not None:
        return words("➕ The provider proposes extra work and waits for your answer.")
    if order.asked_until is None:
        return None
    until = words.by(order.asked_until, now=now)
    if order.state is State.UNPAID and order.series_id:
        return words("Reserved for you. Please pay by {time}; we remind you in time.",
                     time=words.lasting(order.asked_until))  # fmt: skip
    if order.state is State.UNPAID:
        return words("Your time is held until {time}.", time=until)
    if order.state is State.SEARCHING:
        return words("We ask several providers at once. The first who accepts comes.")
    if order.state is State.CHOOSING:
        return words(
            "Nobody can come at that time. Take another time or your money back by {time}; "
            "everything you entered is kept.", time=until,
        )  # fmt: skip
    if order.state is State.OFFERED and order.refused_by:
        return words(
            "🔁 We asked {name} instead: same address, no higher price. They answer by {time}.",
            name=name, time=until,
        )  # fmt: skip
    if order.state is State.OFFERED and order.asked_until - now > AWAKE:
        return words(
            "🌙 They may be asleep now and have until {time} to answer. If they can't come, "
            "we find somebody else.", time=until,
        )  # fmt: skip
    if order.state is State.OFFERED:
        return words(
            "They answer by {time}. If they can't come, we find somebody else.", time=until
        )
    return None


def delayed(order: Order, name: str, words: Words) -> Markup:
    """When they come instead, as they say themselves."""
    new, old = words.time(order.expected_at), words.time(order.starts_at)
    return words(
        "⏱ {name} comes at about <b>{new}</b> instead of {old}.", name=name, new=new, old=old
    )


def _question(view: OrderView, words: Words) -> Markup | None:
    """Another time that somebody asks for."""
    proposal = view.order.proposal
    if proposal is None:
        return None
    new, until = words.lasting(proposal.start), words.lasting(proposal.until)
    if proposal.by == Actor.CUSTOMER:
        return words("⏳ You asked to move to <b>{new}</b>. They answer by {time}; until then your time stays.",
                     new=new, time=until)  # fmt: skip
    return words(
        "🗓 They ask to move to <b>{new}</b>. Please answer by {time}.", new=new, time=until
    )


def came_instead(order: Order, name: str, words: Words) -> Markup | None:
    """Somebody else is coming: at which price, where it is another."""
    if not order.refused_by:
        return None
    if order.lowered:
        amount = words.money(order.lowered, order.currency)
        return words("{name} comes instead, for {amount} less.", name=name, amount=amount)
    return words("{name} comes instead, for the same price.", name=name)


def _what(view: OrderView, words: Words) -> list[Markup]:
    order = view.order
    shown = [
        Markup("{} · <code>{}</code>").format(
            title(order, words), spell_order_number(order.number)
        ),
        Markup("🕒 <b>{}</b>").format(words.lasting_span(order.starts_at, order.minutes)),
    ]
    if order.provider_id not in order.refused_by:
        shown.append(
            Markup("👷 {} {}").format(short(view.provider.name, 40), stars(view.provider, words))
        )
    shown.append(address(words.place(order.place), order.detail))
    if order.rhythm:
        shown.insert(2, Markup("{}").format(names.rhythm(order.rhythm, words)))
    if order.notes:
        shown.append(Markup("📝 {}").format(short(order.notes, 300)))
    if order.photos:
        shown.append(words.plural("📷 {n} photo", "📷 {n} photos", len(order.photos)))
    return shown + task_answers(order.tasks, words)


def _money(order: Order, words: Words) -> list[Markup]:
    shown = price_lines(order.lines, order.discount, words, coupon=bool(order.coupon))
    shown.append(words("<b>Total {amount}</b>", amount=words.money(order.total, order.currency)))
    if order.paid:
        shown.append(words("Paid {amount}", amount=words.money(order.paid, order.currency)))
    if order.state is State.UNPAID:
        due = words.money(order.due_now)
        ahead = words("To pay beforehand {amount}", amount=due)
        shown.append(ahead if order.series_id else words("To pay now {amount}", amount=due))
    here = order.paid - order.refund_due
    rest = order.total - (order.due_now if order.state is State.UNPAID else here)
    if rest > 0 and order.state not in FINAL | {State.DISPUTED}:
        shown.append(words("To pay on site {amount}", amount=words.money(rest, order.currency)))
    if order.cash_confirmed and order.state is not State.DISPUTED:
        shown.append(words("Paid on site {amount}", amount=words.money(order.cash_confirmed)))
    if order.refunded:
        shown.append(words("Refunded {amount}", amount=words.money(order.refunded)))
    if (owed := order.refund_due - order.refunded) > 0:
        shown.append(words("On its way back {amount}", amount=words.money(owed)))
    if order.state is State.CANCELLED and here > 0:
        shown.append(words("Cancellation fee {amount}", amount=words.money(here, order.currency)))
    return shown


def _hints(order: Order, terms: CancelTerms, now: datetime, words: Words) -> list[Markup]:
    shown = []
    if order.state in WITH_CODE:
        shown.append(
            words("🔑 Start code <code>{code}</code>: share it once they are at your door.",
                  code=order.start_code)
        )  # fmt: skip
    if may_cancel(order) and order.state is not State.UNPAID:
        shown.append(cancel_until(order, terms, now, words))
    if cash_open(order):
        shown.append(
            words("They say they received {amount}. Is that right?",
                  amount=words.money(order.cash_stated or 0, order.currency))
        )  # fmt: skip
    if order.state is State.DISPUTED:
        shown.append(_both_numbers(order, words))
    return [Markup(""), *shown] if shown else []


DOUBTS = {
    Doubt.UNSTATED: mark("⚖️ They haven't said what they received. Our staff are asking."),
    Doubt.UNANSWERED: mark(
        "⚖️ They say they received {theirs}, you haven't answered. Our staff are checking."
    ),
    Doubt.SHORT: mark(
        "⚖️ You both say {yours} was paid, but {due} was due. Our staff are checking."
    ),
    Doubt.DIFFERS: mark(
        "⚖️ You say you paid {yours}, they say {theirs}. Our staff are checking with both of you."
    ),
}


def _both_numbers(order: Order, words: Words) -> Markup:
    """What each side says was paid at the door, while staff look into it."""
    theirs, yours, due = (
        words.money(amount or 0, order.currency)
        for amount in (order.cash_stated, order.cash_confirmed, order.to_pay_on_site)
    )
    return words(DOUBTS[doubt(order=order)], theirs=theirs, yours=yours, due=due)


def more(view: OrderView, words: Words) -> Screen:
    """All that can be done with an order and is not on its card."""
    return Screen(named(view.order, words), buttons.below_more(view, words))


def named(order: Order, words: Words) -> Markup:
    """What and which order, on one line."""
    number = spell_order_number(order.number)
    return Markup("<b>{}</b> · <code>{}</code>").format(title(order, words), number)


VERBS = {
    "place": mark("Ordered"),
    "pay": mark("Paid"),
    "ask_pay": mark("Asked to pay"),
    "last_call": mark("Reminded to pay"),
    "overpaid": mark("Paid twice, the money goes back"),
    "offer": mark("Another provider was asked"),
    "accept": mark("Accepted by the provider"),
    "decline": mark("The provider can't come"),
    "propose": mark("Another time was asked for"),
    "reschedule": mark("Moved to another time"),
    "refuse_move": mark("The other time didn't suit"),
    "withdraw_move": mark("The question about another time was taken back"),
    "lapse_move": mark("No answer about another time"),
    "confirm": mark("You confirmed the visit"),
    "remind_day": mark("Reminded"),
    "remind_soon": mark("Reminded"),
    "time_out": mark("The provider didn't answer in time"),
    "unseen": mark("The provider couldn't be reached"),
    "drop": mark("The provider had to give it back"),
    "reassign": mark("Passed on by our staff"),
    "take": mark("Accepted by another provider"),
    "consult": mark("Nobody could come at that time"),
    "choose": mark("Another time chosen"),
    "delay": mark("The provider told you about a delay"),
    "late": mark("The provider is late"),
    "wait": mark("You chose to wait"),
    "replace": mark("Passed on because of the delay"),
    "depart": mark("On the way"),
    "arrive": mark("Arrived"),
    "knock": mark("The provider was at your door"),
    "absent": mark("Nobody opened"),
    "start": mark("Work began"),
    "show": mark("Photos of the work"),
    "extra_ask": mark("Extra work proposed"),
    "extra_asked": mark("You asked about the extra work"),
    "extra_told": mark("The provider answered"),
    "extra_yes": mark("You approved the extra work"),
    "extra_no": mark("You refused the extra work"),
    "extra_drop": mark("The provider withdrew the extra work"),
    "extra_late": mark("The extra work wasn't answered in time"),
    "pay_rest": mark("Rest paid by link"),
    "finish": mark("Work done"),
    "state_cash": mark("The provider named the amount received"),
    "close": mark("Completed"),
    "dispute": mark("The amounts differ, our staff are checking"),
    "settle": mark("Settled by our staff"),
    "cancel": mark("Cancelled"),
    "expire": mark("Not paid in time"),
    "give_up": mark("Nobody could come at that time"),
    "refunded": mark("Refunded"),
}


def timeline(order: Order, steps: Sequence[Step], now: datetime, words: Words) -> Screen:
    told = [
        Markup("{} — {}").format(words.moment(step.at, now=now), words(VERBS[step.verb]))
        for step in steps
        if step.verb in VERBS
    ]
    away = [back(words, press("omore", order.id))]
    return Screen(lines(named(order, words), Markup(""), *told[-30:]), [away])


def other_amount(order: Order, words: Words) -> Screen:
    text = lines(
        words("<b>How much did you pay on site?</b>"),
        words("They say {amount}. Please type the amount, for example 120.",
              amount=words.money(order.cash_stated or 0, order.currency)),
        words("If the two differ, our staff will check with both of you."),
    )  # fmt: skip
    return Screen(text, [[back(words, press("order", order.id))]])


def cash_doubt(order: Order, amount: int, words: Words) -> Screen:
    """Asked once more before staff are called in."""
    text = lines(
        words("You say {yours}, they say {theirs}.", yours=words.money(amount, order.currency),
              theirs=words.money(order.cash_stated or 0, order.currency)),
        words("Our staff will look into it and tell you both."),
    )  # fmt: skip
    yes = Button(
        words.plain("Yes, {amount}", amount=words.money(amount, order.currency)),
        press("ocash", order.id, amount), style="danger",
    )  # fmt: skip
    return Screen(text, [[yes], [back(words, press("order", order.id))]])
