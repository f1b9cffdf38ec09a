"""Levels of providers, and by how much the commission of an order is lower for whoever is asked"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0067'
down_revision = '0066'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'provider',
        sa.Column('level', sa.String(length=20), server_default='starter', nullable=False),
    )
    for name in ('level_at', 'falls_at'):
        op.add_column(
            'provider', sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
    for table in ('orders', 'ask'):
        op.add_column(
            table, sa.Column('off_bp', sa.Integer(), server_default='0', nullable=False)
        )


def downgrade() -> None:
    for table in ('ask', 'orders'):
        op.drop_column(table, 'off_bp')
    for name in ('falls_at', 'level_at', 'level'):
        op.drop_column('provider', name)
