"""What a way of paying answers that has no gateway to ask: people tell what came in, and give it back."""

from collections.abc import Mapping
from datetime import datetime

from core.payments.facts import Fact
from core.payments.method import Answer, Intent, NoticeRefused, Outcome
from core.reconciling.model import Line


class NoGateway:
    """All of a method but its code and how it is opened."""

    async def ask(self, *, intent: Intent) -> Answer:
        """Nobody can be asked: the money is here when it is told."""
        return Answer(Outcome.OPEN)

    async def close(self, *, intent: Intent) -> Answer:
        """Who pays later is told that it is over, before anything is taken."""
        return Answer(Outcome.REFUSED, expired=True)

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        """Nothing can be sent back from here: the staff do it at the company's desk, or settle it with the people."""
        return Answer(Outcome.REFUSED)

    async def statement(self, *, first: datetime, end: datetime) -> list[Line] | None:
        """Where a company has one, its file is sent by the staff."""
        return None

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        raise NoticeRefused("no gateway")
