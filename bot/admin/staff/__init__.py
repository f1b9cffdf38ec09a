"""Who belongs to the staff, and as what."""
