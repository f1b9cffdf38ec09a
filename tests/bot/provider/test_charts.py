"""Charts of statistics: whatever the figures are, scales hold them and no words leave the sheet."""

import io
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from bot.adapters.drawing import Sheet
from bot.adapters.plot import scale
from bot.i18n import Words
from bot.provider.stats import screens
from bot.provider.stats.pictures import chart
from core.figures.counting import Figures
from core.figures.model import Cause, Earned, Fate, Lost, Past, Question, Visit
from core.figures.service import Review
from core.figures.spans import SHOWN, Span, Unit
from core.ledger.balances import Booked
from core.people.model import Provider
from core.reviews.model import Review as Opinion
from tests.builders import ZONE

pytestmark = pytest.mark.feature("P10")
DAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
ME = Provider(id=1, person_id=1, created_at=NOW)


def some(rng: random.Random, span: Span) -> Figures:
    done = rng.choice((0, 1, 7, 120))
    opinion = Opinion(
        id=1, order_id=1, provider_id=1, customer_id=1, service_id=1, quality=rng.randint(1, 5),
        attitude=rng.randint(1, 5), skill=rng.randint(1, 5), created_at=NOW,
    )  # fmt: skip
    past = Past(
        tuple(Question(n, NOW, rng.choice(list(Fate))) for n in range(rng.choice((0, 3, 30)))),
        tuple(Visit(n, NOW, n, timedelta(minutes=61), rng.choice((None, True, False)), True)
              for n in range(done)),
        tuple(Lost(n, NOW, rng.choice(list(Cause))) for n in range(rng.choice((0, 2)))),
        (opinion,) * rng.choice((0, 1, 9)),
    )  # fmt: skip
    gross, off = rng.choice((0, 9900, 123_456_789)), rng.choice((0, 70_000))
    return Figures(span, past, Earned((Booked(1, NOW, "CNY", gross=gross, penalties=off),)))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("seed", range(6))
def test_no_words_leave_the_sheet_or_the_caption(
    language: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, words = random.Random(seed), Words(language, ZONE)
    written: list[tuple[int, int, int]] = []
    real = Sheet.words

    def kept(
        sheet: Sheet, left: int, top: int, text: str, size: int, *a: object, **k: object
    ) -> int:
        wide = real(sheet, left, top, text, size, *a, **k)  # type: ignore[arg-type]
        at = left - wide if k.get("to_right") else left
        written.append((at, at + wide, top))
        assert 0 <= at <= at + wide <= sheet.width, text
        assert 0 <= top <= sheet.height - size, text
        return wide

    monkeypatch.setattr(Sheet, "words", kept)
    for unit in SHOWN:
        row = tuple(some(rng, span) for span in Span.of(unit, DAY).row(SHOWN[unit]))
        shown = Review(ME, row, True)
        drawn = chart(shown, words)
        picture = Image.open(io.BytesIO(drawn.content))
        assert picture.size == (880, 920)
        screen = screens.shown(shown, drawn, words)
        assert len(screen.text.striptags()) < 1024
        assert sum(map(len, screen.rows)) <= 8
    assert written


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([0, 0], [0, 1000]), ([195_000], [0, 100_000, 200_000]), ([100], [0, 1000]),
        ([-9000, 30_000], [-20_000, 0, 20_000, 40_000]), ([210_000], [0, 200_000, 400_000]),
        ([-500], [-1000, 0, 1000]),
    ],
)  # fmt: skip
def test_the_scale_has_round_steps_around_all_values(values: list[int], marks: list[int]) -> None:
    assert list(scale(values, least=1000).marks) == marks


@pytest.mark.parametrize("unit", list(SHOWN))
def test_spans_follow_each_other_without_a_gap(unit: Unit) -> None:
    for ahead in range(800):
        span = Span.of(unit, date(2026, 1, 1) + timedelta(days=ahead))
        assert span.first <= date(2026, 1, 1) + timedelta(days=ahead) < span.end
        assert span.before.end == span.first
        assert span.after.first == span.end
    assert len({one.first for one in span.row(30)}) == 30
