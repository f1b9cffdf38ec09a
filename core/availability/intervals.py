"""Algebra on half-open intervals: union, difference, intersection. It knows no business."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Ordered(Protocol):
    """Whatever has a before and an after: integers, dates, aware datetimes."""

    def __lt__(self, other: Any, /) -> bool: ...
    def __le__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)


@dataclass(frozen=True, slots=True)
class Spans(Generic[T]):
    """A set of moments as sorted, disjoint, non-touching pairs [start, end)."""

    pairs: tuple[tuple[T, T], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[T, T]]) -> "Spans[T]":
        """Any pairs, in any order, overlapping or empty, brought into the one normal form."""
        return cls(
            tuple(_merged(sorted((pair for pair in pairs if pair[0] < pair[1]), key=_start)))
        )

    def __iter__(self) -> Iterator[tuple[T, T]]:
        return iter(self.pairs)

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def __contains__(self, moment: T) -> bool:
        return any(start <= moment and moment < end for start, end in self.pairs)

    def __or__(self, other: "Spans[T]") -> "Spans[T]":
        return Spans.of(self.pairs + other.pairs) if other.pairs else self

    def __and__(self, other: "Spans[T]") -> "Spans[T]":
        return Spans(tuple(_common(self.pairs, other.pairs)))

    def __sub__(self, other: "Spans[T]") -> "Spans[T]":
        return Spans(tuple(_left(self.pairs, other.pairs))) if other.pairs else self


def _start(pair: tuple[T, T]) -> T:
    return pair[0]


def _merged(pairs: list[tuple[T, T]]) -> Iterator[tuple[T, T]]:
    if not pairs:
        return
    start, end = pairs[0]
    for next_start, next_end in pairs[1:]:
        if next_start <= end:
            end = next_end if end < next_end else end
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end


def _common(a: tuple[tuple[T, T], ...], b: tuple[tuple[T, T], ...]) -> Iterator[tuple[T, T]]:
    i = j = 0
    while i < len(a) and j < len(b):
        start = b[j][0] if a[i][0] < b[j][0] else a[i][0]
        end = a[i][1] if a[i][1] < b[j][1] else b[j][1]
        if start < end:
            yield start, end
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1


def _left(a: tuple[tuple[T, T], ...], b: tuple[tuple[T, T], ...]) -> Iterator[tuple[T, T]]:
    j = 0
    for start, end in a:
        while j < len(b) and b[j][1] <= start:
            j += 1
        k = j
        while k < len(b) and b[k][0] < end:
            if start < b[k][0]:
                yield start, b[k][0]
            start = b[k][1]
            k += 1
        if start < end:
            yield start, end
