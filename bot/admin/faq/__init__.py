"""Frequently asked questions: written per language, looked at as a reader would, then published."""
