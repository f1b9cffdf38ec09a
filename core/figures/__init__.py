"""What a provider's records say of a day, a week or a month, and what might be done about it."""
