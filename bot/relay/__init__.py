"""Customer and provider write to each other through their bots: the same conversation for both."""
