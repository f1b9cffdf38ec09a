"""Videos: their size, length and cover beside the file"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("width", "height", "seconds"):
        op.add_column("kept_file", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("kept_file", sa.Column("cover_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    for name in ("cover_id", "seconds", "height", "width"):
        op.drop_column("kept_file", name)
