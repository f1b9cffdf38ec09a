"""The page on which a payee says yes, in a real browser: what it hands to WeChat's sheet, and what it does after it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, Route

from bot.i18n import Words
from bot.payments.payee.door import headers
from bot.payments.payee.look import SAID, Look, Sheet, look
from core.payouts.model import Payout, PayoutState

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.feature("P12")]
NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
URL = "https://city.example/payee/wechat/confirm/W12345678?key=0"
TICKET = 'ABBQO+oYAAABAAAAAACZ"QGDk/Kx4GB4o=='
SHEET = """
window.asked = [];
window.bridge = {invoke(name, asked, done) { window.asked.push([name, asked]); done({err_msg: name + ENDS}); }};
"""
PAYOUT = Payout(
    id=1, number="W12345678", provider_id=1, account_id=1, amount=123_456_78, currency="CNY",
    state=PayoutState.CONFIRMING, day=1, asked_at=NOW, confirm_until=NOW, ticket=TICKET,
)  # fmt: skip


@pytest_asyncio.fixture(loop_scope="session")
async def phone(chromium: Browser) -> AsyncIterator[Page]:
    context = await chromium.new_context(viewport={"width": 360, "height": 720})
    yield await context.new_page()
    await context.close()


async def opens(page: Page, state: str, language: str = "en") -> list[Request]:
    """The page as the door would serve it; the list fills with what is sent from it."""
    sent: list[Request] = []
    code = URL if state.startswith("scan") else ""
    sheet = Sheet("1900000109", "wx8888888888888888") if state == "confirm" else None
    payout = PAYOUT if "confirm" in state or state in ("done", "late", "returned") else None
    html = look(Look(state, payout, code, sheet), Words(language, "Asia/Shanghai"), "abc")

    async def serve(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request)
        await route.fulfill(body=html, content_type="text/html", headers=headers("abc"))

    await page.route("https://city.example/**", serve)
    await page.goto(URL)
    return sent


async def asked(page: Page) -> Any:
    return await page.evaluate("window.asked")


async def bridged(page: Page, ends: str, *, late: bool = False) -> None:
    """WeChat's own means, in the page from the beginning or a moment after."""
    await page.add_init_script(SHEET.replace("ENDS", f"'{ends}'"))
    if not late:
        await page.add_init_script("window.WeixinJSBridge = window.bridge")


@pytest.mark.parametrize("late", [False, True])
async def test_the_button_opens_wechats_sheet_with_the_ticket_and_then_we_are_asked(
    phone: Page, late: bool
) -> None:
    await bridged(phone, ":ok", late=late)
    sent = await opens(phone, "confirm")
    if late:
        await phone.get_by_role("button").click()
        assert await asked(phone) == []
        came = "window.WeixinJSBridge = window.bridge; document.dispatchEvent(new Event('WeixinJSBridgeReady'));"
        said = came + " JSON.stringify(window.asked)"
    else:
        said = "document.querySelector('button').click(); JSON.stringify(window.asked)"
    async with phone.expect_navigation():
        told = await phone.evaluate(said)
    assert TICKET.replace('"', '\\"') in told
    assert '"mchId":"1900000109","appId":"wx8888888888888888"' in told
    assert [one.url for one in sent] == [URL]


async def test_a_wechat_that_is_too_old_is_told_so(phone: Page) -> None:
    await bridged(phone, ":function_not_exist")
    sent = await opens(phone, "confirm")
    await phone.get_by_role("button").click()
    await phone.get_by_text("Your WeChat is too old").wait_for()
    assert sent == []


async def test_binding_is_a_plain_form(phone: Page) -> None:
    sent = await opens(phone, "bind")
    async with phone.expect_navigation():
        await phone.get_by_role("button").click()
    assert len(sent) == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_page_fits_a_small_phone_and_breaks_nothing(phone: Page, language: str) -> None:
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    for state in SAID:
        await opens(phone, state, language)
        wide = await phone.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, state
    assert complaints == []
