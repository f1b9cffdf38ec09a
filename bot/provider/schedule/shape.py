"""A working day in few letters, small enough for a button: opens, closes, and one break, in quarters of an hour."""

from dataclasses import dataclass, replace

from core.errors import Invalid

QUARTER = 15


@dataclass(frozen=True, slots=True)
class Shape:
    """Minutes after midnight; a day that opens when it closes is free, so is a break of no length."""

    opens: int = 0
    closes: int = 0
    rest_from: int = 0
    rest_to: int = 0

    @classmethod
    def of(cls, spans: list[tuple[int, int]]) -> "Shape":
        """The day's first and last hour; of several breaks the first."""
        if not spans:
            return cls()
        ordered = sorted(spans)
        rest = (ordered[0][1], ordered[1][0]) if len(ordered) > 1 else (0, 0)
        return cls(ordered[0][0], ordered[-1][1], *rest)

    @classmethod
    def read(cls, text: str) -> "Shape":
        """Raises Invalid for what is no shape."""
        parts = text.split("-")
        if len(parts) != 4 or not all(part.isdecimal() and len(part) <= 3 for part in parts):
            raise Invalid("hours", "unknown")
        return cls(*(int(part) * QUARTER for part in parts))

    def __str__(self) -> str:
        parts = (self.opens, self.closes, self.rest_from, self.rest_to)
        return "-".join(str(part // QUARTER) for part in parts)

    def spans(self) -> list[tuple[int, int]]:
        if self.opens >= self.closes:
            return []
        inside = self.opens < self.rest_from < self.rest_to < self.closes
        if not inside:
            return [(self.opens, self.closes)]
        return [(self.opens, self.rest_from), (self.rest_to, self.closes)]

    def opening(self, minutes: int) -> "Shape":
        """Begins at another hour; the end moves along where it would come before."""
        closes = self.closes if self.closes > minutes else min(minutes + 8 * 60, 22 * 60)
        return replace(self, opens=minutes, closes=closes)

    def closing(self, minutes: int) -> "Shape":
        opens = self.opens if self.opens and self.opens < minutes else max(minutes - 8 * 60, 6 * 60)
        return replace(self, opens=opens, closes=minutes)

    def resting(self, start: int, end: int) -> "Shape":
        return replace(self, rest_from=start, rest_to=end)


FREE = Shape()
PRESETS = (
    Shape(9 * 60, 18 * 60), Shape(9 * 60, 18 * 60, 12 * 60, 13 * 60),
    Shape(8 * 60, 20 * 60), Shape(13 * 60, 21 * 60),
)  # fmt: skip
RESTS = ((12 * 60, 13 * 60), (12 * 60, 14 * 60), (11 * 60 + 30, 12 * 60 + 30), (17 * 60, 18 * 60))


def mask(*days: int) -> int:
    """Weekdays as a number: Monday is the lowest bit."""
    return sum(1 << day for day in set(days))


def weekdays(number: int) -> list[int]:
    """Raises Invalid where no day of the week is meant."""
    found = [day for day in range(7) if number >> day & 1]
    if not found:
        raise Invalid("hours", "unknown")
    return found
