"""What visitors did, without names, and the key of the day"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0079'
down_revision = '0078'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'trace',
        sa.Column('visitor', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('service_id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('slot', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('district', sa.String(), nullable=False),
        sa.Column('wanted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint('visitor', 'kind', 'service_id', 'slot', name=op.f('pk_trace')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_trace_at'), 'trace', ['at'])
    op.create_table(
        'trace_key',
        sa.Column('day', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('day', name=op.f('pk_trace_key')),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table('trace_key')
    op.drop_table('trace')
