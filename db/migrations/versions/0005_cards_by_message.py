"""Cards by message: a tap in the staff group finds its card among those of a whole city"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_card_message", "card", ["bot", "chat_id", "message_id"])


def downgrade() -> None:
    op.drop_index("ix_card_message", "card")
