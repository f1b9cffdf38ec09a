"""Waiting for a full day: who is told in which order when time frees, and for whom it is held meanwhile."""
