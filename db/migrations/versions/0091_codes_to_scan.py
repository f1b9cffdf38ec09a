"""What the picture of a payment says to who scans it, where that isn't the link"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('payment') as payment:
        payment.add_column(
            sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False)
        )
    with op.batch_alter_table('payment') as payment:
        payment.alter_column('code', existing_type=sa.String(), server_default=None, existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('payment') as payment:
        payment.drop_column('code')
