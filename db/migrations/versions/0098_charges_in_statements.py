"""Which payment a refund in a statement is of"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('statement_line', sa.Column('charge', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('statement_line', 'charge')
