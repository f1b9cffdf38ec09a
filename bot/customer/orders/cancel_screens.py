"""What cancelling costs and why, on the card and before the tap. Pure."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot.customer.parts import lines
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.orders.model import Order, Pay
from core.orders.terms import CancelTerms, Why, term

WHY = {
    Why.OPEN: mark("Nobody has accepted yet, so it costs you nothing."),
    Why.ASKED: mark("They asked for another time, so it costs you nothing."),
    Why.DELAYED: mark("The provider is late, so it costs you nothing."),
    Why.FRESH: mark("You have just booked, so it costs you nothing."),
    Why.EARLY: mark("It costs you nothing."),
    Why.LATE: mark("It is less than {hours} before the visit: {percent} of the price is kept."),
    Why.LAST: mark("It is less than {last} before the visit: {percent} of the price is kept."),
    Why.ON_THE_WAY: mark("They are on the way already: {percent} of the price is kept."),
    Why.MOVED: mark(
        "The free time to cancel was over when you moved the visit: {percent} of the price is kept."
    ),
}


def cancel_until(order: Order, terms: CancelTerms, now: datetime, words: Words) -> Markup:
    """One line for the card."""
    if terms.fee:
        return words("Cancelling now costs {fee}.", fee=words.money(terms.fee, order.currency))
    if order.pay is Pay.ON_SITE and terms.free_until > now:
        time = words.lasting(terms.free_until)
        return words(
            "Cancelling is free; please do it by {time}, they keep the time for you.", time=time
        )
    if not terms.bp and terms.free_until > now:
        return words("Free to cancel until {time}.", time=words.lasting(terms.free_until))
    return words("Cancelling is free right now.")


def cancel(
    order: Order, terms: CancelTerms, named: Markup, now: datetime, words: Words
) -> Screen:  # fmt: skip
    """What cancelling costs and why, what goes back, and what it will cost later, before the tap.

    Of repeated visits it is this one alone.
    """
    label = words.plain("Cancel for {fee}", fee=words.money(terms.fee, order.currency))
    yes = Button(
        label if terms.fee else words.plain("Yes, cancel it"),
        press("ocancelgo", order.id, terms.fee), style="danger",
    )  # fmt: skip
    text = lines(
        words("<b>Cancel this order?</b>"), named,
        Markup("🕒 {}").format(words.moment(order.starts_at, now=now)), Markup(""),
        *_money(order, terms, words),
        words("All other visits stay as they are.") if order.series_id else None,
        *_table(order, terms, now, words),
    )  # fmt: skip
    keep = Button(words.plain("Keep it"), press("order", order.id), style="primary")
    return Screen(text, [[yes], [keep]])


def _money(order: Order, terms: CancelTerms, words: Words) -> list[Markup]:
    if terms.bp and not terms.fee + terms.refund:
        return [
            words(
                "Nothing is paid yet, so it costs you nothing. They have kept the time for you, though."
            )
        ]
    why = words(WHY[terms.why], percent=words.percent(terms.bp), **_spans(order, words))
    said = [why]
    if terms.fee:
        said.append(words("The fee is <b>{fee}</b>.", fee=words.money(terms.fee, order.currency)))
    if terms.refund:
        back = words.money(terms.refund, order.currency)
        said.append(
            words("<b>{refund}</b> goes back to you by itself, the way you paid.", refund=back)
        )
    elif terms.fee:
        said.append(words("More than you paid is never taken."))
    return said


def _spans(order: Order, words: Words) -> dict[str, str]:
    rules = {"hours": "free_cancel_hours", "last": "last_cancel_hours"}
    return {name: words.minutes(term(order=order, rule=rule) * 60) for name, rule in rules.items()}


def _table(order: Order, terms: CancelTerms, now: datetime, words: Words) -> list[Markup]:
    """The steps still to come, with their times; none once they are on the way, or where nothing paid could be kept."""
    if terms.why is Why.ON_THE_WAY or not terms.fee + terms.refund:
        return []
    last = order.starts_at - timedelta(hours=term(order=order, rule="last_cancel_hours"))
    late, end, way = (
        words.percent(term(order=order, rule=f"{name}_cancel_bp"))
        for name in ("late", "last", "way")
    )
    steps = []
    if terms.free_until > now:
        steps.append(words("• until {time}: free", time=words.lasting(terms.free_until)))
    if last > max(now, terms.free_until):
        steps.append(words("• until {time}: {percent}", time=words.lasting(last), percent=late))
    then = mark("• later: {percent}") if steps else mark("• now: {percent}")
    steps.append(words(then, percent=end))
    steps.append(words("• once they are on the way: {percent}", percent=way))
    return [Markup(""), words("What it costs once they have accepted:"), *steps]
