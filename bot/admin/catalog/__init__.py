"""The services: looked through as a tree, changed one value at a time."""
