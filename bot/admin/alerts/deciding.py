"""An alert in somebody's hands, and the one way to decide it: it is all right, with a reason."""

from collections.abc import Sequence
from dataclasses import replace

from bot.admin.alerts import screens
from bot.admin.alerts.names import NAMES, OF_AN_ORDER, OF_SOMEBODY
from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Usual, Way
from bot.admin.parts import back, me
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.alerts.model import OF_ORDERS, Fate, Kind
from core.alerts.service import Raised
from core.errors import AlreadyDone
from core.ids import spell_order_number
from core.orders.service import OrderView
from core.taking.model import Matter, Taking

SAYS = mark("Tap a reason, or type your own. It is not raised again for the same.")


async def _look(talk: Talk, alert_id: int) -> Raised:
    return await talk.core.alerts.look(alert_id=alert_id)


async def _open(talk: Talk, one: Raised) -> None:
    if one.alert.fate is not Fate.OPEN:
        raise AlreadyDone()


def rows(words: Words, one: Raised, taking: Taking | None) -> list[list[Button]]:
    """What can be done about it; nothing any more once it is over."""
    if one.alert.fate is not Fate.OPEN:
        return []
    hand = ALERTS.hand(words, one.alert.id, taking)
    if (
        one.alert.kind is not Kind.DISPUTED
    ):  # money that nobody agrees on is settled, never explained away
        hand.append(
            Button(words.plain("✅ All right"), ALERTS.begins(_code(one), one.alert.id, one))
        )
    return [*screens.acts(words, one), hand]


async def _card(talk: Talk, one: Raised, taking: Taking | None) -> Screen:
    words, away = talk.words, back(talk.words, press("arl", 0, 0))
    if one.alert.fate is not Fate.OPEN:
        return Screen(screens.ended(words, one), [away])
    view: OrderView | None = None
    if one.alert.kind in OF_ORDERS:
        view = await talk.core.orders.view(order_id=one.alert.order_id or 0)
    said = screens.text(words, one, view, taking, now=talk.now)
    screen = Screen(said, rows(words, one, taking))
    return replace(screen, rows=[*screen.rows, away])


def _code(one: Raised) -> str:
    return "e" if one.alert.kind in OF_ORDERS else "p"


def _way(code: str, reasons: Sequence[str]) -> Way[Raised]:
    """The usual reasons are others where it is about people."""
    return Way(
        code, _explain, "✅", screens.ask_why, mark("Yes, all right"), why=Usual(reasons, SAYS),
        whether=screens.title, private=True,
    )  # fmt: skip


async def _explain(talk: Talk, one: Raised, chosen: Chosen) -> None:
    by = (await me(talk)).telegram_id
    await talk.core.alerts.explain(alert_id=one.alert.id, by=by, reason=chosen.reason, now=talk.now)


def _subject(one: Raised) -> str:
    """As the log names it."""
    sign = NAMES[one.alert.kind].sign
    if one.order is not None:
        return f"{sign} {spell_order_number(one.order.number)}"
    names = [side.name for side in (one.customer, one.provider) if side is not None]
    return f"{sign} {' – '.join(names)}"


ALERTS: Deciding[Raised] = Deciding(
    matter=Matter.ALERT, prefix="ar", action="alerts.explain", opens="arv",
    look=_look, card=_card, check=_open, ended=screens.ended, subject=_subject,
    whom=lambda one: one.customer.id if one.customer else None, posted=True,
    ways=(_way("e", OF_AN_ORDER), _way("p", OF_SOMEBODY)),
)  # fmt: skip
