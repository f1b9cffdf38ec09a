"""The longest tests come first, and are still where the table says."""

from pathlib import Path, PurePosixPath

from tests.turns import LONGEST, SLOW_ON_POSTGRESQL, turn

TESTS = Path(__file__).parents[1]


def test_what_comes_first_is_there() -> None:
    named = [*LONGEST, *sorted(SLOW_ON_POSTGRESQL)]
    assert [name for name in named if not (TESTS / name).exists()] == []


def test_single_long_ones_come_before_their_folder_and_the_quick_ones_last() -> None:
    turns = [
        turn(PurePosixPath(name))
        for name in ("reliability/test_kill.py", "e2e/test_booking.py", "reliability/test_rivals.py", "bot/x.py")
    ]  # fmt: skip
    assert turns == sorted(set(turns))
