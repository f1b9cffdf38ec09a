"""Coupons are made by the staff: capped, found by their code alone, with codes that are good once"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0082'
down_revision = '0081'
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.add_column('coupon', sa.Column('cap', sa.Integer(), server_default='0', nullable=False))
    op.add_column('coupon', sa.Column('public', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('coupon', sa.Column('singly', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('coupon', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.create_table('coupon_code',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('coupon_id', sa.BigInteger(), nullable=False),
    sa.Column('code', WORDS, nullable=False),
    sa.Column('holder_id', sa.BigInteger(), nullable=True),
    sa.Column('order_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['coupon_id'], ['coupon.id'], name=op.f('fk_coupon_code_coupon_id_coupon')),
    sa.ForeignKeyConstraint(['holder_id'], ['person.id'], name=op.f('fk_coupon_code_holder_id_person')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_coupon_code_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coupon_code')),
    sa.UniqueConstraint('code', name=op.f('uq_coupon_code_code'))
    )
    for column in ('coupon_id', 'holder_id', 'order_id'):
        op.create_index(op.f(f'ix_coupon_code_{column}'), 'coupon_code', [column], unique=False)


def downgrade() -> None:
    """Codes that are good once are lost."""
    op.drop_table('coupon_code')
    with op.batch_alter_table('coupon') as table:
        for column in ('version', 'singly', 'public', 'cap'):
            table.drop_column(column)
