"""Three providers side by side."""
