"""What customers' banks took back of a payment, and what of it was won again"""

import sqlalchemy as sa
from alembic import op

from db.types import Json

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('payment', sa.Column('disputes', Json, server_default='{}', nullable=False))
    op.add_column('payment', sa.Column('regained', Json, server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('payment', 'regained')
    op.drop_column('payment', 'disputes')
