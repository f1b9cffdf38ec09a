"""News and offers of the platform."""
