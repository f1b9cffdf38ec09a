"""What the other side puts under a message of a talk"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('relayed', sa.Column('sign', WORDS(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('relayed', 'sign')
