"""What people type as an address: whether it names the door, too. Pure."""

import unicodedata


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def names_door(text: str, place: str) -> bool:
    """Whether a typed address says more than the place: a number beyond the place's own name."""
    rest = _fold(text).replace(_fold(place), "")
    return len(rest) >= 3 and any(char.isdigit() for char in rest)


def is_door(text: str) -> bool:
    """A door has a number somewhere (三号楼 counts); a greeting hasn't."""
    return any(char.isnumeric() for char in text)
