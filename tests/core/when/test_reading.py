"""A time in words is never past, comes back as it was written, and is right where clocks jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.i18n import Words
from core.when.hearing import Bare
from core.when.model import Kind
from core.when.reading import read
from tests.core.when.test_phrases import ZONE, examples

ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
)
FRIDAY = datetime(2026, 11, 27, 1, 10, tzinfo=UTC)  # ten past nine in Shanghai

nows = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2032, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
PHRASES = sorted({example.phrase for example in examples()})
PIECES = (
    "明天", "今天", "今晚", "周六", "下周三", "下午", "早上", "三点", "8点半", "3点到5点", "以后", "月底",
    "12月31号", "2月29号", "31号", "半小时后", "tomorrow", "sat", "next", "friday", "at", "8", "3-5pm",
    "noon", "after", "before", "10am", "half past", "four", "the 31st", "feb 29", "in 2 hours", "尽快",
    "24:00", "12pm", "12am", "0点", "凌晨两点", "差一刻", "一点", "修空调", "9999", "、", "-", ":",
)  # fmt: skip


@given(now=nows, zone=st.sampled_from(ZONES), phrase=st.sampled_from(PHRASES))
def test_what_people_say_is_never_in_the_past(now: datetime, zone: str, phrase: str) -> None:
    said = read(phrase, now=now, zone=zone)
    if said is not None:
        assert said.start >= now.replace(second=0, microsecond=0)
        assert said.end is None or said.end > max(said.start, now)
        assert said.other is None or said.other > now
        assert (said.kind in (Kind.MOMENT, Kind.SOON)) == (said.end is None)


@given(
    now=nows, zone=st.sampled_from(ZONES), sep=st.sampled_from(["", " ", ", "]),
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6),
)  # fmt: skip
def test_any_heap_of_such_words_is_read_or_left_but_never_past(
    now: datetime, zone: str, sep: str, pieces: list[str]
) -> None:
    for bare in (None, *Bare):
        said = read(sep.join(pieces), now=now, zone=zone, bare=bare)
        assert said is None or (said.end or said.start) >= now.replace(second=0, microsecond=0)


@given(text=st.text(max_size=200), now=nows)
def test_no_text_breaks_it(text: str, now: datetime) -> None:
    read(text, now=now, zone=ZONE)


@given(
    now=nows, zone=st.sampled_from(ZONES), language=st.sampled_from(["zh_CN", "en"]),
    ahead=st.integers(min_value=1, max_value=60 * 24 * 4),
)  # fmt: skip
def test_a_moment_as_we_write_it_is_read_as_it_was(
    now: datetime, zone: str, language: str, ahead: int
) -> None:
    """Every start the product can show, in both languages, through the clock changes of every zone."""
    words = Words(language, zone)
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    moment = quarter + timedelta(minutes=15 * ahead)
    again = moment.astimezone(ZoneInfo(zone))
    assume(again.utcoffset() == again.replace(fold=1 - again.fold).utcoffset())
    said = read(words.moment(moment, now=now), now=now, zone=zone)
    assert said is not None
    assert (said.kind, said.start, said.rest) == (Kind.MOMENT, moment, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [("明天下午三点修空调", "修空调"), ("sofa cleaning sat 10am", "sofa cleaning"),
     ("麻烦周六上午来洗沙发，谢谢", "麻烦 来洗沙发,谢谢"), ("can someone fix my fridge tomorrow at 3?",
      "can someone fix my fridge ?"), ("haircut around 5pm on friday", "haircut"),
     ("下午3点左右开锁", "开锁"), ("今晚八点 剪头发", "剪头发"), ("3台空调 明天", "3台空调"),
     ("book cleaning between 2 and 4 on sunday please", "book cleaning")],
)  # fmt: skip
def test_what_is_left_is_what_is_wanted(text: str, rest: str) -> None:
    said = read(text, now=FRIDAY, zone=ZONE)
    assert said is not None
    assert said.rest == rest


@pytest.mark.parametrize(
    ("text", "hour", "other"),
    [("明天8点", 8, 20), ("明天晚上8点", 20, None), ("tomorrow at 7", 7, 19), ("tomorrow 15:00", 15, None),
     ("明天3点", 15, None), ("tomorrow 10:30am", 10, None), ("明天6点", 18, 6)],
)  # fmt: skip
def test_an_hour_of_either_half_of_the_day_says_so(text: str, hour: int, other: int | None) -> None:
    said = read(text, now=FRIDAY, zone=ZONE)
    assert said is not None
    zone = ZoneInfo(ZONE)
    assert said.start.astimezone(zone).hour == hour
    assert (said.other and said.other.astimezone(zone).hour) == other


@pytest.mark.parametrize(
    ("text", "day"), [("每周六上午打扫", "2026-11-28"), ("每周一次保洁", None), ("一周两次", None)]
)
def test_every_saturday_begins_with_the_next_one(text: str, day: str | None) -> None:
    said = read(text, now=FRIDAY, zone=ZONE)
    assert (said and said.start.astimezone(ZoneInfo(ZONE)).date().isoformat()) == day


@pytest.mark.parametrize("text", ["今天早上8点", "today at 8am", "周五早上八点"])
def test_what_is_over_comes_again_and_says_so(text: str) -> None:
    said = read(text, now=FRIDAY, zone=ZONE)
    assert said is not None
    assert said.passed
    assert said.start > FRIDAY


def test_a_day_that_is_asked_about_is_meant_where_none_is_named() -> None:
    day = datetime(2026, 12, 5).date()
    said = read("15", now=FRIDAY, zone=ZONE, on=day, bare=Bare.HOUR)
    assert said is not None
    assert said.start == datetime(2026, 12, 5, 7, 0, tzinfo=UTC)
    other = read("周日 15:00", now=FRIDAY, zone=ZONE, on=day)
    assert other is not None
    assert other.start == datetime(2026, 11, 29, 7, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_one_still_ahead() -> None:
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # the first 02:45 in Berlin
    said = read("today 02:30", now=between, zone="Europe/Berlin")
    assert said is not None
    assert said.start == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert not said.passed


@pytest.mark.parametrize(
    ("text", "hour"),
    [("15:00", 15), ("3pm", 15), ("下午3点", 15), ("9", 9), ("１５", 15), ("九", 9), ("25:00", None),
     ("10:75", None), ("hello", None), ("", None), ("99", None)],
)  # fmt: skip
def test_where_a_time_is_asked_for_a_number_is_an_hour(text: str, hour: int | None) -> None:
    day = datetime(2026, 12, 5).date()
    said = read(text, now=FRIDAY, zone=ZONE, on=day, bare=Bare.HOUR)
    assert (said and said.start.astimezone(ZoneInfo(ZONE)).hour) == hour


@pytest.mark.parametrize(
    ("text", "day"),
    [("15", "2026-12-15"), ("27", "2026-11-27"), ("12-05", "2026-12-05"), ("2026-12-30", "2026-12-30"),
     ("2026-02-30", None), ("11月1日", "2027-11-01"), ("99", None), ("hi", None)],
)  # fmt: skip
def test_where_a_day_is_asked_for_a_number_is_one_of_the_month(text: str, day: str | None) -> None:
    said = read(text, now=FRIDAY, zone=ZONE, bare=Bare.DAY)
    assert (said and said.start.astimezone(ZoneInfo(ZONE)).date().isoformat()) == day
