"""Where to come."""
