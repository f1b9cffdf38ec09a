"""What differs only by how many it is about is few texts, and means the same."""

import pytest

from db.ops import inserts
from db.rows import where
from db.shapes import parts, places


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 8, 9, 1000, 1024, 1025, 20_000])
def test_a_list_has_room_for_all_its_values_and_no_others(count: int) -> None:
    marks, found = places(range(count))
    assert marks.count("?") == len(found)
    assert set(found) == set(range(count))


def test_lists_of_any_length_are_few_texts() -> None:
    texts = {where({"id": list(range(count))})[0] for count in range(1000)}
    assert len(texts) <= 12


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 500, 1999])
def test_rows_are_written_all_and_in_order(count: int) -> None:
    written = list(parts(range(count), 90))
    assert [row for part in written for row in part] == list(range(count))
    assert all(len(part).bit_count() == 1 and len(part) <= 90 for part in written)


def test_any_number_of_rows_is_few_texts() -> None:
    texts = set[str]()
    for count in range(1, 200):
        texts |= {op.sql for op in inserts("t (a, b)", [(n, n) for n in range(count)])}
    assert len(texts) <= 11
