"""Levels of providers: by which figures they are reached, what they bring, and what is missing for the next."""
