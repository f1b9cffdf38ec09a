"""Money that providers asked for: checked, approved, sent by hand, and what became of it."""
