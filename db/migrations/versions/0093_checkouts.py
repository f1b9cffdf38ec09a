"""Who is just paying an invoice, the second name of a charge, and when a part of a refund was sent"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('payment', sa.Column('checkout', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.add_column('payment', sa.Column('checkout_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column('charge', sa.Column('also', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.add_column('refund', sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('refund', 'sent_at')
    op.drop_column('charge', 'also')
    op.drop_column('payment', 'checkout_at')
    op.drop_column('payment', 'checkout')
