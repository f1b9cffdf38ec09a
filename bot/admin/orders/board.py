"""The live board: all open orders by state, and who goes where next."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.orders.screens import service
from bot.admin.parts import dotted, lines
from bot.i18n import Words
from bot.screen import Button, Card, Screen, press
from core.ids import spell_order_number
from core.orders.lifecycle import HOLDING, OPEN
from core.orders.model import State
from core.orders.service import OrderView
from core.services import Core

NEXT = 8
CARD = Card("board", 0)
COMING = HOLDING - {State.FINISHED, State.DISPUTED}


async def board(core: Core, words: Words, now: datetime) -> Screen:
    """As things stand now."""
    alive = await core.order_finder.alive(states=COMING, first=NEXT)
    return screen(words, Counter(alive.counts), alive.next, now=now)


def screen(
    words: Words, counts: Counter[State], views: Sequence[OrderView], *, now: datetime
) -> Screen:
    told = [
        words("{state}: <b>{n}</b>", state=names.state(state, words), n=counts[state])
        for state in State
        if state in OPEN and counts[state]
    ]
    text = lines(
        words("📋 <b>Open orders: {n}</b>", n=counts.total()),
        *told,
        *([Markup(""), words("<b>Next visits</b>")] if views else []),
        *[_visit(words, view) for view in views],
    )
    row = [
        Button(words.plain("📋 Open orders"), press("ofn", 0, 0)),
        Button(words.plain("🔎 By state"), press("ofsn")),
    ]
    wrong = [Button(words.plain("🚨 Alerts"), press("arln", 0, 0))]
    return Screen(text, [row, wrong], card=CARD, quiet=True)


def _visit(words: Words, view: OrderView) -> Markup:
    order = view.order
    sign = names.STATES[order.state][0]
    return dotted(
        f"{sign} {words.lasting(order.starts_at)}",
        spell_order_number(order.number),
        service(words, order),
        view.provider.name,
    )
