"""How far the end of a certificate has been told"""

import sqlalchemy as sa
from alembic import op

revision = '0077'
down_revision = '0076'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'certificate', sa.Column('warned', sa.Integer(), server_default='0', nullable=False)
    )
    op.create_index('ix_certificate_expires_on', 'certificate', ['expires_on'])


def downgrade() -> None:
    op.drop_index('ix_certificate_expires_on', 'certificate')
    op.drop_column('certificate', 'warned')
