"""Customers and providers as staff see them: found, looked at whole, corrected, frozen, deleted."""
