"""The simulated day of a city, small: it is told to its end, nobody is lost in it, and everything holds afterwards."""

from pathlib import Path

from tests.cityday.playing import Asked, play
from tests.cityday.report import told

SEED = 3


async def test_a_day_of_a_small_city_is_told_to_its_end(tmp_path: Path) -> None:
    wish = Asked(providers=200, customers=1_000, orders=20, seed=SEED)
    found = await play(wish, tmp_path, None, say=lambda _line: None)
    print(told(found))
    assert found.lost == []
    assert found.ended.total() == wish.orders
    assert found.orders >= wish.orders / 2, "most found somebody"
    assert dict(found.states)["closed"] >= found.orders / 2, "and most visits came to their end"
    assert (found.parked, found.failed, found.broken) == (0, [], {})
