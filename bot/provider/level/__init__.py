"""The own level: what it takes and what it brings."""
