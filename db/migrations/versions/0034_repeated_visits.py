"""Series of visits, and the dates of them that are asked about"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def _enum(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, length=20)


def upgrade() -> None:
    op.add_column('orders', sa.Column('series_id', sa.BigInteger(), nullable=True))
    op.add_column('orders', sa.Column('rhythm', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.create_index('ix_orders_series', 'orders', ['series_id'], unique=False)
    op.create_table('series',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=False),
    sa.Column('rhythm', _enum('rhythm', 'weekly', 'two_weeks', 'monthly'), nullable=False),
    sa.Column('day', sa.Integer(), nullable=False),
    sa.Column('minute', sa.Integer(), nullable=False),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wish', _JSON, nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('next_index', sa.Integer(), nullable=False),
    sa.Column('state', _enum('seriesstate', 'active', 'stopped'), nullable=False),
    sa.Column('created_at', _MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['person.id'], name=op.f('fk_series_customer_id_person')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_series_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_series_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series'))
    )
    op.create_index('ix_series_customer', 'series', ['customer_id', 'state'], unique=False)
    op.create_table('series_date',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('series_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_at', _MOMENT(), nullable=False),
    sa.Column('why', _enum('why', 'taken', 'price', 'provider'), nullable=False),
    sa.Column('state', _enum('datestate', 'open', 'booked', 'skipped'), nullable=False),
    sa.Column('asked_at', _MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_date_series_id_series')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_series_date_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series_date')),
    sa.UniqueConstraint('series_id', 'number', name=op.f('uq_series_date_series_id'))
    )
    op.create_index(op.f('ix_series_date_person_id'), 'series_date', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('series_date')
    op.drop_table('series')
    op.drop_index('ix_orders_series', table_name='orders')
    op.drop_column('orders', 'rhythm')
    op.drop_column('orders', 'series_id')
