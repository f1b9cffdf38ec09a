"""What customers said: read, answered once, reported to the staff."""
