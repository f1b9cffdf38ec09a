"""How many places in line somebody has is held by a key; those of before have none and only count"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = '0021'
branch_labels = None
depends_on = None

_ALIVE = sa.text("state IN ('waiting', 'told')")


def upgrade() -> None:
    op.add_column("waiting", sa.Column("turn", sa.Integer(), nullable=True))
    op.create_index(
        "ux_waiting_turn", "waiting", ["person_id", "turn"], unique=True, sqlite_where=_ALIVE,
        postgresql_where=_ALIVE,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ux_waiting_turn", "waiting")
    op.drop_column("waiting", "turn")
