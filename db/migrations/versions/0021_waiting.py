"""Places in line for a full day"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0021'
down_revision = '0023'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_STATES = ('waiting', 'told', 'booked', 'passed', 'left', 'over')


def upgrade() -> None:
    op.create_table('waiting',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('service_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=True),
    sa.Column('day', sa.Integer(), nullable=False),
    sa.Column('first_min', sa.Integer(), nullable=False),
    sa.Column('last_min', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=False),
    sa.Column('wish', _JSON, nullable=False),
    sa.Column('state', sa.Enum(*_STATES, name='waitstate', native_enum=False, length=20), nullable=False),
    sa.Column('offered_by', sa.BigInteger(), nullable=True),
    sa.Column('starts_at', _MOMENT(), nullable=True),
    sa.Column('until', _MOMENT(), nullable=True),
    sa.Column('joined_at', _MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_waiting_person_id_person')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_waiting_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_waiting_service_id_service')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiting'))
    )
    op.create_index('ix_waiting_line', 'waiting', ['service_id', 'state', 'day'], unique=False)
    op.create_index('ix_waiting_person', 'waiting', ['person_id', 'state'], unique=False)


def downgrade() -> None:
    op.drop_table('waiting')
