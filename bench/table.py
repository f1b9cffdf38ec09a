"""The table that is printed: what, how much, in ratio to what, and the figure it is held against."""

from dataclasses import dataclass

from bench.rounds import Series


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `goal` is told, not enforced: machines differ, ratios less so.

    `least`: it is to be so much or more, not so much or less.
    """

    what: str
    measured: str
    ratio: Series | None = None
    of: str = ""
    goal: float | None = None
    least: bool = False

    @property
    def verdict(self) -> str:
        if self.ratio is None or self.goal is None:
            return ""
        middle = self.ratio.middle
        return "ok" if (middle >= self.goal if self.least else middle <= self.goal) else "MISSED"


def small(seconds: float) -> str:
    """1.2 s, 3.4 ms, 56 µs."""
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.1f} {unit}"
    return f"{seconds * 1e6:.0f} µs"


def spread(series: Series) -> str:
    """min–median–max of the rounds."""
    return "–".join(f"{value:.2f}" for value in (series.least, series.middle, series.most))


def show(lines: list[Line]) -> None:
    """Everything at once, so that what the machine was doing stands beside it."""
    print(f"{'':46}{'median':>9}  {'ratio min–median–max':20}  {'goal':>5}")
    for line in lines:
        ratio = spread(line.ratio) if line.ratio else ""
        goal = f"{'≥' if line.least else '≤'} {line.goal:g}" if line.goal else ""
        row = f"{line.what:46}{line.measured:>9}  {ratio:20}  {goal:>5}  {line.verdict:6} {line.of}"
        print(row.rstrip())
