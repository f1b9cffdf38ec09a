"""To one's own account: how much, where to, and what became of it."""
