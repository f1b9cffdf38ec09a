"""Days that a provider types to see the visits of."""

from datetime import UTC, date, datetime

import pytest

from bot.provider.jobs.spoken import days

# A Monday, 10:00 in Shanghai.
NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)


@pytest.mark.feature("P3")
@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("明天的单", 5, 5, ""),
        ("明天有什么活", 5, 5, ""),
        ("今天的订单", 4, 4, ""),
        ("周五的单", 8, 8, ""),
        ("下周的单", 11, 17, ""),
        ("jobs friday", 8, 8, ""),
        ("today's jobs", 4, 4, ""),
        ("my orders tomorrow", 5, 5, ""),
        ("show all jobs on May 6", 6, 6, ""),
        ("空调 明天", 5, 5, "空调"),
        ("People's Square friday", 8, 8, "people's square"),
    ],
)
def test_days_are_understood(text: str, first: int, last: int, rest: str) -> None:
    asked = days(text, now=NOW, zone="Asia/Shanghai")
    assert asked is not None
    assert (asked.first, asked.last, asked.rest) == (
        date(2026, 5, first), date(2026, 5, last), rest,
    )  # fmt: skip


@pytest.mark.feature("P3")
@pytest.mark.parametrize("text", ["AC repair", "人民广场", "no such words at all", "4827-3615"])
def test_words_without_a_day_name_none(text: str) -> None:
    assert days(text, now=NOW, zone="Asia/Shanghai") is None
