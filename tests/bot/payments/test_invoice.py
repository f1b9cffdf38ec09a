"""The card inside Telegram: what is believed of Telegram's answers, and what a payer reads who may not pay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors.reasons import CHECKOUT_REFUSED, checkout_refused
from bot.i18n import Words
from bot.payments.invoice import InvoiceMethod
from bot.payments.keys import InvoiceKeys
from core.errors import CheckoutRefused, PaymentUnavailable
from core.payments.method import NoAnswer
from tests.bot.payments.towns import intent

pytestmark = pytest.mark.feature("C10")
LINK = "https://t.me/$abc"


@asynccontextmanager
async def telegram(*answers: Any) -> AsyncIterator[tuple[InvoiceMethod, list[dict[str, Any]]]]:
    """One that gives these answers in turn, each a status with a body, or nothing at all."""
    asked: list[dict[str, Any]] = []
    left = list(answers)

    async def answer(request: web.Request) -> web.Response:
        asked.append(await request.json())
        said = left.pop(0)
        if said is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        status, body = said
        if isinstance(body, str):
            return web.Response(status=status, text=body)
        return web.json_response(body, status=status)

    app = web.Application()
    app.router.add_post("/bot1:x/createInvoiceLink", answer)
    async with TestServer(app) as server:
        keys = InvoiceKeys("provider:TEST:1", "1:x", str(server.make_url("/")))
        yield InvoiceMethod(keys=keys, timeout=3), asked


def no(code: int, **more: Any) -> tuple[int, dict[str, Any]]:
    return code, {"ok": False, "error_code": code, "description": "no"} | more


@pytest.mark.parametrize(
    "lost",
    [None, no(500), no(502), no(429, parameters={"retry_after": 3}), (200, "<html>"), (502, "")],
    ids=["cut", "500", "502", "flood", "no json", "empty"],
)
async def test_a_lost_answer_is_asked_again_with_the_same_number(lost: Any) -> None:
    async with telegram(lost, (200, {"ok": True, "result": LINK})) as (method, asked):
        with pytest.raises(NoAnswer):
            await method.open(intent=intent())
        assert (await method.open(intent=intent())).url == LINK
        assert asked[0] == asked[1]
        assert asked[0]["payload"] == "P1"


@pytest.mark.parametrize("code", [400, 401, 403, 404])
async def test_what_telegram_refuses_is_not_offered_for_this_payment(code: int) -> None:
    async with telegram(no(code)) as (method, _):
        with pytest.raises(PaymentUnavailable):
            await method.open(intent=intent())


@pytest.mark.parametrize("why", CHECKOUT_REFUSED)
def test_whoever_may_not_pay_reads_why_in_the_own_language(why: str) -> None:
    chinese, english = (
        checkout_refused(CheckoutRefused(why), Words(language, "Asia/Shanghai"))
        for language in ("zh_CN", "en")
    )
    assert chinese != english
    assert not any("a" <= letter.lower() <= "z" for letter in chinese)
    assert english.isascii()
    assert max(map(len, (chinese, english))) < 200
