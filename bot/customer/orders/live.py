"""The way of the provider as the customer sees it: a line on the order's card and a moving pin, until arrival."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import lines
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Pin, Screen
from core.errors import Unknown
from core.orders.model import Order
from core.services import Core

LONGEST_WAY_S = 3 * 3600


async def with_way(core: Core, screen: Screen, order: Order, words: Words, now: datetime) -> Screen:
    """The card with how far the provider still is; as it was when he is on no way."""
    seen = await core.tracking.whereabouts(order=order, now=now)
    if seen is None:
        return screen
    said = words(
        "🛵 <b>{km} away, about {minutes}</b> ({time})", km=words.distance(seen.km),
        minutes=words.minutes(seen.minutes), time=words.time(seen.there_at),
    )  # fmt: skip
    return replace(screen, text=lines(said, Markup(""), screen.text))


def followed(render: Renderer) -> Renderer:
    """A letter that shows the card, with the way on it."""

    async def run(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        screen = await render(core, letter, words, now)
        if screen is None:
            return None
        view = await core.orders.view(order_id=letter.subject)
        return await with_way(core, screen, view.order, words, now)

    return run


async def live_pin(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The moving pin; when the way is over the one that is there stops, and none is sent."""
    try:
        view = await core.orders.view(order_id=letter.subject)
    except Unknown:
        return None
    order = view.order
    if order.customer_id != letter.person_id:
        return None
    seen = await core.tracking.whereabouts(order=order, now=now)
    if seen is None:
        stopped = Pin(order.lat, order.lon)
        card = Card("live", order.id, when_missing="skip")
        return Screen(Markup(""), pin=stopped, card=card, quiet=True)
    first = bool(letter.facts.get("first"))
    pin = Pin(seen.lat, seen.lon, live_seconds=LONGEST_WAY_S)
    return Screen(Markup(""), pin=pin, card=Card("live", order.id, anew=first), quiet=True)
