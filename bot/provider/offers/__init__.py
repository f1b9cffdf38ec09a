"""A new order: everything needed to decide, nothing that leads to a person."""
