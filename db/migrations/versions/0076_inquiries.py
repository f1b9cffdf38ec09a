"""What staff ask applicants, and the answers"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0076'
down_revision = '0075'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        'inquiry',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('provider_id', sa.BigInteger(), nullable=False),
        sa.Column('staff_id', sa.BigInteger(), nullable=False),
        sa.Column('asked_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('files', JSON, nullable=False),
        sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['provider_id'], ['provider.id'], name=op.f('fk_inquiry_provider_id_provider')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry')),
    )
    op.create_index(op.f('ix_inquiry_provider_id'), 'inquiry', ['provider_id'])


def downgrade() -> None:
    op.drop_table('inquiry')
