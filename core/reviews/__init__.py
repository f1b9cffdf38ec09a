"""Reviews: one per finished order, shown at once."""
