"""Weaknesses planted one by one and all together are found, and none on a place that is well kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.adapters.surroundings import SOUND_SQLITE, Premises, guessable
from bot.admin.security import screens
from bot.admin.security.advice import ADVICE
from bot.config import Settings
from bot.i18n import Words, languages
from core.backups.model import Run, RunState, Work
from core.backups.service import Backups
from core.changes import Changes, Remove
from core.people.model import Person, Role, Staff
from core.security.checking import Checking
from core.security.findings import CODES
from core.security.model import Why
from core.security.refusals import Tally
from db.engine import Database
from db.inbox import InboxTable
from db.ops import Op
from tests.bot.payments.wechat_keys import pairs
from tests.databases import DIALECTS, Blank
from tests.reliability.town import Town, settle

KEYS = [Fernet.generate_key().decode() for _ in range(2)]
SECRETS = {
    "customer_bot_token": "7001:canaryCustomer", "provider_bot_token": "7002:canaryProvider",
    "admin_bot_token": "7003:canaryAdmin", "webhook_secret": "canary-8fK2qX9mZr4TvLw1",
    "stripe_secret_key": "sk_live_canary51HqBv", "stripe_webhook_secret": "whsec_canary9QmTzR4uWk2P",
    "payout_key": KEYS[0], "backup_key": KEYS[1],
    "database_url": "postgresql+asyncpg://city:canary7PqLm2@db.example/city",
}  # fmt: skip
GOOD = SECRETS | {
    "staff_chat_id": "-1001000000001", "updates": "webhook", "public_url": "https://city.example",
    "http_host": "0.0.0.0",
}  # fmt: skip


@dataclass
class Kept:
    """A place that is well kept, until something is planted."""

    here: Town
    folder: Path
    patch: pytest.MonkeyPatch
    values: dict[str, Any] = field(default_factory=lambda: dict(GOOD))
    sqlite: tuple[int, int, int] = SOUND_SQLITE
    free: int = 50_000_000_000

    @property
    def now(self) -> datetime:
        return self.here.now

    def settings(self) -> Settings:
        given = {name: value for name, value in self.values.items() if value != ""}
        return Settings(_env_file=None, data_dir=self.folder / "data", **given)

    def checking(self) -> Checking:
        settings, core = self.settings(), self.here.core
        usage = SimpleNamespace(free=self.free)
        self.patch.setattr("bot.adapters.surroundings.shutil.disk_usage", lambda _path: usage)
        backups = Backups(
            store=core.store, rules=core.rules, new_id=self.here.new_id,
            able=bool(settings.backup_keys),
        )  # fmt: skip
        return Checking(
            store=core.store, rules=core.rules, refusals=core.refusals, backups=backups,
            quarantine=core.quarantine, plumbing=InboxTable(self.here.database), zone="Asia/Shanghai",
            surroundings=Premises(settings, env_file=self.folder / ".env", sqlite=self.sqlite),
        )  # fmt: skip

    async def found(self) -> list[str]:
        return sorted(one.code for one in (await self.checking().check(now=self.now)).found)

    async def put(self, *rows: Any) -> None:
        await self.here.insert(rows)

    async def no_runs(self, work: Work) -> None:
        await self.here.core.store.apply(Changes().add(Remove(Run, {"work": work})))

    def run(self, work: Work, *, days: float = 0.5, state: RunState = RunState.DONE) -> Run:
        at = self.now - timedelta(days=days)
        return Run(
            id=self.here.new_id(), work=work, state=state, asked_at=at, taken_at=at, ended_at=at,
            size=1_000_000, why="disk" if state is RunState.FAILED else "",
        )  # fmt: skip

    def member(self, telegram_id: int, role: Role, *, days: int = 10) -> Staff:
        return Staff(
            id=self.here.new_id(), telegram_id=telegram_id, name=f"Member {telegram_id}", role=role,
            added_at=self.now - timedelta(days=days),
        )  # fmt: skip


async def well_kept(here: Town, folder: Path, patch: pytest.MonkeyPatch) -> Kept:
    kept = Kept(here, folder, patch)
    (folder / "data").mkdir(mode=0o700)
    (folder / ".env").touch(mode=0o600)
    patch.delenv("PYTHONASYNCIODEBUG", raising=False)
    await kept.put(kept.member(1, Role.OWNER, days=400), kept.member(2, Role.OWNER))
    seen = kept.now - timedelta(days=1)
    await kept.put(Person(id=here.new_id(), telegram_id=1, created_at=seen, seen_at=seen))
    await kept.put(kept.run(Work.DRILL, days=1), kept.run(Work.BACKUP))
    return kept


Plant = Callable[[Kept], Awaitable[None]]


def setting(**values: str) -> Plant:
    async def plant(kept: Kept) -> None:
        kept.values |= values

    return plant


def mode(name: str, bits: int) -> Plant:
    async def plant(kept: Kept) -> None:
        (kept.folder / name).chmod(bits)

    return plant


def ran(work: Work, **how: Any) -> Plant:
    """Nothing but this of the kind."""

    async def plant(kept: Kept) -> None:
        await kept.no_runs(work)
        await kept.put(kept.run(work, **how))

    return plant


def failed_since(work: Work) -> Plant:
    async def plant(kept: Kept) -> None:
        await kept.put(kept.run(work, days=0.01, state=RunState.FAILED))

    return plant


def none_of(work: Work) -> Plant:
    async def plant(kept: Kept) -> None:
        await kept.no_runs(work)

    return plant


async def stale(kept: Kept) -> None:
    await kept.put(kept.member(3, Role.SUPPORT, days=100))


async def alone(kept: Kept) -> None:
    await kept.here.core.store.apply(Changes().add(Remove(Staff, {"telegram_id": 2})))


async def tried_in_vain(kept: Kept) -> None:
    for _ in range(25):
        await kept.here.core.refusals.note(
            telegram_id=9,
            name="Eve",
            chat_id=9,
            action="orders.read",
            why=Why.STRANGER,
            now=kept.now,
        )


async def parked(kept: Kept) -> None:
    at = int(kept.now.timestamp() * 1000)
    sql = "INSERT INTO inbox (bot, update_id, lane, body, received_at, parked_at) VALUES (?, ?, ?, ?, ?, ?)"
    await kept.here.database.apply([Op(sql, ["customer", 1, 1, "", at, at])])


async def restored(kept: Kept) -> None:
    quarantine = kept.here.core.quarantine
    await quarantine.begin(taken_at=kept.now, now=kept.now)
    await quarantine.read()


async def debugging(kept: Kept) -> None:
    kept.patch.setenv("PYTHONASYNCIODEBUG", "1")


async def wechat(kept: Kept) -> None:
    """All that payments take."""
    shop = pairs().for_shop("")
    kept.values |= {
        "wechatpay_merchant_id": shop.merchant_id, "wechatpay_app_id": shop.app_id,
        "wechatpay_key_serial": shop.key_serial, "wechatpay_private_key": shop.private_key,
        "wechatpay_api_v3_key": shop.api_v3_key, "wechatpay_public_key_id": shop.public_key_id,
        "wechatpay_public_key": shop.public_key,
    }  # fmt: skip


async def full(kept: Kept) -> None:
    kept.free = 1_000_000


async def old(kept: Kept) -> None:
    kept.sqlite = (3, 40, 1)
    kept.values["database_url"] = ""


# What is planted, and the code it is found by.
PLANTS: tuple[tuple[str, Plant, str], ...] = (
    ("a short webhook secret", setting(webhook_secret="secret"), "weak"),
    ("a database password everybody tries", setting(
        database_url="postgresql+asyncpg://city:postgres@db.example/city"), "weak"),
    ("a key of one letter", setting(backup_key="A" * 43 + "="), "weak"),
    ("no secret for the gateway's notices", setting(stripe_webhook_secret=""), "half"),
    ("keys for trying out", setting(stripe_secret_key="sk_test_canary51HqBv"), "on_trial"),
    ("no key for accounts", setting(payout_key=""), "no_payout_key"),
    ("no secret of the app", wechat, "no_wechat_app"),
    ("one key for both", setting(backup_key=KEYS[0]), "same_keys"),
    ("no key for backups", setting(backup_key=""), "no_backup_key"),
    ("tokens in the clear", setting(bot_api_url="http://api.example"), "plain"),
    ("no encryption in front", setting(updates="polling", public_url=""), "open_door"),
    ("settings others can read", mode(".env", 0o644), "exposed"),
    ("data others can read", mode("data", 0o755), "exposed"),
    ("a program for developers", debugging, "debugging"),
    ("demo people", setting(demo_data="true"), "demo"),
    ("somebody long gone", stale, "stale_staff"),
    ("one owner", alone, "one_owner"),
    ("somebody at the door", tried_in_vain, "refused"),
    ("a message nobody could work", parked, "parked"),
    ("no backup", none_of(Work.BACKUP), "no_backup"),
    ("an old backup", ran(Work.BACKUP, days=3), "old_backup"),
    ("a backup that failed", failed_since(Work.BACKUP), "backup_failed"),
    ("never restored on trial", none_of(Work.DRILL), "untried"),
    ("restored long ago", ran(Work.DRILL, days=30), "old_trial"),
    ("a trial that failed", failed_since(Work.DRILL), "trial_failed"),
    ("a standstill", restored, "standstill"),
    ("a full disk", full, "disk"),
    ("an old SQLite", old, "old_sqlite"),
)  # fmt: skip
TOKENS = dict.fromkeys(("customer_bot_token", "provider_bot_token", "admin_bot_token"), "")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.feature("A14")
async def test_a_well_kept_place_has_nothing_to_be_found(
    dialect: str, blank: Blank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with blank(dialect, tmp_path) as url:
        database = await Database.open(url)
        try:
            kept = await well_kept(await settle(database, tmp_path), tmp_path, monkeypatch)
            assert await kept.found() == []
        finally:
            await database.close()


@pytest.mark.parametrize(
    ("name", "plant", "code"), PLANTS, ids=lambda v: v if isinstance(v, str) else ""
)
@pytest.mark.feature("A14")
async def test_each_planted_weakness_is_found_alone(
    name: str, plant: Plant, code: str, blank: Blank, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async with blank("sqlite", tmp_path) as url:
        database = await Database.open(url)
        try:
            kept = await well_kept(await settle(database, tmp_path), tmp_path, monkeypatch)
            await plant(kept)
            assert await kept.found() == [code], name
        finally:
            await database.close()


# What can't be there at once: none at all hides what is wrong with one, without a key nothing else is said of them.
INSTEAD = {
    "no backup", "never restored on trial", "no key for backups", "one key for both", "a key of one letter",
    "no key for accounts", "a short webhook secret", "an old SQLite",
}  # fmt: skip


@pytest.mark.feature("A14")
async def test_all_together_are_found_without_telling_a_secret(
    blank: Blank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with blank("sqlite", tmp_path) as url:
        database = await Database.open(url)
        try:
            kept = await well_kept(await settle(database, tmp_path), tmp_path, monkeypatch)
            wanted = set()
            for name, plant, code in PLANTS:
                if name not in INSTEAD:
                    await plant(kept)
                    wanted.add(code)
            assert {*await kept.found()} == wanted
            assert len(wanted) >= 10
            checked = await kept.checking().check(now=kept.now)
            shown = []
            for language in languages():
                words = Words(language, "Asia/Shanghai")
                for page in range(5):
                    screen = screens.security(
                        words, checked, Tally(0, 0, {}), page, reads_log=True, now=kept.now
                    )
                    assert len(str(screen.text)) < 4000
                    assert sum(map(len, screen.rows)) <= 10
                    shown.append(str(screen))
                shown.append(str(screens.line(words, checked.wrong)))
            told = "\n".join(shown)
            assert "canary" not in told
            assert not [value for value in SECRETS.values() if value in told]
        finally:
            await database.close()


@pytest.mark.feature("A14")
async def test_a_tap_closes_what_others_could_read(
    blank: Blank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with blank("sqlite", tmp_path) as url:
        database = await Database.open(url)
        try:
            kept = await well_kept(await settle(database, tmp_path), tmp_path, monkeypatch)
            (tmp_path / "data").chmod(0o755)
            (tmp_path / ".env").chmod(0o644)
            kept.checking().close_files()
            assert await kept.found() == []
            assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
        finally:
            await database.close()


@pytest.mark.feature("A14")
async def test_the_daily_line_comes_only_if_something_is_wrong(
    blank: Blank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with blank("sqlite", tmp_path) as url:
        database = await Database.open(url)
        lines = "SELECT COUNT(*) FROM outbox WHERE kind = 'security'"
        try:
            kept = await well_kept(await settle(database, tmp_path), tmp_path, monkeypatch)
            await alone(kept)  # a hint is no news
            again = await kept.checking().every_day(now=kept.now)
            assert timedelta() < again - kept.now <= timedelta(days=1)
            assert await database.fetch(lines) == [(0,)]
            await parked(kept)
            await kept.checking().every_day(now=kept.now)
            assert await database.fetch(lines) == [(1,)]
        finally:
            await database.close()


async def test_every_finding_has_its_words() -> None:
    assert ADVICE.keys() == CODES
    assert {code for _, _, code in PLANTS} | {"open_sandbox"} == CODES


def test_a_sandbox_open_to_the_network_is_found(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    for host, is_open in (("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)):
        settings = Settings(_env_file=None, data_dir=tmp_path / "data", http_host=host)
        setup = Premises(settings, env_file=tmp_path / ".env").look()
        assert setup.to_the_net is is_open
        assert not any((setup.weak, setup.plain, setup.halves, setup.exposed, setup.same_keys))
        assert setup.payouts


def test_what_can_be_guessed() -> None:
    assert guessable("hunter2")
    assert guessable("aaaaaaaaaaaaaaaaaaaaaaaa")
    assert guessable("my-password-2024")
    assert not guessable("8fK2qX9mZr4TvLw1")
