"""Accounts of providers, payouts, and a timer for all that was earned before there was a time to hold it"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0053'
down_revision = '0050'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime

# Looked at in batches as they come due; each looks up for itself whether its days are over.
_HELD = """
INSERT INTO timer (key, kind, subject_id, due_at, tries, lease_until)
SELECT 'order.release:' || t.order_id, 'order.release', t.order_id, 0, 0, 0
FROM ledger_transaction t JOIN ledger_leg l ON l.transaction_id = t.id
WHERE l.account LIKE 'provider:%:pending' GROUP BY t.order_id HAVING SUM(l.amount) < 0
"""


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, length=20)


def upgrade() -> None:
    op.create_table('payout_account',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', _enum('accountkind', 'bank', 'alipay', 'wechat'), nullable=False),
    sa.Column('sealed', _TEXT(), nullable=False),
    sa.Column('masked', _TEXT(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', _MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_payout_account_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payout_account'))
    )
    op.create_index(op.f('ix_payout_account_provider_id'), 'payout_account', ['provider_id'], unique=False)
    op.create_index('ux_payout_account_active', 'payout_account', ['provider_id'], unique=True,
                    sqlite_where=sa.text('active'), postgresql_where=sa.text('active'))
    op.create_table('payout',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('number', _TEXT(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('account_id', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', _TEXT(), nullable=False),
    sa.Column('state', _enum('payoutstate', 'asked', 'checked', 'approved', 'paid', 'returned'), nullable=False),
    sa.Column('second', sa.Boolean(), nullable=False),
    sa.Column('day', sa.Integer(), nullable=False),
    sa.Column('reason', _TEXT(), nullable=False),
    sa.Column('approved_by', sa.BigInteger(), nullable=True),
    sa.Column('second_by', sa.BigInteger(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('asked_at', _MOMENT(), nullable=False),
    sa.Column('ended_at', _MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['payout_account.id'], name=op.f('fk_payout_account_id_payout_account')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_payout_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payout')),
    sa.UniqueConstraint('number', name=op.f('uq_payout_number'))
    )
    op.create_index(op.f('ix_payout_account_id'), 'payout', ['account_id'], unique=False)
    op.create_index('ix_payout_provider_day', 'payout', ['provider_id', 'day'], unique=False)
    op.create_index('ix_payout_state', 'payout', ['state'], unique=False)
    op.get_bind().exec_driver_sql(_HELD)


def downgrade() -> None:
    op.execute("DELETE FROM timer WHERE kind = 'order.release'")
    op.drop_table('payout')
    op.drop_table('payout_account')
