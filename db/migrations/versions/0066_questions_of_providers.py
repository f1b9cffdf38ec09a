"""Ready answers for providers, too"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0066'
down_revision = '0065'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    op.add_column('question', sa.Column('side', text, nullable=False, server_default='customer'))


def downgrade() -> None:
    op.drop_column('question', 'side')
