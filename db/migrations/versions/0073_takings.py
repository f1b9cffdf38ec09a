"""What the staff have in hand, whatever it is"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0073'
down_revision = '0072'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'taking',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('matter', sa.String(length=20), nullable=False),
        sa.Column('subject', sa.BigInteger(), nullable=False),
        sa.Column('staff_id', sa.BigInteger(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_taking')),
        sa.UniqueConstraint('matter', 'subject', name=op.f('uq_taking_matter')),
    )
    op.drop_column('price_request', 'taken_by')


def downgrade() -> None:
    op.add_column(
        'price_request', sa.Column('taken_by', sa.Text(), server_default='', nullable=False)
    )
    op.drop_table('taking')
