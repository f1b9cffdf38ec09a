"""Being paid to WeChat: bound in WeChat itself, confirmed there, and back on the balance where it isn't."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, CookieJar

from tests.chat import People, Person
from tests.e2e.conftest import Platform
from tests.e2e.staff import OWNER, group
from tests.e2e.test_payouts import approves, at_desk, card_of, figure, of_way, withdrawn, words_of
from tests.e2e.watching import Watch

TAKES, REFUSED, FORGETS, STRANGE, CHINESE = 2161, 2162, 2163, 2164, 2165
READER = {"User-Agent": "Mozilla/5.0 (iPhone) Mobile", "Accept-Language": "en"}


@dataclass
class Weixin:
    """One user of the sandbox's WeChat: what his phone shows after scanning."""

    http: ClientSession
    platform: Platform

    @classmethod
    def of(cls, platform: Platform) -> "Weixin":
        jar = CookieJar(unsafe=True)
        return cls(ClientSession(cookie_jar=jar, headers=READER), platform)

    async def scans(self, link: str) -> str:
        """The page outside WeChat has a code; the same page once it is scanned."""
        html = await self.opens(link)
        code = re.search(r'<div class="code"><a href="([^"]+)"', html)
        assert code, html
        self.inside = code[1].replace("&amp;", "&")
        return await self.opens(self.inside)

    async def opens(self, url: str) -> str:
        async with self.http.get(url) as answer:
            return await answer.text()

    async def taps(self) -> str:
        """The button of the page he has open."""
        async with self.http.post(self.inside) as answer:
            self.at = str(answer.url)
            return await answer.text()

    async def sheet(self, page: str, action: str) -> str:
        """WeChat's own sheet, which the page asks for with the transfer's ticket."""
        ticket = re.search(r'data-ticket="([^"]+)"', page)
        assert ticket, page
        url = f"{self.platform.url}/sandbox/weixin/take?package={ticket[1]}"
        async with self.http.post(url, data={"action": action}) as answer:
            return await answer.text()

    async def transfer(self, number: str) -> dict[str, object]:
        async with self.http.get(f"{self.platform.url}/sandbox/wechat/book") as answer:
            book = json.loads(await answer.text())
        [found] = [one for one in book["transfers"] if one["id"] == number]
        return dict(found)


async def at_code(provider: Person) -> str:
    """The address behind the code to scan."""
    await provider.taps("🏦 Account" if "🏦 Account" in provider.buttons else "➕ Add account")
    await provider.sees("Where should your money go?")
    await provider.taps("🟢 WeChat")
    shown = await provider.sees("1 of 2: your WeChat")
    assert "photo" in shown, "the code as a picture"
    return provider.link("Open the page")


async def bound(provider: Person, weixin: Weixin) -> None:
    """Scans, taps, goes on in the chat."""
    page = await weixin.scans(await at_code(provider))
    assert "Be paid to this WeChat?" in page
    assert "This WeChat is bound" in await weixin.taps()
    await provider.sees("Your WeChat is bound.")
    await provider.taps("➡️ Go on")
    await provider.sees("2 of 2")
    await provider.writes("Wang Wei")
    await provider.sees("Is this right?")
    await provider.taps("✅ Save")
    await provider.sees("To: 🟢 WeChat W••")


@pytest.mark.feature("P12", "A12")
async def test_a_withdrawal_to_wechat_is_bound_confirmed_and_there(
    people: People, platform: Platform
) -> None:
    provider = await at_desk(people, TAKES)
    before = figure("Available", words_of(provider.last))
    weixin = Weixin.of(platform)
    async with weixin.http:
        link = await at_code(provider)
        await provider.taps("✅ I have bound it")
        assert "Not yet." in provider.toast
        await provider.writes("wxid_wang1")
        await provider.sees("a WeChat can't be typed.")
        assert "no longer good" in await weixin.opens(link), "a newer code is there"
        await provider.taps("‹ Back")
        await provider.sees("Where should your money go?")
        await provider.taps("‹ Back")
        await provider.sees("Available: ¥")
        await bound(provider, weixin)
        assert "no longer good" in await weixin.opens(weixin.at), "a code is good once"

        number = await withdrawn(provider)
        owner = await group(people, OWNER)
        await approves(owner, number)
        await provider.sees("One step left: your money waits for you in WeChat.")
        card = await card_of(owner, number, "📲")
        assert "等服务商在微信确认" in words_of(card)
        assert not of_way(card, "wd", "p"), "only WeChat ends it"
        page = await weixin.scans(provider.link("Take it in WeChat"))
        assert "Received" in await weixin.sheet(page, "take")
        assert "yours" in await weixin.taps()
        await provider.sees("Your money was sent.")
        card = await card_of(owner, number, "🟢")
        sent = await weixin.transfer(number)
        assert (sent["amount"], sent["name"], sent["state"]) == (5_000, "Wang Wei", "SUCCESS")
        assert str(sent["bill"]) in words_of(card)
        await provider.writes("/withdraw")
        assert figure("Available", words_of(await provider.sees("Available: ¥"))) == before - 50
        await provider.refresh()
        chat = str(provider.messages())
        assert str(sent["openid"]) not in chat
        assert "Scan the code" not in chat, "a code that is spent only misleads"


