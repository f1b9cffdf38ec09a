"""The tree of categories and the page of a service."""
