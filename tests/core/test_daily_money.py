"""The morning's comparison: a gateway that has no list yet keeps no other from being compared."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.changes import Changes
from core.payments.method import NoAnswer
from core.reconciling.daily import AGAIN, DailyMoney
from core.reconciling.model import Line
from core.rules import Rules

NOW = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)


class Gateway:
    def __init__(self, *, ready: bool) -> None:
        self.ready = ready

    async def statement(self, *, first: datetime, end: datetime) -> list[Line]:
        if not self.ready:
            raise NoAnswer
        return []


class Office:
    """Store and comparison in one: what was compared, and how often somebody was told."""

    def __init__(self) -> None:
        self.compared: list[str] = []
        self.told = 0

    async def compare(self, *, method: str, **_: Any) -> None:
        self.compared.append(method)

    async def waiting(self) -> list[Any]:
        return []

    async def apply(self, changes: Changes) -> None:
        self.told += len(changes.events)


@pytest.mark.feature("A12")
async def test_who_has_no_list_yet_is_asked_again_and_the_others_are_compared() -> None:
    office: Any = Office()
    late = Gateway(ready=False)
    methods: Any = {"wechat": late, "stripe": Gateway(ready=True)}
    daily = DailyMoney(
        store=office, reconciling=office, methods=methods, rules=Rules(), zone="Asia/Shanghai"
    )
    assert await daily.every_day(now=NOW) == NOW + AGAIN
    assert (office.compared, office.told) == (["stripe"], 0)
    late.ready = True
    assert await daily.every_day(now=NOW + AGAIN) > NOW + timedelta(hours=12)
    assert office.told == 1
    assert set(office.compared) == {"wechat", "stripe"}
