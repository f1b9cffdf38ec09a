"""How safe the place is: everything that could be better, with what to do about it."""
