"""What the other side of a ticket's order tells the staff"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.types import Json

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('heard',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('bot', WORDS(), nullable=False),
    sa.Column('from_staff', sa.Boolean(), nullable=False),
    sa.Column('author', WORDS(), nullable=False),
    sa.Column('text', WORDS(), nullable=False),
    sa.Column('files', Json, nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_heard_ticket_id_ticket')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_heard_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heard'))
    )
    op.create_index(op.f('ix_heard_ticket_id'), 'heard', ['ticket_id'])
    op.create_index(op.f('ix_heard_person_id'), 'heard', ['person_id'])


def downgrade() -> None:
    op.drop_table('heard')
