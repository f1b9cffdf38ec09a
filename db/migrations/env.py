"""Runs migrations over the connection handed in by db/migrate.py, on either database."""

from alembic import context
from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every table)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    compare_type=True,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
