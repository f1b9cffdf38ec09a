"""What stands or is on its way is found by its subject alone, in whichever chat"""

import sqlalchemy as sa
from alembic import op

revision = '0078'
down_revision = '0077'
branch_labels = None
depends_on = None

STANDING = sa.text('letter IS NOT NULL')
WAITING = sa.text("state = 'waiting'")


def _standing(*columns: str) -> None:
    op.drop_index('ix_card_standing', table_name='card')
    op.create_index(
        'ix_card_standing', 'card', list(columns),
        sqlite_where=STANDING, postgresql_where=STANDING,
    )


def upgrade() -> None:
    _standing('subject', 'bot', 'chat_id')
    op.create_index(
        'ix_outbox_subject', 'outbox', ['subject'],
        sqlite_where=WAITING, postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index('ix_outbox_subject', table_name='outbox')
    _standing('bot', 'chat_id', 'subject')
