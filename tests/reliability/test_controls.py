"""Each guard is taken off in turn: the test that should notice must turn red, or it proves nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from core.changes import Claim, Count, DayMost, Funds, HoldLimit, Update
from core.errors import SlotTaken
from db import store
from db.ops import Op
from tests.reliability import test_counts, test_payouts, test_rivals
from tests.reliability.town import Town

Make = Callable[[Any, Any, str], list[Op]]
Check = Callable[[Town], Awaitable[None]]


def lax(make: Make) -> Make:
    """The same statements, whatever they touch."""
    return lambda *given: [replace(op, expect=None) for op in make(*given)]


def no_claim_key(*given: Any) -> list[Op]:
    room, claim = store.MAKERS[Claim](*given)
    values, _ = claim.sql.split(" ON CONFLICT")
    return [room, Op(f"{values} ON CONFLICT DO NOTHING", claim.params[:-1])]


def no_daily_maximum(*given: Any) -> list[Op]:
    return store.MAKERS[Claim](*given)[1:]


def no_compare(*given: Any) -> list[Op]:
    change = given[0]
    loose = Update(change.kind, change.id, change.set, {}, change.otherwise)
    return store.MAKERS[Update](loose, *given[1:])


def no_limit(*given: Any) -> list[Op]:
    change = given[0]
    loose = Count(change.kind, change.id, change.column, change.by, None, change.otherwise)
    return store.MAKERS[Count](loose, *given[1:])


async def ten_payouts(here: Town) -> None:
    await test_payouts.check_ten(here, 40)


async def one_hour(here: Town) -> None:
    await test_rivals.check_one_winner(here, await test_rivals.rivals(here, 40))


GUARDS: tuple[tuple[str, type, Make, Check], ...] = (
    ("claim key", Claim, no_claim_key, one_hour),
    ("claim expects all its cells", Claim, lax(store.MAKERS[Claim]), one_hour),
    ("daily maximum", Claim, no_daily_maximum, test_counts.check_full_day),
    ("compare of versions", Update, no_compare, test_counts.check_one_decides),
    ("limit of a count", Count, no_limit, test_counts.check_last_coupon),
    ("funds of a payout", Funds, lambda *_: [], ten_payouts),
    ("most of a day", DayMost, lambda *_: [], test_payouts.check_day),
    ("limit of holds", HoldLimit, lambda *_: [], test_counts.check_holds),
)


@pytest.mark.parametrize(("name", "kind", "make", "check"), GUARDS, ids=[g[0] for g in GUARDS])
async def test_without_this_guard_its_test_is_red(
    here: Town, monkeypatch: pytest.MonkeyPatch, name: str, kind: type, make: Make, check: Check
) -> None:
    whole = dict(store.MAKERS)

    def guarded(change: Any, now: Any, dialect: str) -> list[Op]:
        # The maker without the guard builds upon the real one.
        monkeypatch.setitem(store.MAKERS, kind, whole[kind])
        try:
            return make(change, now, dialect)
        finally:
            monkeypatch.setitem(store.MAKERS, kind, guarded)

    monkeypatch.setitem(store.MAKERS, kind, guarded)
    with pytest.raises((AssertionError, SlotTaken, pytest.fail.Exception)):
        await check(here)
