"""What is said when something is booked once more: the buttons that offer it, and what has changed since."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.conversation import Talk
from bot.customer.parts import home_row, lines, short
from bot.i18n import Words
from bot.screen import Button, Screen, press
from core.catalog.model import Service
from core.orders.booking import Booking
from core.orders.model import Order


async def with_last_time(talk: Talk, screen: Screen, service: Service) -> Screen:
    """The screen with “same as last time” below its first row, for who booked this service before.

    Who switched suggestions off is shown none, and nothing is looked up.
    """
    me = talk.person
    if not me.recommends:
        return screen
    order = await talk.core.history.last(customer_id=me.id, service_id=service.id)
    if order is None:
        return screen
    name = short(talk.words.pick(service.names), 24)
    label = talk.words.plain("🔁 {service}: same as last time", service=name)
    same = Button(label, press("again", service.id))
    return replace(screen, rows=[*screen.rows[:1], [same], *screen.rows[1:]])


async def last_time(talk: Talk) -> Button | None:
    """For the home screen: what was booked before, itself if it is one service, else the list."""
    me = talk.person
    orders = (
        await talk.core.history.booked_before(customer_id=me.id, limit=2) if me.recommends else []
    )
    if not orders:
        return None
    if len(orders) > 1:
        return Button(talk.words.plain("🔁 Same as last time"), press("agains"))
    label = talk.words.plain(
        "🔁 {service}: same as last time", service=_named(orders[0], talk.words)
    )
    return Button(label, press("again", orders[0].service_id))


def before(orders: Sequence[Order], words: Words) -> Screen:
    """Each service that was booked before."""
    rows = [[Button(_named(order, words), press("again", order.service_id))] for order in orders]
    text = lines(
        words("🔁 <b>Same as last time</b>"),
        words("One tap fills in everything: provider, address, wishes and the next good time.")
        if orders else words("Nothing was booked yet."),
    )  # fmt: skip
    return Screen(text, [*rows, home_row(words)])


def _named(order: Order, words: Words) -> str:
    main = order.tasks[0]
    more = f" +{len(order.further)}" if order.further else ""
    return f"{main.emoji} {short(words.pick(main.names), 34)}{more}".strip()


def changes(order: Order, booking: Booking, words: Words) -> list[Markup]:
    """What is not as it was: services that are left out, the price, the time."""
    told, quote, start = [], booking.quote, booking.draft.starts_at
    there = {service.id for service in booking.services}
    for task in order.tasks:
        if task.service_id not in there:
            told.append(
                words(
                    "They no longer do {service}: it is left out.", service=words.pick(task.names)
                )
            )
    was = sum(int(line["amount"]) for line in order.lines if "extra" not in line)
    if quote is not None and quote.gross != was:
        told.append(
            words("The price is {now} now; last time it was {before}.",
                  now=words.money(quote.gross), before=words.money(was))
        )  # fmt: skip
    if start is not None and not _alike(order, booking, words):
        told.append(words("Your usual time isn't free, so this is the next one."))
    return told


def _alike(order: Order, booking: Booking, words: Words) -> bool:
    assert booking.draft.starts_at is not None
    then, now = words.local(order.starts_at), words.local(booking.draft.starts_at)
    return (then.weekday(), then.time()) == (now.weekday(), now.time())
