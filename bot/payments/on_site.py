"""Paying at the door: nobody is called, the two people on site say what was paid."""

from collections.abc import Mapping
from datetime import datetime

from core.payments.facts import Fact
from core.payments.method import Answer, Intent, NoticeRefused, Opened, Outcome
from core.reconciling.model import Line


class OnSite:
    """No link, no gateway; what comes in and goes back is told by people."""

    code = "on_site"

    async def open(self, *, intent: Intent) -> Opened:
        return Opened(url="", reference=intent.number, expires_at=None)

    async def ask(self, *, intent: Intent) -> Answer:
        return Answer(Outcome.OPEN)

    async def close(self, *, intent: Intent) -> Answer:
        return Answer(Outcome.REFUSED, expired=True)

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        """Cash cannot be sent back from here: staff settle it with the people."""
        return Answer(Outcome.REFUSED)

    async def statement(self, *, first: datetime, end: datetime) -> list[Line] | None:
        """What was paid at the door stands in nobody's books but ours."""
        return None

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        raise NoticeRefused("no gateway")
