"""Work photos: which a service asks for, and those that providers took"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('service', sa.Column(
        'work_photos', sa.Enum('none', 'before', 'after', 'both', name='workphotos', native_enum=False, length=20),
        server_default='none', nullable=False,
    ))
    op.create_table('work_photo',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('provider_id', sa.BigInteger(), nullable=False),
    sa.Column('stage', sa.Enum('before', 'after', name='stage', native_enum=False, length=20), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['kept_file.id'], name=op.f('fk_work_photo_file_id_kept_file')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_work_photo_order_id_orders')),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_work_photo_provider_id_provider')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_photo')),
    sa.UniqueConstraint('order_id', 'provider_id', 'stage', 'place', name=op.f('uq_work_photo_order_id'))
    )


def downgrade() -> None:
    op.drop_table('work_photo')
    op.drop_column('service', 'work_photos')
