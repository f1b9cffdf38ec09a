"""Which backups stay: whatever there is, something of yesterday, of last week, and the last three."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.backups.keeping import LEAST, to_drop

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
SEED = 20261127


def dropped(taken: dict[str, datetime], **how: object) -> set[str]:
    return set(to_drop(taken=taken, now=NOW, keep_days=14, zone=ZONE, **how))  # type: ignore[arg-type]


def test_old_ones_go_but_never_the_last_three() -> None:
    taken = {str(day): NOW - timedelta(days=day) for day in range(100, 110)}
    assert dropped(taken) == set(taken) - {"100", "101", "102"}
    assert dropped(taken, tried="109") == set(taken) - {"100", "101", "102", "109"}
    assert dropped({}) == set()


def test_of_each_day_the_last_one_stays() -> None:
    rng = random.Random(SEED)
    for _ in range(200):
        taken = {str(n): NOW - timedelta(minutes=rng.randrange(60 * 24 * 40)) for n in range(60)}
        gone = dropped(taken)
        kept = {name: at for name, at in taken.items() if name not in gone}
        assert len(kept) >= LEAST
        assert {n for n, at in taken.items() if NOW - at < timedelta(days=1)} <= kept.keys()
        days = {at.astimezone(ZONE).date(): at for at in sorted(taken.values())}
        lasts = {at for at in days.values() if NOW - at < timedelta(days=14)}
        assert lasts <= set(kept.values())
        assert len(kept) <= len(lasts) + LEAST + sum(
            NOW - at < timedelta(days=1) for at in taken.values()
        )
