"""The morning's comparison: a gateway that has no list yet keeps no other from being compared."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.changes import Changes, Once
from core.errors import AlreadyDone
from core.payments.method import NoAnswer
from core.reconciling.daily import AGAIN, DailyMoney
from core.reconciling.model import Compared, Line
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
        self.days: list[Compared] = []
        self.done: set[str] = set()
        self.heard: list[tuple[str, dict[str, Any]]] = []

    async def compare(self, *, method: str, day: date, now: datetime, **_: Any) -> None:
        self.compared.append(method)
        made = Compared(id=len(self.compared), method=method, day=day, lines=0, differing=0, at=now)
        self.days.append(made)

    async def find(self, _kind: type[Compared], *, method: str, **_: Any) -> list[Compared]:
        known = [one for one in self.days if one.method == method]
        return sorted(known, key=lambda one: one.day, reverse=True)

    async def waiting(self) -> list[Any]:
        return []

    async def apply(self, changes: Changes) -> None:
        keys = {item.key for item in changes.items if isinstance(item, Once)}
        if keys & self.done:
            raise AlreadyDone()
        self.done |= keys
        self.told += len(changes.events)
        self.heard += [(one.name, one.facts) for one in changes.events]


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


@pytest.mark.feature("A12")
async def test_of_a_gateway_silent_for_more_than_a_day_staff_hear_once_and_of_its_return() -> None:
    office: Any = Office()
    wechat, other = Gateway(ready=True), Gateway(ready=True)
    daily = DailyMoney(
        store=office, reconciling=office, rules=Rules(), zone="Asia/Shanghai",
        methods={"wechat": wechat, "stripe": other},  # type: ignore[dict-item]
    )  # fmt: skip
    await daily.every_day(now=NOW)
    wechat.ready = False
    for hours in range(24, 48):  # one day late: some write their list only in the evening
        await daily.every_day(now=NOW + timedelta(hours=hours))
    assert {name for name, _ in office.heard} == {"money.compared"}
    for hours in range(48, 96):
        await daily.every_day(now=NOW + timedelta(hours=hours))
    said = [(name, facts) for name, facts in office.heard if name != "money.compared"]
    assert said == [("money.silent", {"method": "wechat", "day": "2026-05-03"})]
    wechat.ready = True
    for hours in (96, 120):
        await daily.every_day(now=NOW + timedelta(hours=hours))
    said = [name for name, _ in office.heard if name != "money.compared"]
    assert said == ["money.silent", "money.back"]
    days = {one.day for one in office.days if one.method == "wechat"}
    assert days == {date(2026, 5, 3) + timedelta(days=n) for n in range(6)}
