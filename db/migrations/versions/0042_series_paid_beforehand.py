"""How the visits of a series are paid; those of before are paid on site"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0042'
down_revision = '0034'
branch_labels = None
depends_on = None

_PAY = sa.Enum('full', 'deposit', 'on_site', name='pay', native_enum=False, length=20)
_TEXT = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.add_column('series', sa.Column('pay', _PAY, server_default='on_site', nullable=False))
    op.add_column('series', sa.Column('method', _TEXT, server_default='on_site', nullable=False))


def downgrade() -> None:
    op.drop_column('series', 'method')
    op.drop_column('series', 'pay')
