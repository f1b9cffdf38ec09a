"""Every order has a source, and the spare column goes"""

from alembic import op

from db.live_tables import never_null

revision = "9003"
down_revision = "9002"
kind = "contract"
after = "9001"


def upgrade() -> None:
    never_null("orders", "source")
    op.drop_column("orders", "spare")
