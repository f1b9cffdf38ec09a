"""Telephone numbers as people write them, and the spellings under which one may be kept."""

import re
import unicodedata

_SIGNS = re.compile(r"[\s\-–—().·/]")
_HOME = "86"  # a bare mobile number of eleven digits is one of the mainland
_MOBILE = re.compile(r"1[3-9]\d{9}")


def read_phone(text: str) -> str | None:
    """The number in digits, with its plus where it has one; None for what is no telephone number."""
    bare = _SIGNS.sub("", unicodedata.normalize("NFKC", text))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    return bare if re.fullmatch(r"\+?\d{7,15}", bare) and bare.isascii() else None


def spellings(phone: str) -> list[str]:
    """The same number with and without plus and the code of the country."""
    digits = phone.lstrip("+")
    if digits.startswith(_HOME) and _MOBILE.fullmatch(digits[len(_HOME) :]):
        digits = digits[len(_HOME) :]
    every = [digits, f"+{digits}"]
    if _MOBILE.fullmatch(digits):
        every += [f"{_HOME}{digits}", f"+{_HOME}{digits}"]
    return every
