"""Who can come, and one of them in detail."""
