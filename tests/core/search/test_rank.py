"""Many good reviews stand before one perfect one."""

import pytest

from core.search.rank import hundredths, rank


def test_one_lone_five_star_review_does_not_win() -> None:
    assert rank(total=98, count=20) < rank(total=5, count=1) < rank(total=0, count=0)


def test_a_bad_review_costs_more_than_none() -> None:
    assert rank(total=0, count=0) < rank(total=2, count=1) < rank(total=40, count=20)


@pytest.mark.parametrize(("total", "count", "shown"), [(0, 0, 0), (14, 3, 467), (500, 100, 500)])
def test_people_see_the_plain_mean(total: int, count: int, shown: int) -> None:
    assert hundredths(total=total, count=count) == shown
