"""How repeated visits look: how often, what it means, what comes, stopping. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.customer.orders.screens import title
from bot.customer.parts import back, lines, named, short
from bot.i18n import Words
from bot.screen import Button, Card, Screen, press
from core.catalog.model import Service
from core.orders.model import Order, Pay, State
from core.orders.service import OrderView
from core.people.model import Provider
from core.series.model import Rhythm, Series, SeriesState
from core.series.service import Coming, Plan

MOST = 6
GAP = Markup("")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A series with its names, what cancelling each visit that can be cancelled costs now, and so many days before one
    its link to pay comes.
    """

    coming: Coming
    service: Service
    provider: Provider
    fees: Mapping[int, int]
    days: int

    @property
    def cancellable(self) -> list[Order]:
        return [order for order in self.coming.orders if order.id in self.fees]

    @property
    def fee(self) -> int:
        """Of all of them, in minor units."""
        return sum(self.fees.values())


def how_often(view: OrderView, words: Words) -> Screen:
    name = short(view.provider.name, 40)
    text = lines(
        words("🔁 <b>Repeat this visit</b>"),
        Markup("{} · 👷 {}").format(title(view.order, words), name), GAP,
        words("How often should they come?"),
    )  # fmt: skip
    rows = [
        [Button(names.rhythm(one, words), press("rptsee", view.order.id, one.value))]
        for one in Rhythm
    ]
    return Screen(text, [*rows, [back(words, press("omore", view.order.id))]])


def plan(order: Order, found: Plan, days: int, now: datetime, words: Words) -> Screen:
    """All of it in plain words before the tap: the dates, the price, how it is paid, how it ends."""
    series = found.series
    dates = [
        Markup("• {}").format(words.span(start, found.minutes, now=now)) if start in found.free
        else words("• {date}: taken, we'll ask you for another time", date=words.moment(start, now=now))
        for start in found.starts
    ]  # fmt: skip
    text = lines(
        Markup("<b>{}</b>").format(names.rhythm(series.rhythm, words)),
        Markup("{} · 👷 {}").format(title(order, words), short(found.provider.name, 40)),
        words("Always on the same weekday of the month, for example the second Tuesday.")
        if series.rhythm is Rhythm.MONTHLY else None,
        GAP, *(dates or [words("The first one is booked as soon as its day opens.")]), GAP,
        words("💵 <b>{price} a visit</b>", price=words.money(series.price, order.currency)),
        words("Deposit: {amount}", amount=words.money(found.due, order.currency))
        if series.pay is Pay.DEPOSIT else None,
        paying(series, days, words),
        words("The next dates are booked by themselves. If one can't be had, we ask you about that one only."),
        words("You can move or cancel each visit by itself, and stop any time."),
    )  # fmt: skip
    go = press("rptgo", order.id, series.rhythm.value, series.price)
    return Screen(
        text,
        [
            [Button(words.plain("✅ Book them"), go, style="success")],
            [back(words, press("rpt", order.id))],
        ],
    )


def paying(series: Series, days: int, words: Words) -> Markup:
    """When and how a visit is paid; a link comes so many days ahead."""
    return {
        Pay.ON_SITE: words("Paid on site each time, nothing beforehand."),
        Pay.DEPOSIT: words(
            "We send a link for the deposit {n} days before each visit; the rest is paid on site.",
            n=days,
        ),
        Pay.FULL: words("We send a link to pay {n} days before each visit.", n=days),
    }[series.pay]


def listed(rows: Sequence[tuple[Series, Service]], words: Words) -> Screen:
    buttons = [
        [Button(short(f"{named(service, words)} · {names.rhythm(one.rhythm, words)}", 44),
                press("ser", one.id))]
        for one, service in rows[:MOST]
    ]  # fmt: skip
    text = lines(
        words("🔁 <b>Repeated visits</b>"),
        words("Tap one to see what comes.") if rows
        else words("Nothing repeats yet. On an order, More has “Repeat”."),
    )  # fmt: skip
    return Screen(text, [*buttons, [_orders(words)]])


def _orders(words: Words) -> Button:
    return back(words, press("orders", 0), words.plain("‹ My orders"))


def head(series: Series, service: Service, provider: Provider, words: Words) -> Markup:
    return lines(
        Markup("<b>{}</b>").format(names.rhythm(series.rhythm, words)),
        Markup("{} · 👷 {}").format(short(named(service, words), 60), short(provider.name, 40)),
    )


def page(ahead: Ahead, now: datetime, words: Words) -> Screen:
    """What comes, each with a way to it; dates without a visit yet ask for an answer."""
    series = ahead.coming.series
    visits = [
        (one.starts_at, names.STATES[one.state][0], press("order", one.id))
        for one in ahead.coming.orders
    ]
    asks = [(one.starts_at, "❓", press("serdate", one.id)) for one in ahead.coming.dates]
    rows = [
        [Button(f"{sign} {words.moment(start, now=now)}", to)]
        for start, sign, to in sorted([*visits, *asks])[:MOST]
    ]
    goes_on = series.state is SeriesState.ACTIVE
    unpaid = any(one.state is State.UNPAID for one in ahead.coming.orders)
    text = lines(
        head(series, ahead.service, ahead.provider, words),
        words("💵 {price} a visit", price=words.money(series.price)),
        paying(series, ahead.days, words), GAP,
        words("Tap a visit to move or cancel it.") if rows else words("No visit is booked."),
        words("💳 Not paid yet: it can be cancelled now, and moved once it is paid.") if unpaid else None,
        words.plural("❓ One date needs your answer.", "❓ {n} dates need your answer.", len(asks)) if asks else None,
        None if goes_on else words("⏹ Stopped: nothing more is booked."),
    )  # fmt: skip
    stop = Button(words.plain("⏹ Stop repeating"), press("serstop", series.id), style="danger")
    rows = [*rows, *([[stop]] if goes_on else []), [_orders(words)]]
    return Screen(text, rows, card=Card("series", series.id))


def ask_stop(ahead: Ahead, now: datetime, words: Words) -> Screen:
    """Keep what is booked, or cancel that, too, at these fees."""
    series, orders, asks = ahead.coming.series, ahead.cancellable, len(ahead.coming.dates)
    fees = [
        words("• {date}: cancelling costs {fee}", date=words.moment(one.starts_at, now=now),
              fee=words.money(ahead.fees[one.id], one.currency))
        if ahead.fees[one.id]
        else words("• {date}: free to cancel", date=words.moment(one.starts_at, now=now))
        for one in orders
    ]  # fmt: skip
    text = lines(
        words("⏹ <b>Stop repeating?</b>"), head(series, ahead.service, ahead.provider, words),
        *([GAP, words("These are booked:"), *fees] if fees else []),
        words.plural("❓ The date that waits for your answer falls away, too.",
                     "❓ The {n} dates that wait for your answer fall away, too.", asks) if asks else None,
    )  # fmt: skip
    keep = words.plain("Stop, keep these") if fees else words.plain("Yes, stop")
    rows = [[Button(keep, press("serstopgo", series.id), style="primary")]]
    if fees:
        label = words.plain("Stop, cancel for {fee}", fee=words.money(ahead.fee))
        label = label if ahead.fee else words.plain("Stop, cancel all")
        rows.append([Button(label, press("seroff", series.id, ahead.fee), style="danger")])
    return Screen(text, [*rows, [back(words, press("ser", series.id))]])
