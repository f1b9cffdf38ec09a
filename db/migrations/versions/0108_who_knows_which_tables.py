"""Which code can work on the tables, and which tables a process at work knows"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None
kind = "expand"

WORDS = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('process', sa.Column('knows', WORDS(), server_default='', nullable=False))
    op.add_column('alembic_version', sa.Column('oldest_code', WORDS(), nullable=True))


def downgrade() -> None:
    op.drop_column('alembic_version', 'oldest_code')
    op.drop_column('process', 'knows')
