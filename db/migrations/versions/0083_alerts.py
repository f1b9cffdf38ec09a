"""What is not as it should be with orders and people"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.types import Json

revision = '0083'
down_revision = '0082'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'alert',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('about', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('order_id', sa.BigInteger(), nullable=True),
        sa.Column('customer_id', sa.BigInteger(), nullable=True),
        sa.Column('provider_id', sa.BigInteger(), nullable=True),
        sa.Column('facts', Json, nullable=False),
        sa.Column('fate', sa.String(length=20), nullable=False),
        sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('found_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('ended_by', sa.BigInteger(), nullable=True),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['customer_id'], ['person.id'], name=op.f('fk_alert_customer_id_person')),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_alert_order_id_orders')),
        sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_alert_provider_id_provider')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_alert')),
        sa.UniqueConstraint('about', name=op.f('uq_alert_about')),
    )
    op.create_index(op.f('ix_alert_order_id'), 'alert', ['order_id'], unique=False)
    op.create_index(op.f('ix_alert_customer_id'), 'alert', ['customer_id'], unique=False)
    op.create_index(op.f('ix_alert_provider_id'), 'alert', ['provider_id'], unique=False)
    op.create_index('ix_alert_fate', 'alert', ['fate', 'since'], unique=False)
    op.create_index('ix_alert_found', 'alert', ['found_at'], unique=False)
    op.create_index('ix_alert_people', 'alert', ['kind', 'customer_id', 'provider_id'], unique=False)


def downgrade() -> None:
    op.drop_table('alert')
