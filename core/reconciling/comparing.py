"""Statement and book side by side. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.money import share
from core.reconciling.model import Booked, Kind, Line, Why

TENTH: Final = 1_000
"""In basis points: a fee that takes more than that of a payment is looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """One movement and in what its two sides differ; what is known of either side."""

    kind: Kind
    why: Why
    reference: str
    line: Line | None = None
    booked: Booked | None = None

    @property
    def key(self) -> tuple[Kind, str, Why]:
        return self.kind, self.reference, self.why


def compare(
    *, lines: Sequence[Line], booked: Iterable[Booked], due: Iterable[Booked],
    stated: frozenset[tuple[Kind, str]],
) -> list[Found]:  # fmt: skip
    """`booked`: whatever the book has for these lines, whenever. `due`: what must stand in a statement by now.

    `stated`: what stood in the statements of other days. So what one side counts before midnight and the other after
    it is found there, and is no difference.
    """
    book = {(one.kind, one.reference): one for one in booked}
    times = Counter((line.kind, line.reference) for line in lines)
    first = {(line.kind, line.reference): line for line in reversed(lines)}
    found = {one.key: one for line in lines for one in _of_line(line, book)}
    for key in times:
        if times[key] > 1 or key in stated:
            twice = Found(key[0], Why.TWICE, key[1], first[key], book.get(key))
            found[twice.key] = twice
    there = stated.union(times)
    missing = (one for one in due if (one.kind, one.reference) not in there)
    gone = (Found(one.kind, Why.NOT_THERE, one.reference, None, one) for one in missing)
    return [*found.values(), *gone]


def _of_line(line: Line, book: dict[tuple[Kind, str], Booked]) -> Iterator[Found]:
    ours = book.get((line.kind, line.reference))
    if ours is None:
        yield Found(line.kind, Why.NOT_HERE, line.reference, line)
        return
    if line.currency != ours.currency:
        yield Found(line.kind, Why.CURRENCY, line.reference, line, ours)
    elif line.amount != ours.amount:
        yield Found(line.kind, Why.AMOUNT, line.reference, line, ours)
    if line.fee is not None and not 0 <= line.fee <= share(amount=line.amount, rate_bp=TENTH):
        yield Found(line.kind, Why.FEE, line.reference, line, ours)
