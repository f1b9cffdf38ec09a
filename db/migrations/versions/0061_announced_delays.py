"""A provider says himself when he will be there"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0061'
down_revision = '0056'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('coming_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('orders', 'coming_at')
