"""What providers say about their plan is taken for what they mean; a third of the examples nobody has tuned to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.when.model import Days
from core.when.verbs import Verb
from core.when.working import Wish, read_working
from tests.core.aside import kept_aside

pytestmark = pytest.mark.feature("P6")
ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 27, 9, 10, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
GOAL = 0.9


@dataclass(frozen=True)
class Example:
    phrase: str
    truth: str

    def told(self) -> str:
        said = read_working(self.phrase, now=NOW, zone=ZONE)
        return "; ".join(_told(wish) for wish in said.wishes) if said else "-"


def _told(wish: Wish) -> str:
    days = "".join(str(day + 1) for day in wish.weekdays)
    named = days or ("*" if wish.verb in (Verb.HOURS, Verb.REST) else "")
    spans = [f"{_clock(a)}-{_clock(b)}" for a, b in wish.spans]
    free = ["free"] if wish.verb is Verb.HOURS and not spans else []
    dates = [_dates(one) for one in wish.dates]
    return " ".join(part for part in (wish.verb.value, named, *dates, *spans, *free) if part)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _dates(days: Days) -> str:
    first, last = f"{days.first:%m-%d}", f"{days.last:%m-%d}"
    return first if first == last else f"{first}/{last}"


def examples() -> Iterator[Example]:
    for line in Path(__file__).with_name("working.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "phrase\t")):
            yield Example(*line.split("\t"))


def test_words_about_working_are_understood_as_well_aside_as_where_they_were_tuned() -> None:
    known = [example for example in examples() if not kept_aside(example.phrase)]
    aside = [example for example in examples() if kept_aside(example.phrase)]
    missed = [(e.phrase, e.told()) for e in known if e.told() != e.truth]
    share = sum(e.told() == e.truth for e in aside) / len(aside)
    print(
        f"{len(known)} phrases tuned to: {1 - len(missed) / len(known):.3f}, missed {missed};"
        f" {len(aside)} kept aside: {share:.3f}"
    )
    assert len(known) + len(aside) >= 60
    assert len(aside) >= 20
    assert share >= GOAL
    assert len(missed) <= (1 - GOAL) * len(known)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-12-01 to 2026-12-07", "off 12-01/12-07"),
        ("10.1-10.7", "off 10-01/10-07"),
        ("10月1日到7日", "off 10-01/10-07"),
        ("12月30日～1月2日", "off 12-30/01-02"),
        ("1/5", "off 01-05"),
        ("2026年12月1日", "off 12-01"),
        ("10-01", "off 10-01"),
        ("明天下午", "off 11-28 12:00-18:00"),
        ("10-40", None),
        ("whenever", None),
    ],
)
def test_where_time_off_is_asked_for_days_alone_are_enough(typed: str, days: str | None) -> None:
    said = read_working(typed, now=NOW, zone=ZONE, off=True)
    assert ("; ".join(_told(wish) for wish in said.wishes) if said else None) == days


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("周三请假", True), ("Mon–Fri 9–18", True), ("明天下午不接单", True), ("sat off", True),
        ("no jobs after 6pm today", True), ("每天9点到18点", True),
        ("周三休息吗？", False), ("明天10点到16点", False), ("周六 10-16", False),
        ("阿姨说周三有事要改时间", False), ("turn the heater off friday", False),
    ],
)  # fmt: skip
def test_far_from_the_schedule_only_what_is_unmistakable_counts(typed: str, sure: bool) -> None:
    said = read_working(typed, now=NOW, zone=ZONE)
    assert (said is not None and said.sure) is sure
