"""A day of a whole city out of a seed: everybody is there already, and so many orders go through the real bots."""
