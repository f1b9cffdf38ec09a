"""Statements of the gateways, when they were compared, and what differed"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('statement_line',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('method', WORDS(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('reference', WORDS(), nullable=False),
    sa.Column('number', WORDS(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', WORDS(), nullable=False),
    sa.Column('fee', sa.BigInteger(), nullable=True),
    sa.Column('at', MOMENT(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_line')),
    sa.UniqueConstraint('method', 'day', 'kind', 'reference', name=op.f('uq_statement_line_method'))
    )
    op.create_index('ix_statement_line_reference', 'statement_line', ['reference'])
    op.create_table('compared',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('method', WORDS(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=False),
    sa.Column('differing', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compared')),
    sa.UniqueConstraint('method', 'day', name=op.f('uq_compared_method'))
    )
    op.create_table('difference',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('key', WORDS(), nullable=False),
    sa.Column('method', WORDS(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('why', sa.String(length=20), nullable=False),
    sa.Column('reference', WORDS(), nullable=False),
    sa.Column('number', WORDS(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=True),
    sa.Column('stated', sa.BigInteger(), nullable=False),
    sa.Column('booked', sa.BigInteger(), nullable=False),
    sa.Column('currency', WORDS(), nullable=False),
    sa.Column('other', WORDS(), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.Column('found_at', MOMENT(), nullable=False),
    sa.Column('ended_at', MOMENT(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('reason', WORDS(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_difference_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_difference')),
    sa.UniqueConstraint('key', name=op.f('uq_difference_key'))
    )
    op.create_index(op.f('ix_difference_order_id'), 'difference', ['order_id'])
    op.create_index('ix_difference_open', 'difference', ['method'],
                    sqlite_where=sa.text('open'), postgresql_where=sa.text('open'))


def downgrade() -> None:
    for table in ('difference', 'compared', 'statement_line'):
        op.drop_table(table)
