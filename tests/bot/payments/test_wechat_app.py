"""Who somebody in WeChat is: a code is good once, a wrong secret tells nothing, and our state can't be made up."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.payments.keys import WechatAppKeys
from bot.payments.payee import Payees
from bot.payments.wechat.app import WechatApp
from core.errors import Unknown
from core.payments.method import NoAnswer
from tests.bot.payments.wechat_keys import pairs
from tests.bot.payments.wechat_town import Town, town

TOKEN = "0123456789abcdef0123456789abcdef"
PAGES = Payees(public_url="https://city.example/", secret="s" * 32)


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as built:
        yield built


def app_of(here: Town, **other: str) -> WechatApp:
    keys = pairs().for_app(here.base)
    secret = other.get("secret", keys.app_secret)
    keys = WechatAppKeys(secret, keys.connect_base, other.get("api_base", keys.api_base))
    return WechatApp(app_id=pairs().app_id, keys=keys)


async def code_for(here: Town, app: WechatApp, state: str) -> str:
    """As the app is led through WeChat, which asks nothing."""
    url = app.asks(back="https://city.example/payee/wechat/bound", state=state)
    async with here.http.get(url, allow_redirects=False) as answer:
        back = urlsplit(answer.headers["Location"])
    said = parse_qs(back.query)
    assert (back.path, said["state"]) == ("/payee/wechat/bound", [state])
    return said["code"][0]


async def test_a_code_tells_who_it_is_and_only_once(here: Town) -> None:
    app = app_of(here)
    code = await code_for(here, app, PAGES.state(TOKEN))
    openid = await app.openid(code=code)
    assert openid.startswith("o")
    for again in (code, "made up", ""):
        with pytest.raises(Unknown):
            await app.openid(code=again)


async def test_a_wrong_secret_or_no_answer_tells_nothing(here: Town) -> None:
    code = await code_for(here, app_of(here), "s")
    for other in ({"secret": "x" * 32}, {"api_base": "http://127.0.0.1:1"}):
        with pytest.raises(NoAnswer) as nothing:
            await app_of(here, **other).openid(code=code)
        assert "secret" not in repr(nothing.value)
    assert nothing.value.__cause__ is None, "the address has the secret in it"


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_there_is_neither_app_nor_page(secret: str) -> None:
    with pytest.raises(ValueError):
        WechatApp(app_id="wx1", keys=WechatAppKeys(secret))
    with pytest.raises(ValueError):
        Payees(public_url="https://city.example", secret=secret)


def test_a_key_opens_one_page_and_a_state_is_ours_alone() -> None:
    url = PAGES.to_bind(TOKEN).url
    key = parse_qs(urlsplit(url).query)["key"][0]
    assert url == f"https://city.example/payee/wechat/bind/{TOKEN}?key={key}"
    assert PAGES.right(what="bind", name=TOKEN, key=key)
    assert not PAGES.right(what="confirm", name=TOKEN, key=key)
    assert not PAGES.right(what="bind", name="1" + TOKEN[1:], key=key)
    state = PAGES.state(TOKEN)
    assert PAGES.token(state) == TOKEN
    assert len(state) <= 128, "WeChat takes no more"
    assert state.isalnum()
    other = Payees(public_url="https://city.example", secret="t" * 32)
    for wrong in (
        "",
        key,
        TOKEN,
        TOKEN + key,
        state[:-1],
        "1" + state[1:],
        other.state(TOKEN),
        "é" * 64,
    ):
        assert PAGES.token(wrong) == ""
