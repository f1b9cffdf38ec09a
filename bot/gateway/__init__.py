"""The gateway: Telegram on one side, stored rows on the other, nothing lost between them."""
