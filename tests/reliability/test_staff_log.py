"""Who of the staff did it is never lost: the act and its line in the log are there together, or neither is."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.changes import Changes, Update
from core.errors import NotAllowedNow, OutOfDate
from core.people.model import Provider, ProviderState, StaffAct
from db.ops import Op
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("A1", "A3")
WHO: Any = {"telegram_id": 3002, "name": "Ben", "action": "people.freeze", "reason": "Papers"}


class PowerCut(Exception):
    """Nothing of the process goes on."""


def cut(here: Town, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    """The process dies with its first write: right after that is there, or right before."""
    apply = here.database.apply

    async def dying(ops: Sequence[Op]) -> Any:
        if after:
            await apply(ops)
        raise PowerCut

    monkeypatch.setattr(here.database, "apply", dying)


async def frozen(here: Town, provider: Provider) -> bool:
    found = await here.core.store.get(Provider, id=provider.id)
    return found is not None and found.state is ProviderState.FROZEN


async def freeze(here: Town, provider: Provider) -> None:
    async with here.core.staff.acting(**WHO, now=here.now):
        await here.core.freezing.freeze(
            provider_id=provider.id, staff_id=1, reason="Papers", now=here.now
        )


@pytest.mark.parametrize("after", [False, True])
async def test_a_kill_leaves_the_act_with_its_line_or_neither(
    here: Town, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    provider = await here.provider(await here.service())
    with monkeypatch.context() as dying:
        cut(here, dying, after=after)
        with pytest.raises(PowerCut):
            await freeze(here, provider)
    assert await frozen(here, provider) is after
    assert [(one.name, one.reason) for one in await here.core.staff.acts()] == (
        [("Ben", "Papers")] if after else []
    )


async def test_what_is_refused_leaves_no_line_and_what_is_tried_again_leaves_one(
    here: Town,
) -> None:
    provider = await here.provider(await here.service())
    await freeze(here, provider)
    with pytest.raises(NotAllowedNow):
        await freeze(here, provider)
    stale = Changes().add(Update(Provider, provider.id, {"years": 9}, {"years": 99}))
    fresh = Changes().add(Update(Provider, provider.id, {"years": 9}))
    async with here.core.staff.acting(**WHO, now=here.now):
        with pytest.raises(OutOfDate):
            await here.core.store.apply(stale)
        await here.core.store.apply(fresh)
        await here.core.store.apply(fresh)
    assert await here.core.store.count(StaffAct) == 2


async def test_an_act_beside_the_database_is_logged_once_it_is_done(here: Town) -> None:
    async with here.core.staff.acting(**WHO, now=here.now):
        pass
    await here.core.store.apply(Changes())
    assert await here.core.store.count(StaffAct) == 1
