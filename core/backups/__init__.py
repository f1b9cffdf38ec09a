"""Copies of all that the platform knows: made, kept, tried out, told about."""
