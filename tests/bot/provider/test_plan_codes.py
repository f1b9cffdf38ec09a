"""A change of the plan goes through a button and comes out as it was; what is no change of ours is refused."""

import random
from datetime import date, timedelta

import pytest

from bot.provider.schedule.coded import MOST, amendment_of, coded
from core.errors import Invalid
from core.people.amending import Amendment, Span, Stretch

pytestmark = pytest.mark.feature("P6")


def _spans(rng: random.Random, most: int) -> tuple[Span, ...]:
    quarters = sorted(rng.sample(range(24, 89), 2 * rng.randint(0, most)))
    return tuple((a * 15, b * 15) for a, b in zip(quarters[::2], quarters[1::2], strict=True))


def _stretch(rng: random.Random) -> Stretch:
    first = date(2026, 11, 27) + timedelta(days=rng.randint(0, 2000))
    last = first + timedelta(days=rng.randint(0, 59))
    opens, closes = sorted(rng.sample(range(97), 2))
    whole = rng.random() < 0.5
    return Stretch(first, last) if whole else Stretch(first, last, opens * 15, closes * 15)


def test_any_change_that_fits_a_button_comes_out_as_it_went_in() -> None:
    seed = 20261127
    rng = random.Random(seed)
    fitting = 0
    for turn in range(2000):
        hours = {day: _spans(rng, 2) for day in rng.sample(range(7), rng.randint(0, 2))}
        off = tuple(_stretch(rng) for _ in range(rng.randint(0, 2)))
        back = tuple(_stretch(rng) for _ in range(rng.randint(0, 1)))
        wanted = Amendment(hours, off, back)
        if wanted == Amendment():
            continue
        try:
            code = coded(wanted)
        except Invalid:
            continue
        fitting += 1
        assert len(code) <= MOST
        assert ":" not in code
        assert amendment_of(code) == wanted, (seed, turn)
    print(f"seed {seed}: {fitting} changes")
    assert fitting > 1000


@pytest.mark.parametrize("code", ["", "x", "h", "h0", "o1", "o1.99.9", "h127.1", "o1.0_", "b-1.0"])
def test_what_is_no_change_of_a_plan_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        amendment_of(code).check(today=date(2026, 11, 27), minute=0)
