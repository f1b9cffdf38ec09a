"""What lies too long is found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

PARTIAL = (
    ("ix_inbox_parked", "inbox", "parked_at", "parked_at IS NOT NULL"),
    ("ix_outbox_over", "outbox", "created_at", "state <> 'waiting'"),
    ("ix_card_letter", "card", "letter", "letter IS NOT NULL"),
)


def upgrade() -> None:
    for name, table, column, where in PARTIAL:
        op.create_index(
            name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_index(op.f("ix_done_once_at"), "done_once", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_done_once_at"), table_name="done_once")
    for name, table, *_ in PARTIAL:
        op.drop_index(name, table_name=table)
