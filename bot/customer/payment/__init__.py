"""Paying for an order by link."""
