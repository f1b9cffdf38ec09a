"""No migration breaks the version that is running, or keeps people waiting: each is read before it may go in."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import op

from db.live_tables import fill, index, never_null
from db.revisions import LEAVING, RELEASED, known, steps
from tests.house.steps import Reader

FIRST = "0108"
"""Those before it are history."""


def test_steps_follow_each_other_by_number() -> None:
    every = steps("", "9999")
    for before, step in zip([None, *every], every, strict=False):
        assert step.module.__file__ is not None
        assert step.module.__file__.rpartition("/")[2].startswith(f"{step.revision}_")
        assert step.down_revision == (before.revision if before else None)


def test_every_step_lets_code_of_before_go_on_and_nobody_wait() -> None:
    reader, wrong = Reader(RELEASED), {}
    for step in steps(min(RELEASED, f"{int(FIRST) - 1:04d}"), "9999"):
        if step.revision > RELEASED or step.revision >= FIRST:
            wrong[step.revision] = reader.faults(step.module, step.module.upgrade)
    assert wrong, "none was read"
    assert {number: faults for number, faults in wrong.items() if faults} == {}


def test_what_is_leaving_names_the_step_since_which_nobody_uses_it() -> None:
    assert all(known(since) for since in LEAVING.values())
    assert known(RELEASED)


def faults(kind: str, upgrade: Callable[[], Any], *, after: str = "0100") -> list[str]:
    return Reader(RELEASED).faults(SimpleNamespace(kind=kind, after=after), upgrade)


def column(name: str, **how: Any) -> sa.Column[Any]:
    return sa.Column(name, how.pop("type_", sa.Integer()), **how)


def both(*each: Callable[[], Any]) -> Callable[[], None]:
    def upgrade() -> None:
        for one in each:
            one()

    return upgrade


def outside(sql: str) -> Callable[[], None]:
    def upgrade() -> None:
        with op.get_context().autocommit_block():
            op.execute(sql)

    return upgrade


NEW = lambda: op.add_column("orders", column("new", nullable=True))  # noqa: E731
BAD: dict[str, tuple[str, Callable[[], Any], str]] = {
    "a must": ("expand", lambda: op.add_column("orders", column("x", nullable=False)), "server_default"),
    "worked out": (
        "expand",
        lambda: op.add_column("orders", column("x", server_default=sa.text("random()"), nullable=False)),
        "writes the whole table anew",
    ),
    "dropped": ("expand", lambda: op.drop_column("orders", "note"), "LEAVING"),
    "dropped at once": ("contract", lambda: op.drop_column("orders", "note"), "names in `after`"),
    "table dropped": ("expand", lambda: op.drop_table("ask"), "LEAVING"),
    "renamed": ("contract", lambda: op.alter_column("orders", "note", new_column_name="x"), "old name"),
    "another type": ("contract", lambda: op.alter_column("orders", "note", type_=sa.Text()), "add a column"),
    "must be there": ("expand", lambda: op.alter_column("orders", "note", nullable=False), "never_null"),
    "looked at under lock": (
        "contract", lambda: op.alter_column("orders", "note", nullable=False), "never_null"
    ),
    "index": ("expand", lambda: op.create_index("ix", "orders", ["note"]), "live_tables.index"),
    "index in a transaction": (
        "expand",
        lambda: op.create_index("ix", "orders", ["note"], postgresql_concurrently=True),
        "inside a transaction",
    ),
    "unique": ("expand", lambda: index("ix", "orders", ["note"], unique=True), "write twice"),
    "unique constraint": ("contract", lambda: op.create_unique_constraint("u", "orders", ["note"]), "USING INDEX"),
    "index dropped": ("expand", lambda: op.drop_index("ix", "orders"), "drop_index"),
    "rows": ("fill", lambda: op.execute("UPDATE orders SET note = ''"), "live_tables.fill"),
    "rows copied": ("expand", lambda: op.execute("INSERT INTO ask (id) SELECT id FROM orders"), "live_tables.fill"),
    "rows with a column": (
        "expand", lambda: fill("orders", key="id", values="note = ''", where="note IS NULL"), "fill"
    ),
    "lock": ("expand", lambda: op.execute("LOCK TABLE orders"), "nobody has thought"),
    "waits for ever": ("expand", outside("SET lock_timeout = 0"), "nobody has thought"),
    "a reference": (
        "expand",
        lambda: op.create_foreign_key("f", "orders", "person", ["note"], ["id"]),
        "NOT VALID",
    ),
    "a column that refers at once": (
        "expand",
        lambda: op.add_column("orders", sa.Column("x", sa.Integer(), sa.ForeignKey("person.id"))),
        "NOT VALID",
    ),
    "a rule for what is there": (
        "expand",
        lambda: op.create_foreign_key("f", "orders", "person", ["note"], ["id"], postgresql_not_valid=True),
        "after a release",
    ),
    "no kind": ("", NEW, "say what it is"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_would_break_running_code_or_hold_people_up_is_refused(case: str) -> None:
    kind, upgrade, why = BAD[case]
    after = "9001" if case == "dropped at once" else "0100"
    found = faults(kind, upgrade, after=after)
    assert len(found) == 1, found
    assert re.search(why, found[0]), found


GOOD: dict[str, tuple[str, Callable[[], Any]]] = {
    "a column": ("expand", NEW),
    "a column with a default": (
        "expand", lambda: op.add_column("orders", column("x", server_default="0", nullable=False))
    ),
    "a column that refers": (
        "expand",
        both(
            NEW,
            lambda: op.create_foreign_key(
                "f", "orders", "person", ["new"], ["id"], postgresql_not_valid=True
            ),
            outside("ALTER TABLE orders VALIDATE CONSTRAINT f"),
        ),
    ),
    "index": ("expand", lambda: index("ix", "orders", ["note"], where="note IS NOT NULL")),
    "unique among new": ("expand", both(NEW, lambda: index("ix", "orders", ["new"], unique=True))),
    "a table": (
        "expand",
        both(
            lambda: op.create_table("fresh", column("id", primary_key=True), column("x")),
            lambda: op.create_index("ix", "fresh", ["x"], unique=True),
            lambda: op.execute("INSERT INTO fresh (id) SELECT id FROM orders LIMIT 3"),
        ),
    ),
    "rows": ("fill", lambda: fill("orders", key="id", values="x = 1", where="x IS NULL")),
    "never null": ("contract", lambda: never_null("orders", "x")),
    "dropped": ("contract", lambda: op.drop_column("orders", "note")),
    "loosened": ("expand", lambda: op.alter_column("orders", "note", nullable=True)),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_what_harms_nobody_goes_in(case: str) -> None:
    kind, upgrade = GOOD[case]
    assert faults(kind, upgrade) == []
