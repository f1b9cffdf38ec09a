"""Working hours as people write them: days that are alike on one line."""

import pytest

from bot.i18n import Words
from bot.week import week
from core.people.model import Hours

NINE, NOON, ONE, SIX = 540, 720, 780, 1080


def worked(*days: int, spans: tuple[tuple[int, int], ...] = ((NINE, SIX),)) -> list[Hours]:
    return [
        Hours(id=10 * day + opens, provider_id=1, weekday=day, start_min=opens, end_min=closes)
        for day in days
        for opens, closes in spans
    ]


BROKEN = ((ONE, SIX), (NINE, NOON))


@pytest.mark.parametrize(
    ("language", "hours", "told"),
    [
        ("en", worked(0, 1, 2, 3, 4), ["Mon–Fri 09:00–18:00"]),
        ("zh_CN", worked(0, 1, 2, 3, 4), ["周一至周五 09:00–18:00"]),
        ("en", worked(0, 1, 3, 4, 5, 6), ["Mon Tue Thu–Sun 09:00–18:00"]),
        (
            "en",
            worked(5) + worked(0, 1, 2, spans=BROKEN),
            ["Mon–Wed 09:00–12:00, 13:00–18:00", "Sat 09:00–18:00"],
        ),
        ("en", [], []),
    ],
)
def test_days_that_are_alike_share_a_line(
    language: str, hours: list[Hours], told: list[str]
) -> None:
    assert [str(line) for line in week(hours, Words(language, "Asia/Shanghai", "CNY"))] == told
