"""Another time for a visit, a provider's wish for one, and the reminders: read dialog.py first."""
