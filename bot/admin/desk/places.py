"""Where the commands stand on the desk, with what is counted there: whatever waits for somebody of the staff."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.i18n import mark
from core.services import Core
from core.support.model import Ticket, TicketState

Queue = Callable[[Core], Awaitable[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Place:
    """A command's button. `queue`: what waits there."""

    command: str
    label: str
    queue: Queue | None = None


@dataclass(frozen=True, slots=True)
class Drawer:
    """Buttons that are shown together."""

    label: str
    places: tuple[Place, ...]


async def _questions(core: Core) -> Sequence[Ticket]:
    """Not those in which it is the person's turn."""
    return [one for one in await core.support.alive() if one.state is TicketState.OPEN]


WORK: Final = (
    Place("orders", mark("📦 Orders")),
    Place("alerts", mark("🚨 Alerts"), lambda core: core.alerts.open()),
    Place("tickets", mark("🎫 Questions"), _questions),
    Place("applications", mark("📥 Applications"), lambda core: core.judging.waiting()),
    Place("payouts", mark("💸 Withdrawals"), lambda core: core.deciding.waiting()),
)
DRAWERS: Final = (
    Drawer(
        mark("⚖️ Decisions"),
        (
            Place("prices", mark("🏷 Prices"), lambda core: core.price_desk.waiting()),
            Place("photos", mark("📷 Photos"), lambda core: core.portraits.waiting()),
            Place("reviews", mark("🚩 Reviews"), lambda core: core.reporting.waiting()),
            Place("appeals", mark("🙋 Appeals"), lambda core: core.appeals.waiting()),
        ),
    ),
    Drawer(
        mark("🏪 Business"),
        (
            Place("people", mark("👤 People")),
            Place("services", mark("🧰 Services")),
            Place("stats", mark("📊 Figures")),
            Place("announce", mark("📣 Announce")),
            Place("coupons", mark("🎟 Coupons")),
            Place("faq", mark("❓ FAQ")),
            Place("money", mark("🧮 Statements"), lambda core: core.reconciling.waiting()),
        ),
    ),
    Drawer(
        mark("⚙️ Platform"),
        (
            Place("rules", mark("📐 Rules")),
            Place("staff", mark("👥 Staff")),
            Place("log", mark("📒 Log")),
            Place("security", mark("🛡 Safety")),
            Place("backup", mark("💾 Backups")),
            Place("quarantine", mark("⏸ Standstill")),
            Place("language", mark("🌐 Language")),
        ),
    ),
)
TYPED: Final = frozenset({"start", "help", "cancel", "order", "find"})
"""Commands without a button: they say something, need words behind them, or are the desk itself."""
