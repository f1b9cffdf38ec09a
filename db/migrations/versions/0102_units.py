"""What was committed is known for certain, also after the server broke down"""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'unit',
        sa.Column('token', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('at', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('token'),
    )
    op.create_index(op.f('ix_unit_at'), 'unit', ['at'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_unit_at'), table_name='unit')
    op.drop_table('unit')
