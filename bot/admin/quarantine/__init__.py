"""The standstill after a restore, as staff see it and end it."""
