"""The rules of the platform, changed at run time."""
