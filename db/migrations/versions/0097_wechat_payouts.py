"""WeChats that providers bind, and payouts that wait for their payee; WeChats that were typed are paid to no more"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('payout_binding',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('token', _TEXT(), nullable=False),
    sa.Column('sealed', _TEXT(), nullable=False),
    sa.Column('until', _MOMENT(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_payout_binding_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payout_binding')),
    sa.UniqueConstraint('token', name=op.f('uq_payout_binding_token'))
    )
    op.create_index('ux_payout_binding_provider', 'payout_binding', ['provider_id'], unique=True)
    op.add_column('payout', sa.Column('ticket', _TEXT(), server_default='', nullable=False))
    op.add_column('payout', sa.Column('confirm_until', _MOMENT(), nullable=True))
    op.execute("UPDATE payout_account SET active = false WHERE kind = 'wechat'")


def downgrade() -> None:
    op.drop_column('payout', 'confirm_until')
    op.drop_column('payout', 'ticket')
    op.drop_table('payout_binding')
