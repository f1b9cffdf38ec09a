"""On single dates hours are not only taken off: some are worked beyond those of the week"""

import sqlalchemy as sa
from alembic import op

revision = '0081'
down_revision = '0080'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('day_hours',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('start_min', sa.Integer(), nullable=False),
    sa.Column('end_min', sa.Integer(), nullable=False),
    sa.Column('works', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_day_hours_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_hours')),
    sa.UniqueConstraint('provider_id', 'day', 'start_min', 'works', name=op.f('uq_day_hours_provider_id'))
    )
    op.create_index(op.f('ix_day_hours_provider_id'), 'day_hours', ['provider_id'], unique=False)
    copied = sa.text(
        'INSERT INTO day_hours (id, provider_id, day, start_min, end_min, works)'
        ' SELECT id, provider_id, day, start_min, end_min, :no FROM time_off'
    ).bindparams(sa.bindparam('no', False, sa.Boolean()))
    op.execute(copied)
    op.drop_table('time_off')


def downgrade() -> None:
    """Extra hours are lost."""
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
    op.execute(
        'INSERT INTO time_off SELECT id, provider_id, day, start_min, end_min FROM day_hours'
        ' WHERE NOT works'
    )
    op.drop_table('day_hours')
