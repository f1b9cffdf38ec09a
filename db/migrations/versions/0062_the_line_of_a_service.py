"""Who waits for a day is asked by service, which another index answers"""

from alembic import op

revision = '0062'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_waiting_day', table_name='waiting')


def downgrade() -> None:
    op.create_index('ix_waiting_day', 'waiting', ['day', 'state'])
