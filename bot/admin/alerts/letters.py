"""What the topic of alerts is told: one card per alert, brought up to date in its place, one line once it is over."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.admin.alerts import deciding, screens
from bot.admin.alerts.names import NAMES
from bot.admin.orders.settled import settled
from bot.i18n import Words
from bot.letters import Renderer
from bot.screen import Card, Screen
from bot.standing import Line, Table, again, standing
from core.alerts.limits import wrong
from core.alerts.model import OF_ORDERS, Alert, Fate, Kind
from core.errors import Unknown
from core.letters import AGAIN
from core.orders.service import OrderView
from core.services import Core
from core.taking.model import Matter

PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Once:
    """A letter of this subject, as it is looked at again."""

    subject: int
    version: int = 0
    person_id: int | None = None
    facts: dict[str, Any] = field(default_factory=lambda: {AGAIN: True})


async def _alert(core: Core, kind: Kind, order_id: int) -> Alert:
    alert = await core.alerts.of_order(kind=kind, order_id=order_id)
    if alert is None:
        raise Unknown("alert")
    return alert


async def _so(core: Core, alert: Alert, view: OrderView, now: datetime) -> bool:
    """The order is still beyond the limit it was raised for."""
    steps = await core.orders.timeline(order_id=view.order.id)
    found = wrong(order=view.order, steps=steps, rules=core.rules, now=now)
    return any(one.about == alert.about for one in found)


async def _card(
    core: Core, alert: Alert, view: OrderView | None, words: Words, card: Card, now: datetime
) -> Screen:
    one = await core.alerts.look(alert_id=alert.id)
    taking = await core.takings.of(matter=Matter.ALERT, subject=alert.id)
    said = screens.text(words, one, view, taking, now=now)
    return Screen(said, deciding.rows(words, one, taking), card=card)


def _of_order(kind: Kind) -> Renderer:
    async def render(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
        alert = await _alert(core, kind, due.subject)
        view = await core.orders.view(order_id=due.subject)
        if alert.fate is not Fate.OPEN or not await _so(core, alert, view, now):
            return None
        card = Card(kind, due.subject, anew=not again(due))
        return await _card(core, alert, view, words, card, now)

    return render


async def _pattern(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    alert = (await core.alerts.look(alert_id=due.subject)).alert
    if alert.fate is not Fate.OPEN:
        return None
    return await _card(core, alert, None, words, Card(PATTERN, alert.id), now)


def _remains(kind: Kind) -> Line:
    """Explained by whom, or what of the order settled it."""
    mended = settled(NAMES[kind].was, *NAMES[kind].verbs)

    async def line(core: Core, due: Any, words: Words, now: datetime) -> Markup:
        alert = await _alert(core, kind, due.subject)
        if alert.fate is Fate.EXPLAINED:
            return await _explained(core, alert.id, words)
        return await mended(core, due, words, now)

    return line


async def _explained(core: Core, alert_id: int, words: Words) -> Markup:
    one = await core.alerts.look(alert_id=alert_id)
    return screens.ended(words, one)


async def _over(core: Core, due: Any, words: Words, now: datetime) -> Markup:
    return await _explained(core, due.subject, words)


STANDS: Table = {
    **{kind.value: (_of_order(kind), _remains(kind)) for kind in sorted(OF_ORDERS)},
    PATTERN: (_pattern, _over),
}
STANDING = standing(STANDS)


async def card(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Somebody took it, or it is over: its card goes along, if there is one."""
    alert = (await core.alerts.look(alert_id=due.subject)).alert
    kind = alert.kind.value if alert.kind in OF_ORDERS else PATTERN
    screen = await STANDING[kind](core, Once(alert.subject), words, now)
    if screen is None or screen.card is None:
        return screen
    return replace(screen, card=replace(screen.card, when_missing="skip"))


LETTERS = STANDING | {"alert_card": card}
