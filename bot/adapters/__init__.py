"""What core asks of the world: notices, files, places, the clock."""
