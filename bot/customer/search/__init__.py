"""Typed words, answered at any time."""
