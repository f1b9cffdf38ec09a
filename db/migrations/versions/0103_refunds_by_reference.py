"""Refunds are found by the gateway's own id, as a statement names them"""

from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_refund_reference'), 'refund', ['reference'])


def downgrade() -> None:
    op.drop_index(op.f('ix_refund_reference'), table_name='refund')
