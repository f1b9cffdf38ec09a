"""A start that cannot be is refused in words, before anything is made where that can be known."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.app import App
from bot.config import Settings
from bot.refusals import WORDS, told
from db.engine import Database
from tests.platforms import free_port

TOKENS = {"customer_bot_token": "1:a", "provider_bot_token": "2:b", "admin_bot_token": "3:c"}
STAFF = {"staff_chat_id": -1001000000001}


async def refusal(folder: Path, **settings: Any) -> str:
    """What whoever typed the command reads."""
    given = {"data_dir": folder / "data", "http_port": free_port()} | settings
    app = App(Settings(_env_file=None, **given))  # type: ignore[call-arg]
    with pytest.raises(tuple(WORDS)) as refused:
        await app.start()
    return told(refused.value)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


async def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path, taken: int) -> None:
    said = await refusal(tmp_path, http_port=taken)
    assert f"Port {taken} of 127.0.0.1 is taken" in said
    assert "HTTP_PORT" in said
    assert not (tmp_path / "data").exists()


async def test_a_database_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://somebody:geheim@127.0.0.1:{free_port()}/doorstep"
    said = await refusal(tmp_path, database_url=url)
    assert "DATABASE_URL" in said
    assert "geheim" not in said


async def test_a_second_process_on_one_file_is_sent_away(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    first = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/data/doorstep.db")
    try:
        assert "already runs" in await refusal(tmp_path)
    finally:
        await first.close()


@pytest.mark.parametrize(("known", "bot"), [((), "customer"), (("1:a",), "provider"),
                                            (("1:a", "2:b"), "admin")])  # fmt: skip
async def test_the_bot_whose_token_is_wrong_is_named(
    tmp_path: Path, known: tuple[str, ...], bot: str
) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.match_info["token"] not in known:
            refused = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return web.json_response(refused, status=401)
        me = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "some_bot"}
        return web.json_response({"ok": True, "result": me})

    app = web.Application()
    app.router.add_post("/bot{token}/getMe", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        said = await refusal(tmp_path, bot_api_url=url, **TOKENS, **STAFF)
    finally:
        await runner.cleanup()
    assert f"{bot.upper()}_BOT_TOKEN" in said
    assert "@BotFather" in said


async def test_another_web_server_is_no_telegram(tmp_path: Path) -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        said = await refusal(tmp_path, bot_api_url=url, **TOKENS, **STAFF)
    finally:
        await runner.cleanup()
    assert f"Telegram does not answer at {url}" in said


async def test_a_silent_telegram_is_told_with_its_address(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    said = await refusal(tmp_path, bot_api_url=url, **TOKENS, **STAFF)
    assert f"Telegram does not answer at {url}" in said
