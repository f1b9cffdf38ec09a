"""Matters that wait for the staff, each in the hands of one of them at a time."""
