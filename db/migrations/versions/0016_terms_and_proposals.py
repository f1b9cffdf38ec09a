"""Terms of an order, the question about another time, the customer's word that the visit stands"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0016'
down_revision = '0014'
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
# What was promised before there were terms: one share of the price inside the free hours, whatever came after.
_OLD = {"free_cancel_hours": 4, "late_cancel_bp": 2000}


def upgrade() -> None:
    columns: tuple[sa.Column[object], ...] = (
        sa.Column('terms', Json, server_default='{}', nullable=False),
        sa.Column('proposed_by', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False),
        sa.Column('proposed_start', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('proposed_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('proposed_bp', sa.Integer(), server_default='0', nullable=False),
        sa.Column('confirmed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    )
    for column in columns:
        op.add_column('orders', column)
    _keep_what_was_promised()


def _keep_what_was_promised() -> None:
    database = op.get_bind()
    changed = database.execute(sa.text("SELECT name, value FROM rule_value")).all()
    promised = _OLD | {name: int(value) for name, value in changed if name in _OLD}
    late = promised["late_cancel_bp"]
    terms = promised | {
        "last_cancel_hours": 0, "last_cancel_bp": late, "way_cancel_bp": late,
        "cancel_grace_minutes": 0, "cancel_to_provider_bp": 0,
    }
    sql = sa.text("UPDATE orders SET terms = :terms").bindparams(sa.bindparam("terms", type_=Json))
    database.execute(sql, {"terms": terms})


def downgrade() -> None:
    for name in ('confirmed_at', 'proposed_bp', 'proposed_until', 'proposed_start', 'proposed_by', 'terms'):
        op.drop_column('orders', name)
