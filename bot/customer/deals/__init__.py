"""What a customer can have for less right now."""
