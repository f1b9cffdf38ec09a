"""Ids that sort by time and need no round trip, and order numbers people can read aloud."""

import random
import re
import threading
import time
import unicodedata
from collections.abc import Callable

_EPOCH_MS = 1_704_067_200_000  # 2024-01-01 UTC


class Ids:
    """Makes 63-bit ids: 41 bits of milliseconds, 10 bits of this process, 12 bits of counter."""

    def __init__(
        self, *, rng: random.Random, millis: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    ) -> None:
        self._node = rng.getrandbits(10) << 12
        self._millis = millis
        self._last = 0
        self._count = 0
        self._lock = threading.Lock()

    def of_process(self, number: int) -> None:
        """Among several processes each has a number (10 bits) of its own; alone, any will do."""
        self._node = number << 12

    def __call__(self) -> int:
        """The next id; never the same twice in this process, even if the clock steps back."""
        with self._lock:
            now = max(self._millis() - _EPOCH_MS, self._last)
            self._count = (self._count + 1) & 0xFFF if now == self._last else 0
            if now == self._last and self._count == 0:
                now += 1
            self._last = now
            return (now << 22) | self._node | self._count


# Damm's quasigroup of order 10 (H. Michael Damm, 2004): finds all single slips and swaps of neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> str:
    """The digit that makes the Damm sum of `digits` come out as zero."""
    row = 0
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)


def order_number(*, rng: random.Random) -> str:
    """Eight digits, the last one a check digit, shown as 4827-3615."""
    body = str(rng.randrange(1_000_000, 10_000_000))
    return body + check_digit(body)


_LABEL = re.compile(
    r"(?:my )?(?:order|订单|訂單|单|單)?\s*(?:no|number|编号|編號|号|號)?[.:\s#]*", re.IGNORECASE
)
_DATE = re.compile(r"20\d\d[-./ ]\d\d[-./ ]\d\d")
_GAPS = re.compile(r"[\s._/‐-―−-]")


_INSIDE = re.compile(r"(?<![\d.+-])\d{4}[-–— ]?\d{4}(?![\d.-]\d?)")


def order_digits(text: str) -> str | None:
    """The eight digits of what is written like an order number, in any spelling, right or wrong; else None."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if _DATE.fullmatch(folded):
        return None
    digits = _GAPS.sub("", folded[_LABEL.match(folded).end() :])  # type: ignore[union-attr]
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in digits)
    return digits if len(digits) == 8 and digits.isascii() and digits.isdecimal() else None


def read_order_number(text: str) -> str | None:
    """The order number a person typed (#, a label, gaps and full-width digits allowed), or None."""
    digits = order_digits(text)
    return digits if digits and check_digit(digits[:-1]) == digits[-1] else None


def order_number_in(text: str) -> str | None:
    """A right order number somewhere in a sentence."""
    folded = unicodedata.normalize("NFKC", text)
    found = (read_order_number(match[0]) for match in _INSIDE.finditer(folded))
    return next(filter(None, found), None)


def spell_order_number(number: str) -> str:
    """4827-3615: the way an order number is shown everywhere."""
    return f"{number[:4]}-{number[4:]}"
