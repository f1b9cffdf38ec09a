"""What a provider's records suggest to do: a few findings a week, each true, each with a way to act on it."""
