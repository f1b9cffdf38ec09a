"""Appeals of frozen providers: looked at and decided by somebody else than who froze."""
