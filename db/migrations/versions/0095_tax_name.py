"""What the tax on a receipt is called"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('receipt', sa.Column('tax_name', sqlmodel.sql.sqltypes.AutoString(), server_default='Tax', nullable=False))


def downgrade() -> None:
    op.drop_column('receipt', 'tax_name')
