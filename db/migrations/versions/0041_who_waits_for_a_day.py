"""Who waits for a day is looked up before a start of it is given away"""

from alembic import op

revision = '0041'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_waiting_day', 'waiting', ['day', 'state'])


def downgrade() -> None:
    op.drop_index('ix_waiting_day', table_name='waiting')
