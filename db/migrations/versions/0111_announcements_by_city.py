"""An announcement can be for the people of one city"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None
kind = "expand"

WORDS = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('announcement', sa.Column('city', WORDS(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('announcement', 'city')
