"""What the records suggest: a few findings a week, each with a button to act on it."""
