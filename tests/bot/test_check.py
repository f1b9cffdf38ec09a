"""`python -m bot check`: each fault that is planted is found and named; a good configuration is told nothing wrong."""

import os
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography.fernet import Fernet
from pydantic import ValidationError

from bot import fonts
from bot.adapters import surroundings
from bot.config import Settings
from bot.wiring.checkup import machine
from bot.wiring.checkup.run import check, refused
from db.migrate import migrate
from tests import servers
from tests.platforms import free_port
from tests.pooler import pooled

STAFF = -1001000000001
TOKENS = {"1:secretcustomer": 1, "2:secretprovider": 2, "3:secretadmin": 3}
RIGHTS = {"can_manage_topics": True, "can_pin_messages": True, "can_delete_messages": True}


@dataclass
class Stand:
    """A Bot API (and a server of addresses) that says what the test wants it to."""

    url: str = ""
    ids: dict[str, int] = field(default_factory=lambda: dict(TOKENS))
    chat: dict[str, Any] = field(
        default_factory=lambda: {"id": STAFF, "type": "supergroup", "is_forum": True}
    )
    member: dict[str, Any] = field(default_factory=lambda: {"status": "administrator"} | RIGHTS)
    owner: str = "creator"
    webhook: dict[str, Any] = field(default_factory=lambda: {"url": ""})
    inline: bool = True
    astray: timedelta = timedelta(0)

    def answer(self, token: str, method: str, asked: dict[str, Any]) -> Any:
        if token not in self.ids:
            return None
        if method == "getMe":
            me = {"id": self.ids[token], "username": f"bot{self.ids[token]}"}
            return me | {"supports_inline_queries": self.inline}
        if method == "getChatMember" and asked["user_id"] not in self.ids.values():
            return {"status": self.owner}
        return {"getWebhookInfo": self.webhook, "getChat": self.chat or None,
                "getChatMember": self.member}[method]  # fmt: skip


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    here = Stand()

    async def api(request: web.Request) -> web.Response:
        asked = await request.json() if request.can_read_body else {}
        result = here.answer(request.match_info["token"], request.match_info["method"], asked)
        refused = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        told = refused if result is None else {"ok": True, "result": result}
        return web.json_response(
            told, headers={"Date": format_datetime(datetime.now(UTC) + here.astray)}
        )

    async def addresses(_request: web.Request) -> web.Response:
        return web.json_response([])

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api)
    app.router.add_get("/search", addresses)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield here
    await runner.cleanup()


