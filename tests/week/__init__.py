"""A week of a platform out of a seed: people book, come, fail and quarrel, and staff work it off by their buttons."""
