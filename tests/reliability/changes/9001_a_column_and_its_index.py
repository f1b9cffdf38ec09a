"""Where an order came from, and something that is soon of no use"""

import sqlalchemy as sa
from alembic import op

from db.live_tables import index

revision = "9001"
down_revision = "HEAD"
kind = "expand"


def upgrade() -> None:
    op.add_column("orders", sa.Column("source", sa.String(), nullable=True))
    op.add_column("orders", sa.Column("spare", sa.Integer(), server_default="7", nullable=False))
    with op.batch_alter_table("orders") as orders:
        orders.alter_column("source", server_default="chat")
    index("ix_orders_source", "orders", ["source", "created_at"])