@pytest.fixture(autouse=True)
def sound_sqlite(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What this machine has is not what is tested."""
    monkeypatch.chdir(tmp_path)
    look = surroundings.Premises
    monkeypatch.setattr(machine, "Premises", lambda s: look(s, sqlite=(3, 53, 0)))


async def told(stand: Stand, folder: Path, **given: Any) -> tuple[int, str]:
    names = ("customer_bot_token", "provider_bot_token", "admin_bot_token")
    whole: dict[str, Any] = {
        **dict(zip(names, TOKENS, strict=True)), "bot_api_url": stand.url, "staff_chat_id": STAFF,
        "owner_ids": "77", "data_dir": folder / "data", "http_port": free_port(),
        "default_language": "en", "payout_key": Fernet.generate_key().decode(),
        "backup_key": Fernet.generate_key().decode(),
    } | given  # fmt: skip
    settings = Settings(_env_file=None, **whole)
    said: list[str] = []
    code = await check(settings, out=said.append)
    text = "\n".join(said)
    secrets = [each.get_secret_value() for name in Settings.model_fields
               if hasattr(each := getattr(settings, name), "get_secret_value")]  # fmt: skip
    assert not [one for one in secrets if one and one in text], "a secret was printed"
    return code, text


async def test_a_good_configuration_is_told_nothing_wrong_and_is_left_as_it_was(
    stand: Stand, tmp_path: Path
) -> None:
    code, text = await told(stand, tmp_path, geocoder_url=stand.url)
    assert code == 0, text
    assert "✗" not in text
    assert "\n!" not in text
    assert "The admin bot has its rights" in text
    assert "The server of addresses answers" in text
    assert "Doorstep can start." in text
    assert list(tmp_path.iterdir()) == []


async def test_the_sandbox_is_told_nothing_wrong_in_chinese(stand: Stand, tmp_path: Path) -> None:
    none = dict.fromkeys(("customer_bot_token", "provider_bot_token", "admin_bot_token"), "")
    code, text = await told(
        stand, tmp_path, **none, default_language="zh_CN", payout_key="", backup_key=""
    )
    assert code == 0, text
    assert "✗" not in text
    assert "语言" in text
    assert "Doorstep 可以启动" in text
    assert list(tmp_path.iterdir()) == []


def _set(name: str, value: Any) -> Callable[[Stand], None]:
    return lambda stand: setattr(stand, name, value)


WEBHOOK = {"updates": "webhook", "public_url": "https://city.example",
           "webhook_secret": "nobody-could-guess-0123456789"}  # fmt: skip
HERE = "https://city.example/telegram/customer"


def _hook(**more: Any) -> Callable[[Stand], None]:
    return lambda stand: stand.webhook.update({"url": HERE} | more)


@pytest.mark.parametrize(
    ("plant", "given", "sign", "words"),
    [
        (lambda s: s.ids.pop("2:secretprovider"), {}, "✗", "PROVIDER_BOT_TOKEN"),
        (lambda s: s.ids.update({"3:secretadmin": 1}), {}, "✗", "the same bot"),
        (_set("chat", {}), {}, "✗", "does not find the staff chat"),
        (_set("chat", {"type": "supergroup"}), {}, "✗", "no topics"),
        (_set("chat", {"type": "group"}), {}, "✗", "no topics"),
        (_set("member", {"status": "member"}), {}, "✗", "no administrator"),
        (_set("member", {"status": "administrator"}), {}, "✗", "may not manage topics"),
        (_set("owner", "left"), {}, "!", "Owner 77 is not in the staff chat"),
        (None, {"owner_ids": ""}, "!", "OWNER_IDS is empty"),
        (_set("inline", False), {}, "!", "Inline Mode"),
        (_set("astray", timedelta(seconds=8)), {}, "!", "s apart"),
        (_set("astray", timedelta(minutes=9)), {}, "✗", "s apart"),
        (_hook(), {}, "!", "UPDATES=polling"),
        (_hook(last_error_date=time.time(), last_error_message="Wrong response: 502"), WEBHOOK, "✗",
         ": 502"),
        (_hook(pending_update_count=5000), WEBHOOK, "!", "5000 updates wait"),
        (None, {"bot_api_url": "http://127.0.0.1:1"}, "✗", "Telegram does not answer"),
        (None, {"geocoder_url": "http://127.0.0.1:1"}, "✗", "GEOCODER_URL"),
        (None, {"data_dir": "/dev/null/doorstep"}, "✗", "may not write into"),
        (None, {"backup_key": ""}, "✗", "BACKUP_KEY is missing"),
        (None, {"payout_key": ""}, "!", "providers can't withdraw"),
        (None, {"stripe_secret_key": "sk_live_0123456789abcdef"}, "✗", "STRIPE_WEBHOOK_SECRET"),
        (None, {"http_host": "0.0.0.0"}, "✗", "open to the network"),
        (None, {"public_url": "http://city.example"}, "✗", "PUBLIC_URL"),
        (None, WEBHOOK | {"webhook_secret": "short"}, "✗", "WEBHOOK_SECRET can be guessed"),
        (None, {"default_language": "fr"}, "✗", "no texts in fr"),
        (None, {"card_provider_token": "284:TEST:abc"}, "!", "CARD_PROVIDER_TOKEN"),
        (None, {"redis_url": "redis://127.0.0.1:1/0"}, "✗", "Redis does not let us in"),
        (None, {"database_url": "postgresql+asyncpg://a:longandrandompw93@127.0.0.1:1/x"}, "✗",
         "does not let us in"),
    ],
)  # fmt: skip
async def test_a_planted_fault_is_found_and_named(
    stand: Stand,
    tmp_path: Path,
    plant: Callable[[Stand], Any] | None,
    given: dict[str, Any],
    sign: str,
    words: str,
) -> None:
    if plant:
        plant(stand)
    code, text = await told(stand, tmp_path, **given)
    [line] = [
        i for i, line in enumerate(text.split("\n")) if words in line or words in _next(text, i)
    ][:1]
    line = line if text.split("\n")[line][0] in "✓!✗" else line - 1
    assert text.split("\n")[line].startswith(sign), text
    assert _next(text, line).startswith("  → "), text
    assert code == (1 if sign == "✗" else 0), text


def _next(text: str, index: int) -> str:
    lines = text.split("\n")
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return following if following.startswith("  → ") else ""


async def test_a_method_that_is_on_and_one_that_cant_be_are_told(
    stand: Stand, tmp_path: Path
) -> None:
    stripe = {"stripe_secret_key": "sk_live_0123456789abcdef",
              "stripe_webhook_secret": "whsec_0123456789abcdefghij"}  # fmt: skip
    code, text = await told(stand, tmp_path, **stripe)
    assert "bank card is on" in text
    assert "WeChat Pay is off, as nothing is set for it" in text
    assert code == 0
    code, text = await told(stand, tmp_path, **stripe, currency="MGA")
    assert "bank card has all its keys and is off" in text


async def test_a_taken_port_is_told(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "PATIENCE_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as other:
        code, text = await told(stand, tmp_path, http_port=other.getsockname()[1])
    assert code == 1
    assert "can't be had" in text


async def test_a_font_that_is_gone_is_told(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts._covered.cache_clear()
    monkeypatch.setattr(fonts, "FONT", tmp_path / "none.ttf")
    code, text = await told(stand, tmp_path)
    fonts._covered.cache_clear()
    assert "The font of receipts and pictures is missing" in text
    assert code == 1


async def test_the_state_of_an_sqlite_file_is_told_and_the_file_not_touched(
    stand: Stand, tmp_path: Path
) -> None:
    path = tmp_path / "city.db"
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url, revision="0080")
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(os.listdir(tmp_path)))
    assert "earlier Doorstep" in (await told(stand, tmp_path, database_url=url))[1]
    assert before == (path.read_bytes(), path.stat().st_mtime_ns, sorted(os.listdir(tmp_path)))
    await migrate(url)
    assert "The tables are up to date" in (await told(stand, tmp_path, database_url=url))[1]
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
        code, text = await told(stand, tmp_path, database_url=url)
        assert "later Doorstep, and this one can work on them" in text
        assert code == 0
        file.execute("UPDATE alembic_version SET oldest_code = '9998'")
        file.commit()
    code, text = await told(stand, tmp_path, database_url=url)
    assert "The tables were made by a later Doorstep\n" in text
    assert code == 1
    path.write_bytes(b"no database" * 500)
    assert "can't be read" in (await told(stand, tmp_path, database_url=url))[1]


async def test_the_state_of_a_postgresql_database_is_told(stand: Stand, tmp_path: Path) -> None:
    url = await servers.made()
    try:
        code, text = await told(stand, tmp_path, database_url=url)
        assert "The tables will be made at the first start" in text
        assert "✓ Our clock agrees with the database's" in text
        assert code == 0
        async with servers.connected(url) as server:
            await server.execute("CREATE TABLE half_moved (told jsonb)")
        code, text = await told(stand, tmp_path, database_url=url)
        assert "broken off half-way" in text
        assert code == 1
    finally:
        await servers.drop(url)


async def test_a_pooler_that_lends_by_the_transaction_is_told(stand: Stand, tmp_path: Path) -> None:
    url = await servers.made()
    try:
        for mode, code, told_of in (("transaction", 1, True), ("session", 0, False)):
            async with pooled(url, mode) as over:
                found, text = await told(stand, tmp_path, database_url=over)
            assert (found, "lends connections by the transaction" in text) == (code, told_of)
    finally:
        await servers.drop(url)


async def test_what_keeps_several_processes_from_sharing_the_work_is_told(
    stand: Stand, tmp_path: Path
) -> None:
    code, text = await told(stand, tmp_path, run="customer,provider,admin,http")
    assert "RUN leaves out delivery, scheduler, and on SQLite" in text
    assert "one of them fetches and works" in text
    assert "No REDIS_URL" in text
    assert code == 1
    code, text = await told(stand, tmp_path)
    assert "RUN leaves out" not in text
    assert "REDIS_URL" not in text
    code, text = await told(stand, tmp_path, redis_url=await servers.redis_url())
    assert "✓ Redis" in text
    assert code == 0


def test_settings_that_cant_be_read_are_told_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_LANGUAGE", "zh_CN")
    said: list[str] = []
    with pytest.raises(ValidationError) as error:
        Settings(_env_file=None, timezone="Shanghai", updates="push", payout_key="geheim")
    assert refused(error.value, out=said.append) == 1
    text = "\n".join(said)
    assert all(name in text for name in ("TIMEZONE", "UPDATES", "PAYOUT_KEY"))
    assert "geheim" not in text
    assert "not a time zone" not in text
