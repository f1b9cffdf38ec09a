"""Repeated visits: the same visit every week, every two weeks or every month, each an order of its own."""
