"""Waiting for a full day: joining, the list, the message when a time is free."""
