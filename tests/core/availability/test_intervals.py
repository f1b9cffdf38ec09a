"""The algebra against plain sets of integers."""

from hypothesis import given
from hypothesis import strategies as st

from core.availability.intervals import Spans

PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def moments(spans: Spans[int]) -> set[int]:
    return {moment for start, end in spans for moment in range(start, end)}


def naive(pairs: list[tuple[int, int]]) -> set[int]:
    return {moment for start, end in pairs for moment in range(start, end)}


def is_normal(spans: Spans[int]) -> bool:
    edges = [edge for pair in spans for edge in pair]
    return edges == sorted(set(edges))


@given(PAIRS)
def test_any_pairs_are_brought_into_one_normal_form(pairs: list[tuple[int, int]]) -> None:
    spans = Spans.of(pairs)
    assert is_normal(spans)
    assert moments(spans) == naive(pairs)
    assert {moment for moment in range(61) if moment in spans} == naive(pairs)
    assert bool(spans) == bool(naive(pairs))


@given(PAIRS, PAIRS)
def test_union_difference_and_intersection_are_those_of_sets(
    a: list[tuple[int, int]], b: list[tuple[int, int]]
) -> None:
    one, two = Spans.of(a), Spans.of(b)
    for result, expected in (
        (one | two, naive(a) | naive(b)),
        (one - two, naive(a) - naive(b)),
        (one & two, naive(a) & naive(b)),
    ):
        assert is_normal(result)
        assert moments(result) == expected
