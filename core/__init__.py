"""Decides: the rules of the business, free of Telegram, SQL, clocks and words."""
