"""In which turn tests run: the longest first, so that no worker is left alone with one while the others are done.

And what is seen on SQLite alone every day: long walks through time whose statements shorter tests try on both.
"""

from pathlib import PurePosixPath

LONGEST = (
    # Single tests of half a minute to some minutes, the longest of all first.
    "reliability/test_processes.py",
    "reliability/test_kill.py",
    "reliability/test_order_model.py",
    "reliability/test_cut_off.py",
    "page/test_whole.py",
    "reliability/test_stop.py",
    "reliability/test_announcing_killed.py",
    "reliability/test_city_day.py",
    # Whole folders after them.
    "e2e",
    "reliability",
    "page",
    "money",
    "core",
    "db",
)

SLOW_ON_POSTGRESQL = {
    "reliability/test_reminders.py",
    "reliability/test_stand_in.py",
    "reliability/test_order_model.py",
    "reliability/test_backups.py",
    "money/test_figures.py",
    "money/test_platform_figures.py",
    "db/search/test_providers.py",
    "db/search/test_timed.py",
    "db/search/test_deals.py",
}


def turn(path: PurePosixPath) -> int:
    """The place of a test file, given as below tests/; files of the same turn stay as they were."""
    mine = (str(path), path.parts[0])
    return next((n for n, name in enumerate(LONGEST) if name in mine), len(LONGEST))
