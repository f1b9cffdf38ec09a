"""A provider binds his WeChat: one page at a time, good once and for a while, and only for him who asked."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.payments.payee import Payees
from core.errors import OutOfDate, PayoutRefused, Unknown
from core.people.model import Provider
from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.reliability.town import Town, settle

OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
PAGES = Payees(public_url="https://city.example", secret="s" * 32)


@pytest.fixture(params=DIALECTS)
async def here(request: pytest.FixtureRequest, tmp_path: Path, blank: Blank) -> AsyncIterator[Town]:
    async with blank(request.param, tmp_path) as url:
        database = await Database.open(url)
        try:
            yield await settle(database, tmp_path, payees=PAGES)
        finally:
            await database.close()


async def asked(here: Town) -> tuple[Provider, str]:
    """A provider and the token of his page."""
    await here.service()
    provider = await here.provider()
    return provider, await again(here, provider)


async def again(here: Town, provider: Provider) -> str:
    bindings = here.core.bindings
    invitation = await bindings.begin(person_id=provider.person_id, now=here.now)
    token = invitation.binding.token
    assert f"/bind/{token}?key=" in invitation.address.url
    return token


async def bound(here: Town, provider: Provider) -> str:
    return await here.core.bindings.bound(person_id=provider.person_id, now=here.now)


async def test_whom_wechat_tells_of_becomes_an_account_with_a_name(here: Town) -> None:
    provider, token = await asked(here)
    core, me = here.core, provider.person_id
    assert await bound(here, provider) == ""
    await core.bindings.bind(token=token, openid=OPENID, now=here.now)
    sealed = await bound(here, provider)
    assert OPENID not in sealed
    named, masked = await core.accounts.complete(person_id=me, sealed=sealed, holder="王伟")
    assert masked == "王••"
    account = await core.accounts.save(person_id=me, sealed=named, now=here.now)
    holder = core.accounts.opened(provider_id=provider.id, sealed=account.sealed)
    assert (holder.number, holder.name) == (OPENID, "王伟")
    await core.accounts.remove(person_id=me)
    assert await core.accounts.current(person_id=me) is None


async def test_a_page_binds_once_and_the_newest_alone(here: Town) -> None:
    provider, token = await asked(here)
    newer = await again(here, provider)
    for wrong, error in ((token, Unknown), ("made up", Unknown)):
        with pytest.raises(error):
            await here.core.bindings.bind(token=wrong, openid=OPENID, now=here.now)
    with pytest.raises(Unknown):
        await here.core.bindings.bind(token=newer, openid="", now=here.now)
    await here.core.bindings.bind(token=newer, openid=OPENID, now=here.now)
    with pytest.raises(OutOfDate):
        await here.core.bindings.bind(token=newer, openid="oAnother", now=here.now)


async def test_a_page_is_good_for_a_while_and_so_is_who_came(here: Town) -> None:
    provider, token = await asked(here)
    here.now += timedelta(minutes=15)
    with pytest.raises(OutOfDate):
        await here.core.bindings.bind(token=token, openid=OPENID, now=here.now)
    fresh = await again(here, provider)
    await here.core.bindings.bind(token=fresh, openid=OPENID, now=here.now)
    here.now += timedelta(minutes=74)
    assert await bound(here, provider)
    here.now += timedelta(minutes=1)
    assert await bound(here, provider) == ""


async def test_who_came_for_one_is_nobody_for_another(here: Town) -> None:
    provider, token = await asked(here)
    other = await here.provider()
    await here.core.bindings.bind(token=token, openid=OPENID, now=here.now)
    sealed = await bound(here, provider)
    with pytest.raises(Unknown):
        await here.core.accounts.complete(person_id=other.person_id, sealed=sealed, holder="王伟")


async def test_without_pages_nothing_is_bound(tmp_path: Path, blank: Blank) -> None:
    async with blank("sqlite", tmp_path) as url:
        database = await Database.open(url)
        try:
            here = await settle(database, tmp_path)
            await here.service()
            provider = await here.provider()
            assert not here.core.bindings.on
            with pytest.raises(PayoutRefused):
                await here.core.bindings.begin(person_id=provider.person_id, now=here.now)
        finally:
            await database.close()
