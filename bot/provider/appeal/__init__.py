"""A frozen provider says what speaks for him."""
