"""Changes of the catalogue collect in a draft; categories have a description"""

import sqlalchemy as sa
from alembic import op

from db.types import Json

revision = '0084'
down_revision = '0083'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('catalog_edit',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('sort', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.BigInteger(), nullable=False),
    sa.Column('fresh', sa.Boolean(), nullable=False),
    sa.Column('gone', sa.Boolean(), nullable=False),
    sa.Column('said', Json, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalog_edit')),
    sa.UniqueConstraint('subject', name=op.f('uq_catalog_edit_subject'))
    )
    with op.batch_alter_table('category') as category:
        category.add_column(sa.Column('descriptions', Json, server_default='{}', nullable=False))


def downgrade() -> None:
    """What was not published is lost, and so are the descriptions of categories."""
    with op.batch_alter_table('category') as category:
        category.drop_column('descriptions')
    op.drop_table('catalog_edit')
