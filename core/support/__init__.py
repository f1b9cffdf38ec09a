"""Support: questions relayed to the staff and back."""
