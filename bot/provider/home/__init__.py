"""Where the provider stands, and what nothing else answers."""
