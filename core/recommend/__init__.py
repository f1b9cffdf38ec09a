"""Suggestions: whom to book next, and why just them."""
