"""Help: frequent questions, hotline, a conversation with the staff."""
