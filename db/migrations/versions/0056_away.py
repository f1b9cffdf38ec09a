"""A question about another time may be asked because the provider can't come at all"""

import sqlalchemy as sa
from alembic import op

revision = '0056'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('away', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column('orders', 'away')
