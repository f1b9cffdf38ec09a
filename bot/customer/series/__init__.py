"""Repeated visits: from an order to a series, its page, the one date that needs an answer."""
