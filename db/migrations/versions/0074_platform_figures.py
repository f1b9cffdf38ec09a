"""Who was active on which day, and what happened in a time found by its moment"""

import sqlalchemy as sa
from alembic import op

revision = '0074'
down_revision = '0073'
branch_labels = None
depends_on = None

MOMENTS = (
    ('ix_orders_created', 'orders', 'created_at'),
    ('ix_order_step_at', 'order_step', 'at'),
    ('ix_review_created', 'review', 'created_at'),
    ('ix_ledger_transaction_at', 'ledger_transaction', 'at'),
)


def upgrade() -> None:
    op.create_table(
        'active_day',
        sa.Column('day', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('person_id', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_active_day_person_id_person')
        ),
        sa.PrimaryKeyConstraint('day', 'person_id', name=op.f('pk_active_day')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_active_day_person_id'), 'active_day', ['person_id'])
    for name, table, column in MOMENTS:
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, table, _ in MOMENTS:
        op.drop_index(name, table_name=table)
    op.drop_table('active_day')
