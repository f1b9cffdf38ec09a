"""Money for no order, given back by staff"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('stray',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('key', WORDS(), nullable=False),
    sa.Column('number', WORDS(), nullable=False),
    sa.Column('method', WORDS(), nullable=False),
    sa.Column('charge', WORDS(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', WORDS(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reference', WORDS(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('reason', WORDS(), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('ended_at', MOMENT(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stray')),
    sa.UniqueConstraint('key', name=op.f('uq_stray_key')),
    sa.UniqueConstraint('number', name=op.f('uq_stray_number'))
    )


def downgrade() -> None:
    op.drop_table('stray')
