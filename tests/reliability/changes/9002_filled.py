"""Orders of before came from the chat, too"""

from db.live_tables import fill

revision = "9002"
down_revision = "9001"
kind = "fill"


def upgrade() -> None:
    fill("orders", key="id", values="source = 'chat'", where="source IS NULL")
