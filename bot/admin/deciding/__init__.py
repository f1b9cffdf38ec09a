"""How the staff decide, whatever it is about: take it, ask why, ask once more, do it."""
