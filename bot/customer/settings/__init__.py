"""The customer's own choices."""
