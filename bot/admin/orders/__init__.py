"""Orders as staff see them: find, look into, act with a reason, and the live board."""
