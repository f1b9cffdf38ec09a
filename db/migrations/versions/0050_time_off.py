"""Not only whole days can be taken off, but parts of them"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('time_off',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('start_min', sa.Integer(), nullable=False),
    sa.Column('end_min', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_time_off_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_off')),
    sa.UniqueConstraint('provider_id', 'day', 'start_min', name=op.f('uq_time_off_provider_id'))
    )
    op.create_index(op.f('ix_time_off_provider_id'), 'time_off', ['provider_id'], unique=False)
    op.execute('INSERT INTO time_off SELECT id, provider_id, day, 0, 1440 FROM day_off')
    op.drop_table('day_off')


def downgrade() -> None:
    """Parts of days are lost."""
    op.create_table('day_off',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_day_off_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_off')),
    sa.UniqueConstraint('provider_id', 'day', name=op.f('uq_day_off_provider_id'))
    )
    op.create_index(op.f('ix_day_off_provider_id'), 'day_off', ['provider_id'], unique=False)
    op.execute(
        'INSERT INTO day_off SELECT id, provider_id, day FROM time_off'
        ' WHERE start_min = 0 AND end_min = 1440'
    )
    op.drop_table('time_off')
