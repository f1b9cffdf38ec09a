"""News and offers from the platform: written, looked at, sent to those who want them, stopped, put right."""
