"""Several processes work one inbox: who is there, and who works whose updates"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'process',
        sa.Column('run', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('alive_until', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('run'),
        sa.UniqueConstraint('number'),
    )
    op.create_table(
        'lane',
        sa.Column('bot', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('run', sa.BigInteger(), nullable=False),
        sa.Column('calls', sa.BigInteger(), server_default='0', nullable=False),
        sa.PrimaryKeyConstraint('bot', 'number'),
    )


def downgrade() -> None:
    op.drop_table('lane')
    op.drop_table('process')
