"""New photos of providers are looked at by staff; what was looked for in vain is found by its service"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

WORDS = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
WAITS = sa.text("state = 'sent'")
UNMET = sa.text("kind = 'unmet'")


def upgrade() -> None:
    op.create_table('portrait',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('file_id', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', WORDS(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sent_at', MOMENT(), nullable=False),
    sa.Column('decided_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_portrait_provider_id_provider')),
    sa.ForeignKeyConstraint(['file_id'], ['kept_file.id'], name=op.f('fk_portrait_file_id_kept_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_portrait'))
    )
    op.create_index(op.f('ix_portrait_provider_id'), 'portrait', ['provider_id'])
    op.create_index('ix_portrait_state', 'portrait', ['state'])
    op.create_index('ux_portrait_waits', 'portrait', ['provider_id'], unique=True,
                    sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_index('ix_trace_unmet', 'trace', ['service_id', 'at'],
                    sqlite_where=UNMET, postgresql_where=UNMET)


def downgrade() -> None:
    op.drop_index('ix_trace_unmet', 'trace')
    op.drop_table('portrait')
