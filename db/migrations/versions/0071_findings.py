"""Findings of a week, and the week of which a provider's were made last"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0071'
down_revision = '0070'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        'finding',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('provider_id', sa.BigInteger(), nullable=False),
        sa.Column('week', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=20), nullable=False),
        sa.Column('subject', sa.BigInteger(), nullable=False),
        sa.Column('facts', JSON, nullable=False),
        sa.Column('fate', sa.String(length=20), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['provider_id'], ['provider.id'], name=op.f('fk_finding_provider_id_provider')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
        sa.UniqueConstraint(
            'provider_id', 'week', 'code', 'subject', name=op.f('uq_finding_provider_id')
        ),
    )
    op.add_column(
        'provider', sa.Column('found_week', sa.Integer(), server_default='0', nullable=False)
    )


def downgrade() -> None:
    op.drop_column('provider', 'found_week')
    op.drop_table('finding')
