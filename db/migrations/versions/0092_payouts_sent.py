"""What a gateway calls a payout it sent, and why one did not go by itself"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('payout', sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.add_column('payout', sa.Column('hindrance', sa.String(length=20), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('payout', 'hindrance')
    op.drop_column('payout', 'reference')
