"""Pictures of days and weeks: whatever lies in them, no words run over others or off the sheet."""

import io
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from bot.adapters.drawing import Sheet
from bot.i18n import Words
from bot.provider.schedule.pictures import COLUMN, day_picture, week_picture
from core.orders.model import State
from core.people.days import Day, Visit
from tests.bot.provider.test_screens import order
from tests.builders import ZONE

pytestmark = pytest.mark.feature("P7")
FIRST = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
NAMES = (
    {"en": "AC repair", "zh_CN": "空调维修"},
    {
        "en": "Deep cleaning of a whole flat with windows",
        "zh_CN": "全屋深度保洁含擦窗及阳台清洗服务",
    },
    {"en": "W" * 60, "zh_CN": "龘" * 60},
)
PLACES = (
    "人民广场",
    "Zhongshan Park",
    "静安寺附近一个名字特别长的小区三期北门旁边第二个路口",
    "<b>&</b>",
)
Place = tuple[int, int, int, int]


def at(day: date, minute: int) -> datetime:
    """Shanghai is eight hours ahead."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute - 480)


def some_day(rng: random.Random, day: date) -> Day:
    visits = []
    for _ in range(rng.choice((0, 1, 3, 8))):
        minutes = rng.choice((15, 30, 45, 60, 90, 240))
        one = order(
            rng.choice((State.ACCEPTED, State.OFFERED, State.WORKING, State.CLOSED)),
            starts_at=at(day, rng.randrange(24, 92) * 15), minutes=minutes,
            place=rng.choice(PLACES),
            snapshot={"names": rng.choice(NAMES), "emoji": "❄️", "questions": []},
        )  # fmt: skip
        visits.append(Visit(one, rng.uniform(0.5, 30), rng.choice((None, 0, 30))))
    visits.sort(key=lambda visit: visit.order.starts_at)
    spans = rng.choice(((), ((540, 1080),), ((540, 720), (780, 1260))))
    return Day(day, not spans, tuple((at(day, a), at(day, b)) for a, b in spans), tuple(visits))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_day_of_a_year_fits_over_its_column(language: str) -> None:
    words = Words(language, ZONE)
    for ahead in range(366):
        head = words.narrow_day(FIRST + timedelta(days=ahead))
        assert Sheet.width_of(head, 28) <= COLUMN, head


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """Where words were written, as (left, top, right, bottom)."""
    places: list[Place] = []
    real = Sheet.words

    def words(sheet: Sheet, left: int, top: int, text: str, size: int, *a: Any, **k: Any) -> int:
        wide = real(sheet, left, top, text, size, *a, **k)
        begin = left - wide if k.get("to_right") else left
        assert begin >= 0
        assert begin + wide <= sheet.width
        assert top + size <= sheet.height
        if wide:
            places.append((begin, top + size // 4, begin + wide, top + size))
        return wide

    monkeypatch.setattr(Sheet, "words", words)
    return places


def crossing(places: list[Place]) -> list[tuple[Place, Place]]:
    return [
        (one, other)
        for n, one in enumerate(places)
        for other in places[n + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_words_never_run_over_each_other(language: str, written: list[Place]) -> None:
    seed = 20261127
    rng, words = random.Random(seed), Words(language, ZONE)
    for turn in range(20):
        day = some_day(rng, FIRST)
        picture = day_picture(day, words, now=NOW)
        assert not crossing(written), (seed, turn, crossing(written))
        written.clear()
        week = [some_day(rng, FIRST + timedelta(days=ahead)) for ahead in range(7)]
        whole = week_picture(week, words, now=NOW)
        assert not crossing(written), (seed, turn, crossing(written))
        written.clear()
        for file in (picture, whole):
            with Image.open(io.BytesIO(file.content)) as drawn:
                assert drawn.width + drawn.height < 10_000  # what Telegram takes as a photo
            assert len(file.content) < 1 << 20
    print(f"seed {seed}")
