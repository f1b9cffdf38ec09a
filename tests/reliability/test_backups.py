"""Backups under load, put back whole or not at all: on both databases, with every kind of damage found."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlmodel import SQLModel

from bot.adapters.archive import DATABASE, FILES, Places, pack, unpack
from bot.adapters.sealed import PIECE, key_of
from bot.config import Settings
from bot.refusals import RestoreBrokenOff
from bot.wiring.restoring import MARK, check_whole, restore
from bot.wiring.safekeeping import Safekeeping
from core.backups.model import Label
from core.catalog.model import Service
from core.changes import Changes
from core.errors import StandsStill, Unusable
from core.events import Event
from core.payments.model import Payment
from core.people.model import Person, Provider
from core.quarantine.model import Quarantine
from db.engine import Database
from db.errors import DatabaseInUse
from db.ledger_triggers import DROP
from tests import servers
from tests.databases import DIALECTS, scratch_url, written
from tests.db.invariants import broken
from tests.db.test_invariants import lived_in
from tests.reliability.town import Town, settle, town

SEED = 20261127
KEY = Fernet.generate_key().decode()


def nothing(_step: str, _done: int) -> None:
    """Hears how far it is, and doesn't care."""


@dataclass
class Home:
    """A platform that was lived in, with the settings of its own."""

    settings: Settings
    here: Town

    @property
    def safe(self) -> Safekeeping:
        return Safekeeping(self.settings, self.settings.backup_keys)


def settings_of(folder: Path, url: str, **more: str) -> Settings:
    return Settings(
        _env_file=None, data_dir=folder, database_url=url, **{"backup_key": KEY, **more}
    )


@asynccontextmanager
async def home(dialect: str, folder: Path) -> AsyncIterator[Home]:
    folder.mkdir(parents=True)
    async with scratch_url(dialect, folder) as url:
        database = await Database.open(url)
        try:
            async with town(database, url, folder) as here:
                await lived_in(here)
                for number in range(20):
                    await keep(here, number)
                yield Home(settings_of(folder, url), here)
        finally:
            await database.close()


async def keep(here: Town, number: int) -> None:
    """A file that somebody sent."""
    await here.core.files.keep(
        content=f"%PDF-1.4 {number} %%EOF".encode() * 500, mime="application/pdf",
        name=f"paper {number}.pdf", owner_id=None, now=here.now,
    )  # fmt: skip


@asynccontextmanager
async def empty_place(dialect: str, folder: Path) -> AsyncIterator[Settings]:
    """Where nothing is yet: a machine after the fire."""
    if dialect == "sqlite":
        yield settings_of(folder, f"sqlite+aiosqlite:///{folder}/doorstep.db")
        return
    url = await servers.made()
    try:
        yield settings_of(folder, url)
    finally:
        await servers.drop(url)


