"""One order in the browser, on the whole platform: found, booked, paid, accepted, done, reviewed, seen by the staff."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.cities import Cities
from tests.platforms import Platform

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.feature("X1")]
PRAISE = "一小时就修好了，很凉快！"
DOOR = "人民大道 200 号 8 号楼 801"


@dataclass
class Chats:
    """The page with its three columns, spoken of by what a person does there."""

    page: Page

    def column(self, role: str) -> Locator:
        return self.page.get_by_test_id(f"col-{role}")

    def bubble(self, role: str, text: str | re.Pattern[str]) -> Locator:
        return self.column(role).get_by_test_id("bubble").filter(has_text=text).last

    async def sees(self, role: str, text: str | re.Pattern[str]) -> str:
        await expect(self.bubble(role, text)).to_be_visible()
        return await self.bubble(role, text).inner_text()

    async def taps(self, role: str, label: str) -> None:
        buttons = self.column(role).get_by_test_id("inline-button")
        await buttons.filter(has_text=label).last.click()

    async def writes(self, role: str, text: str) -> None:
        await self.column(role).get_by_test_id("composer").fill(text)
        await self.column(role).get_by_test_id("send").click()

    async def switches(self, role: str, name: str) -> None:
        """Follows the hint that somebody else of the column has news."""
        nudge = self.column(role).get_by_test_id("nudge")
        await expect(nudge).to_contain_text(name)
        await nudge.get_by_test_id("nudge-switch").click()
        await expect(self.column(role).get_by_test_id("persona-name")).to_have_text(name)


@pytest_asyncio.fixture(loop_scope="session")
async def fresh(cities: Cities, dialect: str, tmp_path: Path) -> AsyncIterator[Platform]:
    """A platform on which nobody else has ordered: no other news, no other buttons."""
    async with cities.platform(dialect, tmp_path / "data") as platform:
        yield platform


@pytest_asyncio.fixture(loop_scope="session")
async def chats(fresh: Platform, chromium: Browser) -> AsyncIterator[Chats]:
    context = await chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    expect.set_options(timeout=10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(fresh.url)
    await page.locator("[data-testid=connection].live").wait_for()
    yield Chats(page)
    expect.set_options(timeout=5_000)
    await context.close()
    assert complaints == []


async def new_customer(chats: Chats, name: str) -> None:
    await chats.column("customer").get_by_test_id("persona-select").click()
    await chats.page.get_by_test_id("new-customer").click()
    await chats.page.get_by_test_id("new-name").fill(name)
    await chats.page.get_by_test_id("create-person").click()
    await expect(chats.column("customer").get_by_test_id("persona-name")).to_have_text(name)
    await chats.column("customer").get_by_test_id("start").click()
    await chats.taps("customer", "中文")


async def shares_place(chats: Chats, name: str) -> None:
    await chats.column("customer").get_by_test_id("reply-button").click()
    await chats.page.get_by_test_id("place-search").fill(name)
    await chats.page.get_by_test_id("place-item").first.click()
    await chats.page.get_by_test_id("place-send").click()


async def books(chats: Chats) -> tuple[str, str]:
    """From the search to the way to pay: the chosen provider's name and the order's number."""
    await shares_place(chats, "人民广场")
    await chats.sees("customer", "今天想约点什么")
    await chats.writes("customer", "修空调")
    await chats.taps("customer", "空调维修")
    await chats.taps("customer", "找师傅")
    listed = re.search(r"1\. (\S+)", await chats.sees("customer", "可上门"))
    assert listed
    await (
        chats.column("customer").get_by_test_id("inline-button").filter(has_text="⚡").first.click()
    )
    await chats.sees("customer", "具体门牌是")
    await chats.writes("customer", DOOR)
    await chats.sees("customer", "合计")
    await chats.taps("customer", "确认并支付")
    number = re.search(r"\d{4}-\d{4}", await chats.sees("customer", "时间为您保留到"))
    assert number
    return listed[1], number[0]


async def pays(chats: Chats) -> None:
    """In the tab that the link opens, as a customer would, with the code to scan beside it."""
    bill = chats.bubble("customer", "时间为您保留到")
    await expect(bill.get_by_test_id("photo")).to_be_visible()
    async with chats.page.context.expect_page() as opened:
        await chats.taps("customer", "打开付款页面")
    tab = await opened.value
    await tab.locator(".code a").click()  # what a phone would scan
    await tab.get_by_role("button", name="支付 ¥").click()
    await tab.get_by_text("支付成功").wait_for()
    await tab.close()


async def works(chats: Chats) -> None:
    """The provider's way from setting out to the money, with the customer's code at the door."""
    await chats.taps("provider", "出发")
    await chats.sees("customer", "已出发")
    await chats.taps("provider", "我到了")
    arrived = re.search(r"服务码：(\d{4})", await chats.sees("customer", re.compile("您的服务码")))
    assert arrived
    await chats.taps("provider", "输码开工")
    await chats.sees("provider", re.compile("输入.*服务码|服务码是"))
    await chats.writes("provider", arrived[1])
    await chats.taps("provider", "完工")
    await chats.taps("provider", "干完了")
    await chats.taps(
        "provider", "💵 已收"
    )  # not “完成，已收”, which may stand there a moment longer


async def reviews(chats: Chats) -> None:
    await chats.taps("customer", "没错")
    await chats.taps("customer", "写评价")
    for row, sign in enumerate(("🛠", "🙂", "🎓"), start=1):
        stars = chats.column("customer").locator(".key-row").filter(has_text=sign).last
        await stars.get_by_test_id("inline-button").last.click()
        form = chats.bubble("customer", "的服务怎么样")
        await expect(form).to_contain_text(re.compile(rf"(⭐{{5}}[^⭐]*){{{row}}}"))
    await chats.writes("customer", PRAISE)
    await chats.taps("customer", "发布")
    await chats.sees("customer", PRAISE)


@pytest.mark.timeout(240)  # the city may have to be made first
async def test_one_order_from_search_to_review_in_three_chats(chats: Chats) -> None:
    await new_customer(chats, "安娜")
    name, number = await books(chats)
    await pays(chats)
    await chats.sees("customer", "已收到")

    await chats.switches("provider", name)
    assert DOOR not in await chats.sees("provider", number), "the door is for whoever accepted"
    await chats.taps("provider", "接单")
    await chats.sees("provider", DOOR)
    await chats.sees("customer", "已接单")
    await works(chats)
    await chats.sees("customer", "当面付了")
    await reviews(chats)

    topic = chats.column("staff").get_by_test_id("topic-tab").filter(has_text="订单")
    await expect(topic.locator(".badge")).to_be_visible()
    await topic.click()
    assert "已完成" in await chats.sees("staff", number)

    await new_customer(chats, "路过的人")
    await shares_place(chats, "人民广场")
    await chats.sees("customer", "今天想约点什么")
    await chats.writes("customer", name)
    await chats.taps("customer", name)
    await chats.taps("customer", "评价")
    await chats.sees("customer", PRAISE)
