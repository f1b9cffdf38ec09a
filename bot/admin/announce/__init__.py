"""Telling something to all customers."""
