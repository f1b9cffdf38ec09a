"""Reads what a migration says to PostgreSQL, and tells what of it would break code that is running or hold people up.

What no row of the table allows is refused: whoever needs something new thinks it through once and adds a row.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from db.live_tables import LOCK_MS
from db.revisions import Kind

EXPAND, FILL, CONTRACT = Kind.EXPAND, Kind.FILL, Kind.CONTRACT
_PLAIN = r"(?:'[^']*'|-?[\d.]+|true|false|NULL)(?:::\w+)?"


@dataclass(frozen=True, slots=True)
class Row:
    """A statement that begins so is allowed in these kinds of steps; `outside`: only between transactions.

    `fresh`: also in an expansion, where its columns are of steps nobody has yet.
    """

    begins: str
    kinds: frozenset[Kind]
    instead: str
    outside: bool = False
    fresh: bool = False


def _row(begins: str, *kinds: Kind, instead: str = "", **more: bool) -> Row:
    return Row(begins, frozenset(kinds), instead, **more)


_LATER = "code of before still uses it: let this version stop using it, name it in LEAVING, drop it after a release"
TABLE: Final = (
    _row(r"CREATE TABLE ", *Kind),
    _row(r"CREATE INDEX CONCURRENTLY ", *Kind, outside=True, instead="use db.live_tables.index"),
    _row(r"CREATE UNIQUE INDEX CONCURRENTLY ", CONTRACT, outside=True, fresh=True,
         instead="code of before may write twice what is to be unique: see docs/migrations.md"),
    _row(r"CREATE (UNIQUE )?INDEX ", instead="nobody could write meanwhile: use db.live_tables.index"),
    _row(r"DROP INDEX CONCURRENTLY ", CONTRACT, outside=True, fresh=True, instead=_LATER),
    _row(r"DROP INDEX ", instead="everybody would wait: use db.live_tables.drop_index"),
    _row(r"ALTER TABLE \w+ ADD COLUMN .*(SERIAL|GENERATED|UNIQUE|PRIMARY KEY)",
         instead="the whole table would be written anew: add it empty, then fill it"),
    _row(rf"ALTER TABLE \w+ ADD COLUMN .*DEFAULT (?!{_PLAIN}( |$))",
         instead="a default that is worked out writes the whole table anew: add it empty, then fill it"),
    _row(r"ALTER TABLE \w+ ADD COLUMN (?!.*DEFAULT).*NOT NULL",
         instead="code of before leaves it out: give it a server_default"),
    _row(r"ALTER TABLE \w+ ADD COLUMN ", EXPAND, instead="that is a step of its own, `expand`"),
    _row(r"ALTER TABLE \w+ ADD CONSTRAINT .*(UNIQUE|PRIMARY KEY) USING INDEX", CONTRACT, fresh=True),
    _row(r"ALTER TABLE \w+ ADD CONSTRAINT .*(UNIQUE|PRIMARY KEY)",
         instead="nobody could write meanwhile: build the index first (db.live_tables.index), then USING INDEX"),
    _row(r"ALTER TABLE \w+ ADD CONSTRAINT .*NOT VALID", CONTRACT, fresh=True,
         instead="code of before may write what it refuses: after a release"),
    _row(r"ALTER TABLE \w+ ADD (CONSTRAINT|FOREIGN KEY)",
         instead="every row is looked at while nobody can write: NOT VALID, then VALIDATE in an autocommit_block"),
    _row(r"ALTER TABLE \w+ VALIDATE CONSTRAINT ", *Kind, outside=True,
         instead="in an autocommit_block, or what is locked before it stays locked"),
    _row(r"ALTER TABLE \w+ ALTER COLUMN \w+ (DROP NOT NULL|SET DEFAULT )", EXPAND),
    _row(r"ALTER TABLE \w+ ALTER COLUMN \w+ SET NOT NULL", CONTRACT,
         instead="code of before may leave it empty: db.live_tables.never_null after a release"),
    _row(r"ALTER TABLE \w+ ALTER COLUMN \w+ TYPE", instead="add a column, fill it, drop the old one later"),
    _row(r"ALTER TABLE \w+ DROP CONSTRAINT ", EXPAND, CONTRACT),
    _row(r"(ALTER TABLE \w+ DROP COLUMN|DROP TABLE) ", CONTRACT, instead=_LATER),
    _row(r"ALTER TABLE \w+ ALTER COLUMN \w+ DROP DEFAULT", CONTRACT, instead=_LATER),
    _row(r"ALTER TABLE \w+ RENAME", instead="code of before knows the old name: add, fill, drop later"),
    _row(r"(UPDATE|DELETE) .*LIMIT \d+ FOR UPDATE", FILL, outside=True, instead="use db.live_tables.fill"),
    _row(r"(UPDATE|DELETE|INSERT INTO \S+( \(.*\))? SELECT)\b",
         instead="rows stay locked until the end: use db.live_tables.fill in a step of its own, `fill`"),
    _row(r"INSERT INTO ", EXPAND),
    _row(r"CREATE (OR REPLACE )?FUNCTION |CREATE TRIGGER ", EXPAND),
    _row(r"DROP (FUNCTION|TRIGGER) ", CONTRACT, instead=_LATER),
    _row(rf"SET lock_timeout = ({LOCK_MS}|600000)$", *Kind, outside=True, instead="db.live_tables does"),
)  # fmt: skip
_ON = re.compile(r"(?:TABLE|INTO|UPDATE|FROM|INDEX .* ON) (\w+)", re.I)


@dataclass
class Reader:
    """Reads steps in order; what those nobody has yet have made is nobody's yet, and free to be changed."""

    released: str
    tables: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)

    def faults(self, step: Any, upgrade: Callable[[], None]) -> list[str]:
        """What is wrong with a step, and what to do instead."""
        kind = getattr(step, "kind", "")
        if kind not in set(Kind):
            return [f"say what it is: kind = one of {', '.join(Kind)} (docs/migrations.md)"]
        found = list(self._of_contract(step)) if kind == CONTRACT else []
        said = list(_said(upgrade))
        names = [sql for sql, _ in said]
        for place, (sql, inside) in enumerate(said):
            found += self._of(sql, inside, Kind(kind), names[:place], names[place + 1 :])
        return found

    def _of_contract(self, step: Any) -> Iterator[str]:
        after = getattr(step, "after", "")
        if not after or after > self.released:
            yield (
                f"a contract names in `after` the released step (≤ {self.released}) since which no code"
                " uses what it takes away"
            )

    def _of(
        self, sql: str, inside: bool, kind: Kind, before: list[str], later: list[str]
    ) -> Iterator[str]:
        table = found[1] if (found := _ON.search(sql)) else ""
        if table in self.tables and not sql.startswith("CREATE TABLE"):
            return
        self._remember(sql, table)
        row = next((row for row in TABLE if re.match(row.begins, sql, re.I)), None)
        if row is None:
            yield f"nobody has thought of it yet (tests/house/steps.py): {sql}"
        elif not (kind in row.kinds or self._fresh(row, sql, table, later)):
            yield f"{row.instead or f'not in a step that is {kind}'}: {sql}"
        elif row.outside and inside:
            yield f"inside a transaction; {row.instead}: {sql}"
        elif " SET NOT NULL" in sql and not any(
            f"TABLE {table} VALIDATE" in each for each in before
        ):
            yield f"every row is looked at while nobody can read: use db.live_tables.never_null: {sql}"

    def _remember(self, sql: str, table: str) -> None:
        if sql.startswith("CREATE TABLE"):
            self.tables.add(table)
        if column := re.match(r"ALTER TABLE \w+ ADD COLUMN (\w+)", sql):
            self.columns.add(f"{table}.{column[1]}")

    def _fresh(self, row: Row, sql: str, table: str, later: list[str]) -> bool:
        if sql.startswith("DROP INDEX CONCURRENTLY IF EXISTS "):  # of a build that broke
            name = sql.split()[-1]
            return any(re.match(rf"CREATE (UNIQUE )?INDEX CONCURRENTLY {name} ", x) for x in later)
        named = re.search(r"(?:KEY|UNIQUE|ON \w+) ?\(([^)]*)\)", sql)
        columns = {f"{table}.{each.strip()}" for each in named[1].split(",")} if named else set()
        return row.fresh and bool(columns) and columns <= self.columns


def _said(upgrade: Callable[[], None]) -> Iterator[tuple[str, bool]]:
    """Each statement, and whether it is inside the step's transaction."""
    said: list[str] = []
    options = {"as_sql": True, "output_buffer": _Heard(said), "transaction_per_migration": True}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    with Operations.context(context):
        upgrade()
    inside = True
    for sql in (" ".join(each.replace('"', "").split()).rstrip("; ") for each in said):
        if sql in ("BEGIN", "COMMIT"):
            inside = sql == "BEGIN"
        elif sql:
            yield sql, inside


@dataclass
class _Heard:
    said: list[str]

    def write(self, text: str) -> None:
        self.said.append(text)

    def flush(self) -> None: ...
