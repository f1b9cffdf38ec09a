"""What a migration does to a table in which people are working: it takes its time, and nobody waits for it.

On PostgreSQL each of these ends the migration's transaction and begins another, so each may find what a broken run
of its own has left. On SQLite nobody works meanwhile.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

LOCK_MS = 1_000
"""So long at most a change stands in the way of those who come after it, then it lets them pass and tries again."""
_BESIDE_MS = 600_000  # for what keeps nobody waiting
BATCH = 1_000


def _shared() -> bool:
    return op.get_context().dialect.name == "postgresql"


def index(
    name: str, table: str, columns: Sequence[str], *, unique: bool = False, where: str = ""
) -> None:
    """Built while others write."""
    some = sa.text(where) if where else None
    if not _shared():
        op.create_index(name, table, list(columns), unique=unique, sqlite_where=some)
        return
    with op.get_context().autocommit_block():
        op.execute(f"SET lock_timeout = {_BESIDE_MS}")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.create_index(
            name, table, list(columns), unique=unique, postgresql_where=some,
            postgresql_concurrently=True,
        )  # fmt: skip
        op.execute(f"SET lock_timeout = {LOCK_MS}")


def drop_index(name: str, table: str) -> None:
    if not _shared():
        op.drop_index(name, table_name=table)
        return
    with op.get_context().autocommit_block():
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def fill(table: str, *, key: str, values: str, where: str, size: int = BATCH) -> None:
    """UPDATE `table` SET `values` of the rows `where` something is left to do, so that a second run finds the rest."""
    context = op.get_context()
    if not _shared():
        op.execute(f"UPDATE {table} SET {values} WHERE {where}")
        return
    with context.autocommit_block():
        if context.as_sql:
            op.execute(_batch(table, key, values, where, size))
        else:
            _go_through(table, key, values, where, size)


def _go_through(table: str, key: str, values: str, where: str, size: int) -> None:
    """Rows that others are at are left for the next time round; only when nothing else is left they are waited for."""
    done, free = True, True
    while done or free:
        free = done
        done = _once_round(table, key, values, where, size, " SKIP LOCKED" if free else "")


def _once_round(table: str, key: str, values: str, where: str, size: int, locked: str) -> bool:
    """Whether anything was done."""
    connection, last = op.get_bind(), None
    while True:
        behind = "" if last is None else f"{key} > :last AND "
        sql = sa.text(_batch(table, key, values, f"{behind}({where})", size, locked))
        done = connection.execute(sql, {} if last is None else {"last": last}).scalars().all()
        if not done:
            return last is not None
        last = max(done)


def _batch(table: str, key: str, values: str, where: str, size: int, locked: str = "") -> str:
    some = f"SELECT {key} FROM {table} WHERE {where} ORDER BY {key} LIMIT {size} FOR UPDATE{locked}"
    return f"UPDATE {table} SET {values} WHERE {key} IN ({some}) RETURNING {key}"


def never_null(table: str, column: str) -> None:
    """Every row is looked at while others write; only then the column is closed, in a moment."""
    if not _shared():
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, nullable=False)
        return
    rule = f"ck_{table}_{column}_there"
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {rule}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {rule} CHECK ({column} IS NOT NULL) NOT VALID")
    with op.get_context().autocommit_block():
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {rule}")
    op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL")
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")