@pytest.mark.feature("P12")
async def test_another_name_or_another_wechat_gets_nothing_and_the_money_is_back(
    people: People, platform: Platform
) -> None:
    provider = await at_desk(people, REFUSED)
    before = figure("Available", words_of(provider.last))
    weixin, other = Weixin.of(platform), Weixin.of(platform)
    async with weixin.http, other.http:
        await bound(provider, weixin)
        number = await withdrawn(provider)
        owner = await group(people, OWNER)
        await approves(owner, number)
        await provider.sees("One step left")
        page = await other.scans(provider.link("Take it in WeChat"))
        assert "another WeChat" in await other.sheet(page, "take")
        assert (await weixin.transfer(number))["state"] == "WAIT_USER_CONFIRM"
        await weixin.sheet(page, "refuse")
        told = words_of(await provider.sees("Your withdrawal didn't work."))
        assert "Reason: The name isn't that of this WeChat" in told
        assert "姓名和这个微信的实名不一致" in words_of(await card_of(owner, number, "⚪"))
    await provider.writes("/withdraw")
    assert figure("Available", words_of(await provider.sees("Available: ¥"))) == before


@pytest.mark.feature("P12")
async def test_who_does_not_confirm_is_reminded_once_and_has_it_back_after_a_day(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    provider = await at_desk(own_people, FORGETS)
    before = figure("Available", words_of(provider.last))
    weixin = Weixin.of(own_platform)
    async with weixin.http:
        await weixin.scans(await at_code(provider))
        await own_people.later(16 * 60)
        assert "no longer good" in await weixin.taps()
        await provider.taps("✅ I have bound it")
        assert "Not yet." in provider.toast
        await provider.writes("/withdraw")
        await provider.sees("Available: ¥")
        await bound(provider, weixin)
        number = await withdrawn(provider)
        await approves(await group(own_people, OWNER), number)
        await provider.sees("One step left")
        link = provider.link("Take it in WeChat")
        await own_people.later(21 * 3600)
        await provider.sees("Your money still waits in WeChat")
        await watch.delivered()
        told = "SELECT COUNT(*) FROM outbox WHERE kind = 'payout_nudge'"
        assert own_platform.rows(told) == [(1,)]
        await own_people.later(3 * 3600 + 60)
        shown = words_of(await provider.sees("The time to confirm in WeChat was over."))
        assert "Reason: Not confirmed in WeChat in time" in shown
        assert "back on your balance" in await weixin.opens(link)
    await provider.writes("/withdraw")
    # Earnings that were on hold may have become free meanwhile.
    assert figure("Available", words_of(await provider.sees("Available: ¥"))) >= before
    assert own_platform.rows("SELECT state FROM payout WHERE number = ?", number) == [("returned",)]


@pytest.mark.feature("P12")
async def test_made_up_and_old_addresses_bind_and_show_nothing(
    people: People, platform: Platform
) -> None:
    provider = await at_desk(people, STRANGE)
    weixin = Weixin.of(platform)
    async with weixin.http:
        link = await at_code(provider)
        where = urlsplit(link)
        for wrong in (
            f"{platform.url}{where.path}", f"{platform.url}{where.path}?key={'0' * 32}",
            f"{platform.url}/payee/wechat/confirm/W12345678?{where.query}",
            f"{platform.url}/payee/wechat/bound?code=1&state={'0' * 64}",
        ):  # fmt: skip
            assert "No such page" in await weixin.opens(wrong), wrong
        await provider.writes("/withdraw")
        await provider.sees("Available: ¥")
        await bound(provider, weixin)
    await provider.taps("🏦 Account")
    await provider.sees("WeChat bound · W••")
    await provider.taps("✂️ Unbind WeChat")
    await provider.sees("Unbind your WeChat?")
    await provider.taps("Yes, unbind")
    await provider.sees("There is none yet.")
    assert "✂️ Unbind WeChat" not in provider.buttons


@pytest.mark.feature("P12")
async def test_all_of_it_is_said_in_chinese(people: People, platform: Platform) -> None:
    provider = await at_desk(people, CHINESE)
    await provider.writes("/language")
    await provider.taps("中文")
    await provider.writes("/withdraw")
    await provider.sees("可提现")
    await provider.taps("添加")
    await provider.taps("🟢 微信")
    await provider.sees("绑定微信")
    weixin = Weixin.of(platform)
    async with weixin.http:
        assert "提现到这个微信？" in await weixin.scans(provider.link("打开页面"))
        assert "微信已绑定" in await weixin.taps()
        await provider.sees("微信已绑定。")
        await provider.taps("继续")
        await provider.writes("王伟")
        await provider.taps("保存")
        await provider.sees("微信 王••")
        await provider.writes("50")
        await provider.sees("24 小时内到微信里确认收款")
        await provider.taps("✅")
        found = re.search(r"W\d{8}", words_of(await provider.sees("编号")))
        assert found
        await approves(await group(people, OWNER), found[0])
        await provider.sees("只差一步：请到微信里确认收款。")
        page = await weixin.scans(provider.link("去微信收款"))
        assert "您有一笔收款" in page
        await weixin.sheet(page, "take")
        assert "已收款" in await weixin.taps()
        await provider.sees("已打款")
