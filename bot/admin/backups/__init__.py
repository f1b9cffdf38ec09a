"""Backups and trial restores, asked for and told about."""
