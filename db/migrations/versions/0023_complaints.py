"""Tickets are questions, complaints or ideas, and end with an outcome"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0023"
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Enum("question", "complaint", "idea", name="ticketkind", native_enum=False, length=20)
    text = sqlmodel.sql.sqltypes.AutoString()
    op.add_column("ticket", sa.Column("kind", kind, server_default="question", nullable=False))
    op.add_column("ticket", sa.Column("outcome", text, server_default="", nullable=False))
    op.add_column("ticket", sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("ticket", "closed_at")
    op.drop_column("ticket", "outcome")
    op.drop_column("ticket", "kind")
