"""Where every fen came from and went to: balanced, append-only, told by one table of events."""
