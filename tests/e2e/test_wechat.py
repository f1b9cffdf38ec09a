"""Paying by WeChat as people do it: the code on a computer, the app on a phone, both, or neither in time."""

import html
import json
import re

import pytest
from aiohttp import ClientSession

from tests.chat import People, Person
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, paying, welcomed

pytestmark = pytest.mark.feature("C10")
PHONE = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148",
    "Accept-Language": "en",
}
COMPUTER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"}
OPENS = "Open payment page"


async def by_wechat(people: People, name: str) -> tuple[Person, str]:
    """Somebody who chose WeChat, and the address of the page."""
    player = await welcomed(people, name)
    await booking(player)
    await paying(player, "wechat")
    await player.press("bconfirm")
    await player.person.sees_button(OPENS)
    return player.person, player.person.link(OPENS)


async def page(url: str, browser: dict[str, str]) -> str:
    async with ClientSession(headers=browser) as http, http.get(url) as answer:
        assert answer.status == 200
        return await answer.text()


def scanned(shown: str) -> str:
    """What a phone reads in the code: in the sandbox, the address of WeChat's page."""
    found = re.search(r'<div class="code"><a href="([^"]+)"', shown)
    assert found, shown
    return html.unescape(found[1])


async def pays(url: str, action: str = "pay") -> None:
    async with ClientSession() as http, http.post(url, data={"action": action}) as answer:
        assert answer.status == 200


async def goes_on(url: str) -> str:
    """Taps the button on the phone; where that leads."""
    async with ClientSession(headers=PHONE) as http:
        async with http.post(url, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
            return answer.headers["Location"]


async def at_wechat(platform: Platform) -> dict[str, list[dict[str, object]]]:
    async with ClientSession() as http:
        async with http.get(f"{platform.url}/sandbox/wechat/book") as answer:
            book: dict[str, list[dict[str, object]]] = json.loads(await answer.text())
            return book


async def charged(platform: Platform, url: str) -> list[dict[str, object]]:
    """Charges of the payment that this page is of."""
    found = re.search(r"/pay/wechat/(\w+)", url)
    assert found
    charges = (await at_wechat(platform))["charges"]
    return [one for one in charges if one["order"] in {found[1], found[1] + "H"}]


async def test_the_code_on_a_computer_is_scanned_and_the_chat_turns_by_itself(
    people: People, platform: Platform
) -> None:
    anna, link = await by_wechat(people, "Anna Zhou")
    shown = await page(link, COMPUTER)
    assert '<main class="computer wechat">' in shown
    assert "Scan the code with WeChat" in shown
    await anna.writes("/language")
    await anna.taps("中文")
    await anna.sees("中文")
    shown = await page(link, COMPUTER)
    assert "请用微信扫码支付" in shown
    await pays(scanned(shown))
    await anna.sees("已收到")
    assert '<main class="paid wechat">' in await page(link, COMPUTER)
    assert len(await charged(platform, link)) == 1


async def test_on_a_phone_a_button_leads_into_the_app_and_cancelled_it_all_comes_back(
    people: People, platform: Platform
) -> None:
    anna, link = await by_wechat(people, "Bella Zhou")
    shown = await page(link, PHONE)
    assert '<main class="phone wechat">' in shown
    assert "Open WeChat" in shown
    app = await goes_on(link)
    assert await goes_on(link) == app  # tapped twice it is the same
    assert "redirect_url=" in app
    await pays(app)
    await anna.sees("received")
    [charge] = await charged(platform, link)
    assert str(charge["order"]).endswith("H")
    await anna.taps("See order")
    await anna.taps("Cancel order")
    await anna.taps("Yes, cancel it")
    await anna.sees("is back with you")


async def test_paid_by_code_and_in_the_app_the_second_goes_back_and_keys_are_needed(
    people: People, platform: Platform
) -> None:
    anna, link = await by_wechat(people, "Carla Zhou")
    async with ClientSession(headers=PHONE) as http:
        for other in (link[:-1] + ("0" if link[-1] != "0" else "1"), link.partition("?")[0]):
            for ask in (http.get, http.post):
                async with ask(other) as answer:
                    assert answer.status == 404
                    assert "No such payment" in await answer.text()
    await pays(scanned(await page(link, COMPUTER)), "twice")
    await anna.sees("back")
    charges = await charged(platform, link)
    assert len(charges) == 2
    refunds = (await at_wechat(platform))["refunds"]
    assert len([one for one in refunds if one["charge"] in {c["id"] for c in charges}]) == 1


async def test_when_the_hold_has_run_out_neither_code_nor_app_takes_money(
    own_people: People, own_platform: Platform
) -> None:
    anna, link = await by_wechat(own_people, "Dora Zhou")
    code = scanned(await page(link, COMPUTER))
    await own_people.later(16 * 60)
    await anna.sees("time to pay is over")
    assert '<main class="over wechat">' in await page(link, PHONE)
    async with ClientSession(headers=PHONE) as http, http.post(link) as answer:
        assert '<main class="over wechat">' in await answer.text()
    await pays(code)
    assert not await charged(own_platform, link)
