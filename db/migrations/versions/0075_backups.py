"""Backups, trial restores, and the standstill after a real one"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0075'
down_revision = '0074'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def moment(name: str, *, nullable: bool = True) -> 'sa.Column[object]':
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        'backup_run',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('work', sa.String(length=20), nullable=False),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('by', sa.BigInteger(), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('rows', sa.BigInteger(), nullable=False),
        sa.Column('files', sa.Integer(), nullable=False),
        sa.Column('step', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('done', sa.Integer(), nullable=False),
        sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('found', JSON, nullable=False),
        moment('asked_at', nullable=False),
        moment('began_at'),
        moment('beat_at'),
        moment('ended_at'),
        moment('taken_at'),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_backup_run')),
    )
    op.create_index(op.f('ix_backup_run_state'), 'backup_run', ['state'])
    op.create_table(
        'quarantine',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        moment('taken_at', nullable=False),
        moment('began_at', nullable=False),
        moment('lifted_at'),
        sa.Column('lifted_by', sa.BigInteger(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_quarantine')),
    )


def downgrade() -> None:
    op.drop_table('quarantine')
    op.drop_index(op.f('ix_backup_run_state'), table_name='backup_run')
    op.drop_table('backup_run')
