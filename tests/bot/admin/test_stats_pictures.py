"""Pictures of the platform's figures: whatever the figures are, no words leave the sheet, and captions are short."""

import io
import random
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from bot.adapters.drawing import Sheet
from bot.admin.stats import screens
from bot.admin.stats.heat import heat_map
from bot.admin.stats.names import MEASURE_NAMES, Keys
from bot.admin.stats.pictures import chart
from bot.admin.stats.splits import split_up
from bot.admin.stats.table import figures_file
from bot.admin.stats.usual import usual
from bot.admin.stats.ways import ways
from bot.i18n import Words
from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.figures.spans import SHOWN, Span
from core.orders.model import State
from core.platform.facts import Cause, Fact, Facts, Kind
from core.platform.measures import MEASURES, Dimension, Measure, Sort
from core.platform.service import Active, Look
from tests.builders import ZONE

pytestmark = pytest.mark.feature("A9")
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
DAY = date(2026, 11, 27)
DISTRICTS = ("", "浦东新区", "静安区", "徐汇区", "黄浦区", "长宁区", "普陀区", "杨浦区")


class Shelf(Catalog):
    """A catalogue made by hand."""

    def __init__(self) -> None:
        names = {
            "en": "Moving, fitting and other things of the house",
            "zh_CN": "搬家安装开锁等上门服务",
        }
        self.plant(
            [Category(id=n, code=f"c{n}", names=names) for n in range(1, 7)],
            [
                Service(
                    id=n, category_id=n, code=f"s{n}", names=names, minutes=60, price_low=1,
                    price_high=2,
                )
                for n in range(1, 7)
            ],
        )  # fmt: skip


def some(rng: random.Random, span: Span) -> Facts:
    def one(kind: Kind) -> Fact:
        detail = {
            Kind.PLACED: rng.choice(list(State)).value, Kind.CANCELLED: rng.choice(list(Cause)).value,
        }.get(kind, "")  # fmt: skip
        amount = (
            rng.choice((0, 9900, 123_456_789)) if kind is not Kind.RATED else rng.randint(3, 15)
        )
        service = rng.randint(0, 6)
        return Fact(
            kind, NOW, span.first.toordinal(), rng.randrange(24), rng.randrange(9), rng.randrange(9), 1,
            service, service, rng.choice(DISTRICTS), amount, rng.randint(-1, 1), detail, rng.randrange(5),
            rng.choice(("full", "on_site")),
        )  # fmt: skip

    return Facts(span, {k: tuple(one(k) for _ in range(rng.choice((0, 1, 7, 300)))) for k in Kind})


def looked(rng: random.Random, span: Span, row: tuple[Span, ...]) -> Look:
    facts = tuple(some(rng, one) for one in row)
    now = facts[-1] if row[-1] == span else some(rng, span)
    return Look(now, some(rng, span.before), facts, 12_345, Active(1, 20, 12_345), True)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    kept: list[str] = []
    real = Sheet.words

    def within(
        sheet: Sheet, left: int, top: int, text: str, size: int, *a: object, **k: object
    ) -> int:
        wide = real(sheet, left, top, text, size, *a, **k)  # type: ignore[arg-type]
        at = left - wide if k.get("to_right") else left
        kept.append(text)
        assert 0 <= at <= at + wide <= sheet.width, text
        assert 0 <= top <= sheet.height - size, text
        return wide

    monkeypatch.setattr(Sheet, "words", within)
    return kept


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("seed", range(2))
def test_no_words_leave_the_sheet_or_the_caption(
    language: str, seed: int, written: list[str]
) -> None:
    rng, words, keys = (
        random.Random(seed),
        Words(language, ZONE),
        Keys(Shelf(), Words(language, ZONE)),
    )
    spans = [(span := Span.of(unit, DAY), span.row(SHOWN[unit])) for unit in SHOWN]
    long = Span.between(date(2024, 1, 3), DAY)
    for span, row in (*spans, (long, long.parts())):
        look = looked(rng, span, row)
        heat = heat_map(look.now, keys, words)
        shown = [
            screens.overview(look, words, photo=chart(look, words)), ways(look.now, keys, words),
            *(split_up(look.now, by, keys, heat, words)
              for by in (Dimension.CATEGORY, Dimension.DISTRICT, Dimension.HOUR)),
            usual(look.now, keys, words), screens.more(span, words),
        ]  # fmt: skip
        for screen in shown:
            assert len(screen.text.striptags()) < 1024, screen.text
            assert sum(map(len, screen.rows)) <= 8
            if screen.photo:
                assert Image.open(io.BytesIO(screen.photo.content)).width == 880
    assert written


def opened(content: bytes) -> dict[str, list[dict[str, str | float]]]:
    """Each page by its name: rows of cells by their column's letters."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = re.findall(
            r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode()
        )
        tabs = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        pages = {}
        for number, tab in enumerate(tabs, 1):
            page = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<f>" not in page  # no formula, whatever a name begins with
            pages[tab] = [
                {
                    column: strings[int(value)] if 't="s"' in kind else float(value)
                    for column, kind, value in re.findall(
                        r'<c r="([A-Z]+)\d+"([^>]*)><v>([^<]*)</v></c>', row
                    )
                }
                for row in re.findall(r"<row [^>]*>(.*?)</row>", page)
            ]
    return pages


def test_the_file_holds_values_that_can_be_summed() -> None:
    rng, words = random.Random(3), Words("en", ZONE)
    span = Span.between(date(2026, 11, 2), date(2026, 11, 11))
    look = looked(rng, span, span.parts())
    keys = Keys(Shelf(), words, {1: "=Lin"})
    pages = opened(figures_file(look, keys, words, late_minutes=10).content)
    _, head, now, *_ = pages["Overview"]
    told = {name: now.get(column) for column, name in head.items()}
    assert told["Time"] == "Nov 2 – Nov 11"
    for measure, counted in MEASURES.items():
        value = counted.of(look.now)
        scale = {Sort.MONEY: 100, Sort.SHARE: 10_000}.get(counted.sort, 1)
        if counted.sort is Sort.MONEY and value is not None:
            value = int(value)
        assert told[MEASURE_NAMES[measure]] == (
            None if value is None else pytest.approx(value / scale)
        ), measure
    _, head, *rows = pages["by district"]
    orders = next(column for column, name in head.items() if name == "Orders placed")
    assert sum(row[orders] for row in rows) == MEASURES[Measure.ORDERS].of(look.now)  # type: ignore[misc]
    assert {row["A"] for row in pages["by provider"][2:]} == {"=Lin"}
    assert len(pages["by category, district and hour"]) > 100
    assert pages["What is counted"][2]["A"] == "Orders placed"
