"""Recommended for you."""
