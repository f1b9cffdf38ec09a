"""Providers in the order in which their level was looked at: a city has too many to sort them every second"""

from alembic import op

from db.live_tables import index

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None
kind = "expand"


def upgrade() -> None:
    index("ix_provider_state_level_at", "provider", ["state", "level_at"])


def downgrade() -> None:
    op.drop_index("ix_provider_state_level_at", table_name="provider")
