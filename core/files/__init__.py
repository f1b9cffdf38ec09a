"""Files people send: kept by us, since a Telegram file id is good for one bot only."""
