"""One process at a time fetches a bot's updates"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None
kind = "expand"


def upgrade() -> None:
    op.create_table(
        'poller',
        sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('run', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('bot', name=op.f('pk_poller')),
    )


def downgrade() -> None:
    op.drop_table('poller')
