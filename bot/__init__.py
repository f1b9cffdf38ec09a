"""Talks: Telegram, payment gateways, the browser and the clock."""
