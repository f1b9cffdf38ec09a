"""The migrations lead to exactly the tables and guards the code declares, and back, on both databases."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

import db.tables  # noqa: F401
from db.migrate import migrate, unmigrate
from db.types import Json
from tests.databases import DIALECTS, scratch_url
from tests.starting import ROOT

GUARDS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT proname, prosrc FROM pg_proc WHERE proname ~ '^(ledger|balance|bill|write)_'""",
}


async def asked(url: str, question: Callable[[Connection], Any]) -> Any:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(question)
    finally:
        await engine.dispose()


def differences(connection: Connection) -> list[Any]:
    # SQLite gives defaults back in words of its own; PostgreSQL's are compared.
    defaults = connection.dialect.name == "postgresql"
    context = MigrationContext.configure(connection, opts={"compare_server_default": defaults})
    return compare_metadata(context, SQLModel.metadata)


def guards(connection: Connection) -> dict[str, str]:
    found = connection.execute(text(GUARDS[connection.dialect.name]))
    return {name: " ".join(words.split()) for name, words in found}


def tables(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).dialect.get_table_names(connection))


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_migrated_tables_are_those_the_code_declares(dialect: str, tmp_path: Path) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        await migrate(url)
        assert await asked(url, differences) == []


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_the_guards_of_the_book_are_those_the_code_declares(
    dialect: str, tmp_path: Path
) -> None:
    for folder in ("migrated", "made"):
        (tmp_path / folder).mkdir()
    async with scratch_url(dialect, tmp_path / "migrated") as url:
        await migrate(url)
        migrated = await asked(url, guards)
    async with scratch_url(dialect, tmp_path / "made") as url:
        await asked(url, SQLModel.metadata.create_all)
        made = await asked(url, guards)
    assert migrated == made
    assert len(made) > 5


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_several_who_start_at_once_make_the_tables_once(dialect: str, tmp_path: Path) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        settings = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(tmp_path)}
        command = (sys.executable, "-m", "bot", "migrate")
        started = [
            await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=settings, stderr=PIPE)
            for _ in range(3)
        ]
        for process in started:
            _, complaint = await process.communicate()
            assert process.returncode == 0, complaint.decode()[-2000:]
        assert await asked(url, differences) == []


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_migrations_lead_back_to_nothing_and_up_again(dialect: str, tmp_path: Path) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        await migrate(url)
        await unmigrate(url, revision="base")
        assert await asked(url, tables) <= {"alembic_version"}
        assert await asked(url, guards) == {}
        await migrate(url)
        assert await asked(url, differences) == []


PAYING, WATER = {"en": "Paying", "zh_CN": "付款"}, {"en": "Water"}
OLD_QUESTION = sa.table(
    "question", *(sa.column(name) for name in ("id", "side", "position", "hidden")),
    *(sa.column(name, Json) for name in ("topic", "question", "answer")),
)  # fmt: skip
QUESTION = sa.table("question", *(sa.column(name) for name in ("id", "topic_id", "version")))
TOPIC = sa.table(
    "faq_topic", *(sa.column(name) for name in ("id", "side", "position")),
    sa.column("names", Json),
)  # fmt: skip
OLD = ((1, "customer", PAYING), (2, "provider", PAYING), (3, "customer", PAYING),
       (4, "customer", WATER))  # fmt: skip


def ask_as_before_topics(connection: Connection) -> None:
    """Rows as they lay there when each question named its topic itself."""
    said = {"question": {"en": "How?"}, "answer": {"en": "So."}, "hidden": False}
    rows = [
        said | {"id": id, "side": side, "topic": topic, "position": id} for id, side, topic in OLD
    ]
    connection.execute(sa.insert(OLD_QUESTION), rows)


def rows_of(table: sa.TableClause, *names: str) -> Callable[[Connection], list[tuple[Any, ...]]]:
    columns = [table.c[name] for name in names]
    return lambda connection: [
        tuple(row) for row in connection.execute(sa.select(*columns).order_by(table.c.id))
    ]


@pytest.mark.feature("A13")
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_questions_of_before_find_their_topics_and_name_them_again_on_the_way_back(
    dialect: str, tmp_path: Path
) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        await migrate(url, revision="0087")
        await asked(url, ask_as_before_topics)
        await migrate(url)
        assert await asked(url, rows_of(TOPIC, "id", "side", "names", "position")) == [
            (1, "customer", PAYING, 0), (2, "provider", PAYING, 1), (4, "customer", WATER, 2),
        ]  # fmt: skip
        now = await asked(url, rows_of(QUESTION, "id", "topic_id", "version"))
        assert now == [(1, 1, 1), (2, 2, 1), (3, 1, 1), (4, 4, 1)]
        assert await asked(url, differences) == []
        await unmigrate(url, revision="0087")
        assert await asked(url, rows_of(OLD_QUESTION, "id", "side", "topic")) == list(OLD)
