"""By when a provider has to be in touch, and until when he waits at a door that nobody opens"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0051"
down_revision = '0061'
branch_labels = None
depends_on = None

COLUMNS = ("contact_by", "absent_until")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("orders", sa.Column(name, UTCDateTime(), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("orders", name)