async def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in every table but those a restore writes on."""
    database = await Database.open(url)
    changed = {"outbox", "inbox", "quarantine", "backup_run", "timer", "announcement"}
    try:
        found = {}
        for table in sorted(TABLES - changed):
            read = await database.fetch(f"SELECT * FROM {table}")
            found[table] = sorted(read, key=repr)
        return found
    finally:
        await database.close()


TABLES = frozenset(SQLModel.metadata.tables)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.feature("A14")
async def test_what_is_restored_is_what_was_there_and_stands_still(
    dialect: str, tmp_path: Path
) -> None:
    async with home(dialect, tmp_path / "old") as old:
        await old.here.built.store.apply(Changes().tell(Event("staff.left", 1, 1)))
        made = await old.safe.make(at=old.here.now, told=nothing)
        file = old.safe.shelf.root / made.name
        assert file.stat().st_mode & 0o777 == 0o600
        assert made.label.files == 20
        before = await rows(old.settings.database_url) if dialect == "postgresql" else None
        inner = {p.relative_to(tmp_path / "old/files"): p.read_bytes()
                 for p in (tmp_path / "old/files").rglob("*.pdf")}  # fmt: skip
    if before is None:
        before = await rows(old.settings.database_url)
    (tmp_path / "old/backups/erased.txt").write_text("77\n")
    shutil.copytree(tmp_path / "old/backups", tmp_path / "far")
    async with empty_place(dialect, tmp_path / "new") as settings:
        await restore(replace_dir(settings, tmp_path / "far"), tmp_path / "far" / made.name,
                      overwrite=False)  # fmt: skip
        assert await rows(settings.database_url) == before
        files = tmp_path / "new/files"
        assert {p.relative_to(files): p.read_bytes() for p in files.rglob("*.pdf")} == inner
        assert (tmp_path / "new/erased.txt").read_text() == "77\n"
        assert not list((tmp_path / "new").glob("before-restore*"))
        assert not list((tmp_path / "new").glob(".scratch*"))
        await stands_still(settings, made.label.taken_at)


def replace_dir(settings: Settings, folder: Path) -> Settings:
    return settings.model_copy(update={"backup_dir": folder})


async def stands_still(settings: Settings, taken_at: datetime) -> None:
    """No old letter is sent, no money moves, nothing is booked, until staff say so."""
    database = await Database.open(settings.database_url)
    try:
        here = await settle(database, settings.data_dir)
        waiting = "SELECT kind FROM outbox WHERE state = 'waiting'"
        assert await database.fetch(waiting) == [("quarantine",)]
        kept = await database.fetch("SELECT error FROM outbox WHERE kind = 'staff_left'")
        assert kept == [("restored",)]
        one = await here.built.store.get(Quarantine)
        assert one is not None
        assert one.taken_at == taken_at
        timers = await database.fetch("SELECT COUNT(*) FROM timer")
        await here.core.quarantine.read()
        here.now += timedelta(days=30)
        await here.sweep.run()
        assert await database.fetch("SELECT COUNT(*) FROM timer") == timers
        [payment] = await here.built.store.find(Payment, state="open", limit=1)
        with pytest.raises(StandsStill):
            await here.core.payments.ask(payment_id=payment.id, tries=0, now=here.now)
        here.services = await here.built.store.find(Service)
        [provider, *_] = await here.built.store.find(Provider)
        [*_, customer] = await here.built.store.find(Person)
        await here.core.catalog.reload()
        await here.wants(customer, provider, here.now + timedelta(days=1))
        with pytest.raises(StandsStill):
            await here.core.placing.place(customer_id=customer.id, now=here.now)
        await here.core.quarantine.lift(by=1, now=here.now)
        await here.core.placing.place(customer_id=customer.id, now=here.now)
        await here.sweep.run()
        assert await database.fetch("SELECT COUNT(*) FROM timer") != timers
        assert await broken(database, now=here.now) == {}
    finally:
        await database.close()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.feature("A14")
async def test_backups_under_load_are_each_of_one_moment(dialect: str, tmp_path: Path) -> None:
    async with home(dialect, tmp_path / "busy") as busy:
        over, booked = asyncio.Event(), 0

        async def life() -> None:
            nonlocal booked
            provider = await busy.here.provider(daily_max=500)
            for day in range(2, 60):
                for hour in range(8):
                    if over.is_set():
                        return
                    [who] = await busy.here.customers(1)
                    start = busy.here.now + timedelta(days=day, hours=hour)
                    await busy.here.wants(who, provider, start)
                    order = await busy.here.place(who.id)
                    await busy.here.pay(order)
                    booked += 1

        living = asyncio.create_task(life())
        ran = 0
        for number in range(8 if dialect == "sqlite" else 3):  # on PostgreSQL a trial takes seconds
            at = busy.here.now + timedelta(seconds=number)
            made = await busy.safe.make(at=at, told=nothing)
            async with busy.safe.opened(busy.safe.shelf.root / made.name, told=nothing) as opened:
                assert opened.found == ()
                assert opened.label.rows["orders"] >= ran
                ran = opened.label.rows["orders"]
        over.set()
        await living
        print("orders placed meanwhile:", booked, "in the last backup:", ran)
        assert booked > 10
        assert await broken(busy.here.database, now=busy.here.now) == {}


def changed_at(where: Callable[[int], int]) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        at = where(len(content))
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

    return change


HEAD = 48
LOCKED = PIECE + 16
DAMAGES: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "nothing in it": (lambda b: b"", {"cut"}),
    "half of the head": (lambda b: b[:20], {"cut"}),
    "a bit of the head": (changed_at(lambda n: 20), {"damaged"}),
    "a bit in the middle": (changed_at(lambda n: n // 2), {"damaged", "cut"}),
    "the last bit": (changed_at(lambda n: n - 1), {"cut"}),
    "cut in a piece": (lambda b: b[: HEAD + LOCKED + 1000], {"cut"}),
    "cut between pieces": (lambda b: b[: HEAD + LOCKED], {"cut"}),
    "pieces changed places": (
        lambda b: b[:HEAD] + b[HEAD + LOCKED : HEAD + 2 * LOCKED] + b[HEAD : HEAD + LOCKED]
        + b[HEAD + 2 * LOCKED :], {"damaged"},
    ),
    "a piece is missing": (lambda b: b[:HEAD] + b[HEAD + LOCKED :], {"damaged"}),
    "a piece comes twice": (lambda b: b[: HEAD + LOCKED] + b[HEAD:], {"damaged"}),
    "something follows": (lambda b: b + b"more", {"damaged", "cut"}),
    "something else altogether": (lambda b: b"SQLite format 3\x00" + b, {"foreign"}),
}  # fmt: skip


@pytest.mark.feature("A14")
async def test_every_kind_of_damage_is_found(tmp_path: Path) -> None:
    whole, key, copy = tmp_path / "whole.backup", key_of(KEY), tmp_path / "copy"
    copy.mkdir()
    (copy / "doorstep.db").write_bytes(random.Random(SEED).randbytes(3 * PIECE + 5))
    label = Label(datetime.now(UTC), "1", "0001", "sqlite", {}, 0)
    pack(whole, key, lambda _n, _m: label, Places(copy, tmp_path), [], lambda _: None)
    assert unpack(whole, [key], tmp_path / "sound", lambda _: None) == label
    found = {}
    for name, (damage, why) in DAMAGES.items():
        spoilt = tmp_path / "spoilt"
        spoilt.write_bytes(damage(whole.read_bytes()))
        with pytest.raises(Unusable) as refused:
            unpack(spoilt, [key], tmp_path / name, lambda _: None)
        found[name] = refused.value.why
        assert refused.value.why in why, name
    with pytest.raises(Unusable) as refused:
        unpack(whole, [key_of(Fernet.generate_key().decode())], tmp_path / "w", lambda _: None)
    assert refused.value.why == "wrong_key"
    print(len(found) + 1, "of", len(DAMAGES) + 1, "found:", found)


async def spoilt_inside(home: Home, folder: Path, spoil: Callable[[Path, Label], Label]) -> Path:
    """A backup locked with the right key whose inside is not what it should be."""
    made = await home.safe.make(at=home.here.now, told=nothing)
    scratch = folder / "inside"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    key = key_of(KEY)
    label = unpack(home.safe.shelf.root / made.name, [key], scratch, lambda _: None)
    label = spoil(scratch, label)
    files = scratch / FILES
    paths = [str(p.relative_to(files)) for p in files.rglob("*") if p.is_file()]
    target = folder / "spoilt.backup"
    places = Places(scratch / DATABASE, files)
    pack(target, key, lambda _n, _m: label, places, paths, lambda _: None)
    return target


def sqlite_page(folder: Path, label: Label) -> Label:
    file = folder / DATABASE / "doorstep.db"
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    file.write_bytes(content)
    return label


def by_sql(sql: str) -> Callable[[Path, Label], Label]:
    def spoil(folder: Path, label: Label) -> Label:
        url = f"sqlite+aiosqlite:///{folder / DATABASE / 'doorstep.db'}"
        for statement in [*DROP["sqlite"], *sql.split(";")]:
            written(url, statement)
        return label

    return spoil


def fewer_files(folder: Path, label: Label) -> Label:
    next((folder / FILES).rglob("*.pdf")).unlink()
    return label


def another_file(folder: Path, label: Label) -> Label:
    next((folder / FILES).rglob("*.pdf")).write_bytes(b"something else")
    return label


INSIDE: dict[str, tuple[Callable[[Path, Label], Label], str]] = {
    "a page of the file": (sqlite_page, "integrity"),
    "a row is missing": (by_sql("DELETE FROM rule_value; DELETE FROM skill"), "rows:skill"),
    "a reference leads nowhere": (
        by_sql("UPDATE skill SET provider_id = 5"), "references",
    ),
    "the book is not balanced": (
        by_sql(               " UPDATE ledger_leg SET amount = amount + 1 WHERE line = 1"), "unbalanced",
    ),
    "a balance is not what its lines say": (
        by_sql("UPDATE balance SET amount = amount - 1 WHERE account LIKE 'gateway:%'"),
        "balance_differs",
    ),
    "two visits at once": (
        by_sql("DELETE FROM slot_claim WHERE cell IN (SELECT MIN(cell) FROM slot_claim)"),
        "rows:slot_claim",
    ),
    "a file is missing": (fewer_files, "files"),
    "a file is another": (another_file, "files"),
    "the label lies": (lambda _f, x: replace(x, rows=x.rows | {"orders": 3}), "rows:orders"),
}  # fmt: skip


@pytest.mark.feature("A14")
async def test_what_does_not_add_up_inside_is_found_too(tmp_path: Path) -> None:
    async with home("sqlite", tmp_path / "old") as old:
        for name, (spoil, what) in INSIDE.items():
            file = await spoilt_inside(old, tmp_path, spoil)
            async with old.safe.opened(file, told=nothing) as opened:
                assert what in opened.found, (name, opened.found)
            with pytest.raises(Unusable) as refused:
                await restore(
                    settings_of(tmp_path / "new", f"sqlite+aiosqlite:///{tmp_path}/new/doorstep.db"),
                    file, overwrite=False,
                )  # fmt: skip
            assert refused.value.why == "unsound", name
            assert not (tmp_path / "new/doorstep.db").exists()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.feature("A14")
async def test_a_later_version_another_database_and_a_full_place_are_refused(
    dialect: str, tmp_path: Path
) -> None:
    async with home(dialect, tmp_path / "old") as old:
        made = await old.safe.make(at=old.here.now, told=nothing)
        file = old.safe.shelf.root / made.name
        later = await spoilt_inside(old, tmp_path, lambda _f, x: replace(x, revision="9999"))
        async with empty_place(dialect, tmp_path / "new") as settings:
            assert await why(settings, later) == "newer"
            assert await why(settings, tmp_path / "nowhere") == "no_file"
            assert await why(settings, tmp_path) == "foreign"
            secret = SecretStr(Fernet.generate_key().decode())
            strange = settings.model_copy(update={"backup_key": secret})
            assert await why(strange, file) == "wrong_key"
            others = "postgresql" if dialect == "sqlite" else "sqlite"
            async with empty_place(others, tmp_path / "others") as foreign:
                assert await why(foreign, file) == "other_database"
            await restore(settings, file, overwrite=False)
            assert await why(settings, file) == "not_empty"
            running = await Database.open(settings.database_url)
            with pytest.raises(DatabaseInUse):
                await restore(settings, file, overwrite=True)
            await running.close()
            check_whole(settings)
            kept = await rows(settings.database_url)
            await restore(settings, file, overwrite=True)
            assert await rows(settings.database_url) == kept
            [aside] = (tmp_path / "new").glob("before-restore*")
            assert (aside / "files").is_dir()


async def why(settings: Settings, file: Path) -> str:
    with pytest.raises(Unusable) as refused:
        await restore(settings, file, overwrite=False)
    return refused.value.why


async def test_half_a_restore_is_no_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off between two parts it does not start as an empty one; done once more it is whole."""
    async with home("sqlite", tmp_path / "old") as old:
        made = await old.safe.make(at=old.here.now, told=nothing)
        file = old.safe.shelf.root / made.name
        async with empty_place("sqlite", tmp_path / "new") as settings:
            with monkeypatch.context() as patch:
                patch.setattr("db.backups.sqlite.os.replace", _power_cut)
                with pytest.raises(KeyboardInterrupt):
                    await restore(settings, file, overwrite=False)
            assert (tmp_path / "new" / MARK).exists()
            with pytest.raises(RestoreBrokenOff):
                check_whole(settings)
            await restore(settings, file, overwrite=True)
            check_whole(settings)
            assert (tmp_path / "new/doorstep.db").exists()


def _power_cut(*_: object) -> None:
    raise KeyboardInterrupt
