"""Who took a provider out and why; what he says to it"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0070'
down_revision = '0069'
branch_labels = None
depends_on = None

_TEXT, _MOMENT = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
_STATE = sa.Enum('draft', 'open', 'lifted', 'kept', name='appealstate', native_enum=False, length=20)
# Of those who are frozen already nobody knows any more who did it, so anybody may decide on their appeal.
_BEFORE = (
    "INSERT INTO provider_freeze (id, provider_id, staff_id, reason, passed_on, at)"
    " SELECT id, id, 0, reason, {none}, CURRENT_TIMESTAMP FROM provider WHERE state = 'frozen'"
)


def upgrade() -> None:
    op.create_table('provider_freeze',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', _TEXT(), nullable=False),
    sa.Column('passed_on', _JSON, nullable=False),
    sa.Column('at', _MOMENT(), nullable=False),
    sa.Column('ended_at', _MOMENT(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_provider_freeze_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_freeze'))
    )
    op.create_index(op.f('ix_provider_freeze_provider_id'), 'provider_freeze', ['provider_id'], unique=False)
    op.create_table('appeal',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('freeze_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('text', _TEXT(), nullable=False),
    sa.Column('files', _JSON, nullable=False),
    sa.Column('state', _STATE, nullable=False),
    sa.Column('answer', _TEXT(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', _MOMENT(), nullable=False),
    sa.Column('sent_at', _MOMENT(), nullable=True),
    sa.Column('decided_at', _MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['freeze_id'], ['provider_freeze.id'], name=op.f('fk_appeal_freeze_id_provider_freeze')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_appeal_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('freeze_id', 'turn', name=op.f('uq_appeal_freeze_id'))
    )
    op.create_index(op.f('ix_appeal_person_id'), 'appeal', ['person_id'], unique=False)
    op.create_index(op.f('ix_appeal_state'), 'appeal', ['state'], unique=False)
    none = "CAST('[]' AS JSONB)" if op.get_bind().dialect.name == 'postgresql' else "'[]'"
    op.execute(_BEFORE.format(none=none))


def downgrade() -> None:
    op.drop_table('appeal')
    op.drop_table('provider_freeze')
