"""A provider answers a review once, and reports one to the staff"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0068'
down_revision = '0067'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, length=20)


def upgrade() -> None:
    op.add_column('review', sa.Column('replied_at', _MOMENT(), nullable=True))
    op.create_table('review_report',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('review_id', sa.BigInteger(), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', _enum('reason', 'insult', 'elsewhere', 'private', 'blackmail', 'other'), nullable=False),
    sa.Column('words', _TEXT(), nullable=False),
    sa.Column('verdict', _enum('verdict', '', 'kept', 'hidden'), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', _MOMENT(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', _MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_review_report_order_id_orders')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_review_report_provider_id_provider')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_review_report_review_id_review')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_report')),
    sa.UniqueConstraint('review_id', name=op.f('uq_review_report_review_id'))
    )
    op.create_index(op.f('ix_review_report_order_id'), 'review_report', ['order_id'], unique=False)
    op.create_index('ix_review_report_verdict', 'review_report', ['verdict', 'created_at'], unique=False)


def downgrade() -> None:
    op.drop_table('review_report')
    op.drop_column('review', 'replied_at')
