"""Our own page for paying: whose key opens it, whom it takes for a phone, and where a payer sits."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.i18n import Words
from bot.payments.page import Pages
from bot.payments.page.door import PHONE, address_of
from bot.payments.page.look import Look, look

NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
PAGES = Pages(public_url="https://city.example/", method="wechat", secret="s" * 32)


def test_a_key_opens_one_payment_of_one_method_alone() -> None:
    key = PAGES("P1").partition("key=")[2]
    assert PAGES("P1") == f"https://city.example/pay/wechat/P1?key={key}"
    assert PAGES.right(number="P1", key=key)
    other = Pages(public_url="https://city.example", method="alipay", secret="s" * 32)
    renewed = Pages(public_url="https://city.example", method="wechat", secret="t" * 32)
    assert not PAGES.right(number="P2", key=key)
    assert not other.right(number="P1", key=key)
    assert not renewed.right(number="P1", key=key)
    for wrong in ("", key[:-1], key + "0", "é", "\udce9"):
        assert not PAGES.right(number="P1", key=wrong)


def test_without_a_secret_there_is_no_page() -> None:
    with pytest.raises(ValueError):
        Pages(public_url="https://city.example", method="wechat", secret=" ")


@pytest.mark.parametrize(
    ("agent", "phone"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148", True),
        ("Mozilla/5.0 (Linux; Android 14; Mobile) Chrome/130", True),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1 Mobile HuaweiBrowser", True),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Safari/605", False),
        ("", False),
    ],
)
def test_phones_are_known_by_their_browser(agent: str, phone: bool) -> None:
    assert bool(PHONE.search(agent)) is phone


@pytest.mark.parametrize(
    ("peer", "passed", "seen"),
    [
        ("114.114.114.114", None, "114.114.114.114"),
        (
            "114.114.114.114",
            "198.51.100.1",
            "114.114.114.114",
        ),  # said by the visitor, so not believed
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("2001:db8::7", None, "2001:db8::7"),
    ],
)
def test_the_payer_sits_where_the_last_proxy_of_ours_was_asked_from(
    peer: str, passed: str | None, seen: str
) -> None:
    headers = {"X-Forwarded-For": passed} if passed else {}
    request = make_mocked_request("GET", "/pay/wechat/P1", headers=headers).clone(remote=peer)
    assert address_of(request) == seen


def known(**other: Any) -> Any:
    payment = SimpleNamespace(
        amount=12850, currency="CNY", expires_at=NOW + timedelta(minutes=15),
        code=other.pop("code", "weixin://wxpay/bizpayurl?pr=1"),
    )  # fmt: skip
    names = {"en": other.pop("title", "AC repair"), "zh_CN": "空调维修"}
    order = SimpleNamespace(tasks=[SimpleNamespace(names=names)], number="1")
    open_ = other.pop("open", True)
    return SimpleNamespace(
        payment=payment, order=order, paid=other.pop("paid", False), open=lambda now: open_
    )


def shown(seen: Any, *, phone: bool = False, language: str = "en") -> str:
    return look(Look("wechat", seen, NOW, phone), Words(language, "Asia/Shanghai"))


@pytest.mark.parametrize(
    ("seen", "state"),
    [(known(), "computer"), (known(paid=True), "paid"), (known(open=False), "over"), (None, "unknown")],
)  # fmt: skip
def test_only_what_can_be_paid_shows_a_code_and_looks_again(seen: Any, state: str) -> None:
    html = shown(seen)
    assert f'<main class="{state} wechat">' in html
    assert ("<svg viewBox=" in html or "<svg xmlns" in html) or state != "computer"
    assert ("weixin://" in html) is (state == "computer")
    assert ("refresh" in html) is (state == "computer")


def test_both_languages_say_amount_what_for_and_until_when() -> None:
    english, chinese = shown(known()), shown(known(), language="zh_CN")
    assert re.search(r"¥128\.50.*AC repair.*12:15", english, re.DOTALL)
    assert re.search(r"¥128\.50.*空调维修.*12:15", chinese, re.DOTALL)
    assert 'lang="zh-CN"' in chinese


def test_nothing_of_a_title_or_a_code_is_taken_for_html() -> None:
    html = shown(known(title="<script>$amount", code="javascript:alert(1)"))
    assert "<script>" not in html
    assert "&lt;script&gt;$amount" in html
    assert "javascript:" not in html
