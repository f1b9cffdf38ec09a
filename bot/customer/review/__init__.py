"""Writing a review."""
