"""Several services in one visit: what else is booked, and what an order keeps of it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = '0024'
branch_labels = None
depends_on = None


def _further() -> sa.Column[object]:
    kind = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    return sa.Column("further", kind, server_default="[]", nullable=False)


def upgrade() -> None:
    op.add_column("draft", _further())
    op.add_column("draft", sa.Column("asked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("orders", _further())


def downgrade() -> None:
    op.drop_column("orders", "further")
    op.drop_column("draft", "asked")
    op.drop_column("draft", "further")
