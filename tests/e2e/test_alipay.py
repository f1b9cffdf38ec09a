"""Paying by Alipay, and being paid by it, as people do it in the chats."""

import json

import pytest
from aiohttp import ClientSession

from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, paying, till, welcomed
from tests.e2e.staff import OWNER, group
from tests.e2e.test_payouts import (
    approves,
    at_desk,
    banked,
    card_of,
    figure,
    of_way,
    withdrawn,
    words_of,
)

ARRIVES, BOUNCES = 2156, 2157


async def at_alipay(platform: Platform) -> dict[str, list[dict[str, object]]]:
    async with ClientSession() as http, http.get(f"{platform.url}/sandbox/alipay/book") as answer:
        book: dict[str, list[dict[str, object]]] = json.loads(await answer.text())
        return book


@pytest.mark.feature("C10")
async def test_paid_twice_by_alipay_the_second_goes_back_and_the_order_stays(
    people: People, platform: Platform
) -> None:
    player = await welcomed(people, "Anna Bai")
    await booking(player)
    await paying(player, "alipay")
    await player.press("bconfirm")
    anna = player.person
    await anna.sees_button("Open payment page")
    async with ClientSession() as browser:
        page = await till(browser, anna.link("Open payment page"))
        async with browser.post(page, data={"action": "twice"}) as paid:
            assert paid.status == 200
    await anna.sees("received")
    await anna.sees("back")
    await anna.refresh()
    assert "Waiting for the provider" in anna.shown()
    book = await at_alipay(platform)
    first, second = book["charges"][-2:]
    assert str(first["out_trade_no"]).rstrip("W") == second["out_trade_no"]
    assert book["refunds"][-1]["amount"] == second["amount"] == first["amount"]


@pytest.mark.feature("C10")
@pytest.mark.parametrize(("name", "agent", "label", "trade"), [
    ("Bella Bai", "Mozilla/5.0 (iPhone) Mobile", "Open Alipay", "W"),
    ("Carla Bai", "Mozilla/5.0 (Windows NT 10.0)", "Pay on this computer", "P"),
], ids=["phone", "computer"])  # fmt: skip
async def test_our_page_leads_to_alipays_page_for_what_it_is_opened_on(
    people: People, platform: Platform, name: str, agent: str, label: str, trade: str
) -> None:
    player = await welcomed(people, name)
    await booking(player)
    await paying(player, "alipay")
    await player.press("bconfirm")
    await player.person.sees_button("Open payment page")
    link = player.person.link("Open payment page")
    async with ClientSession(headers={"User-Agent": agent}) as browser:
        async with browser.get(link) as page:
            assert label in await page.text()
        there = await till(browser, link)
        assert "/sandbox/pay/alipay/" in there
        async with browser.post(there, data={"action": "pay"}) as page:
            assert page.status == 200
        await player.person.sees("received")
        async with browser.get(link) as page:
            assert '<main class="paid alipay">' in await page.text()
    assert str((await at_alipay(platform))["charges"][-1]["out_trade_no"]).endswith(trade)


@pytest.mark.feature("P12", "A12")
async def test_an_approved_withdrawal_to_alipay_arrives_by_itself(
    people: People, platform: Platform
) -> None:
    provider = await at_desk(people, ARRIVES)
    before = figure("Available", words_of(provider.last))
    await banked(provider, kind="Alipay", number="138 0013 8002")
    number = await withdrawn(provider)
    owner = await group(people, OWNER)
    await approves(owner, number)
    await provider.sees("Your money was sent.")
    card = await card_of(owner, number, "🟢")
    [sent] = [one for one in (await at_alipay(platform))["transfers"] if one["id"] == number]
    assert (sent["amount"], sent["identity"], sent["name"]) == (5_000, "13800138002", "Wang Wei")
    assert str(sent["order_id"]) in words_of(card)
    assert of_way(card, "wd", "r"), "it may still come back"
    await provider.writes("/withdraw")
    assert figure("Available", words_of(await provider.sees("Available: ¥"))) == before - 50


@pytest.mark.feature("P12")
async def test_what_alipay_refuses_is_on_the_balance_again_with_the_reason(
    people: People, platform: Platform
) -> None:
    provider = await at_desk(people, BOUNCES)
    before = figure("Available", words_of(provider.last))
    await banked(provider, kind="Alipay", number="138 0013 0000")  # nobody's there
    number = await withdrawn(provider)
    owner = await group(people, OWNER)
    await approves(owner, number)
    told = words_of(await provider.sees("Your withdrawal didn't work."))
    assert "Reason: Alipay doesn't know this account" in told
    card = words_of(await card_of(owner, number, "⚪"))
    assert "支付宝没有这个账号" in card
    await provider.writes("/withdraw")
    assert figure("Available", words_of(await provider.sees("Available: ¥"))) == before
