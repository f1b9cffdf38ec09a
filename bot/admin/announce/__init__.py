"""Telling something to many people."""
