"""How a complaint ends: what was given for it, vouchers of one person, what went back of a settled visit"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0085'
down_revision = '0084'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
WAITS = ('waits_since', 'answer_by', 'end_by')
# Whoever had a ticket in hand has it still, where the name is one of the staff's.
HANDS = (
    "INSERT INTO taking (id, matter, subject, staff_id, name, at)"
    " SELECT t.id, 'ticket', t.id, s.telegram_id, t.taken_by, t.created_at FROM ticket t"
    " JOIN (SELECT name, MIN(telegram_id) AS telegram_id FROM staff GROUP BY name) s"
    " ON s.name = t.taken_by WHERE t.state <> 'closed' AND t.taken_by <> ''"
)


def upgrade() -> None:
    op.execute(HANDS)
    op.drop_column('ticket', 'taken_by')
    op.add_column('ticket', sa.Column('verdict', _TEXT(), server_default='', nullable=False))
    op.add_column('ticket', sa.Column('given', _JSON, server_default='{}', nullable=False))
    for name in WAITS:
        op.add_column('ticket', sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column('ticket', sa.Column('spent_min', sa.Integer(), server_default='0', nullable=False))
    op.add_column('ticket', sa.Column('told', _JSON, server_default='{}', nullable=False))
    op.execute("UPDATE ticket SET waits_since = created_at WHERE state = 'open'")
    op.add_column('orders', sa.Column('given_back', sa.Integer(), server_default='0', nullable=False))
    op.add_column('coupon', sa.Column('owner_id', sa.BigInteger(), nullable=True))
    op.create_index(op.f('ix_coupon_owner_id'), 'coupon', ['owner_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_coupon_owner_id'), table_name='coupon')
    op.drop_column('coupon', 'owner_id')
    op.drop_column('orders', 'given_back')
    for name in ('told', 'spent_min', *WAITS):
        op.drop_column('ticket', name)
    op.drop_column('ticket', 'given')
    op.drop_column('ticket', 'verdict')
    op.add_column('ticket', sa.Column('taken_by', _TEXT(), server_default='', nullable=False))
    op.execute(
        "UPDATE ticket SET taken_by = COALESCE((SELECT name FROM taking"
        " WHERE matter = 'ticket' AND subject = ticket.id), '')"
    )
    op.execute("DELETE FROM taking WHERE matter = 'ticket'")
