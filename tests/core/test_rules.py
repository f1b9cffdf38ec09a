"""Rules are typed and bounded, read as people type them, and never contradict each other."""

from collections import defaultdict

import pytest

from bot.admin.rules.values import typed, value
from bot.i18n import Words
from core.errors import Invalid, RulesClash, SwitchedOff
from core.rules import RULES, Rules
from core.rules.clashes import AT_MOST, NEEDS, check
from core.rules.service import checked

EN, ZH = (Words(language, "Asia/Shanghai", "CNY") for language in ("en", "zh_CN"))


@pytest.mark.parametrize("text", ["0", "61", "ten", "", "1e1", "−5"])
def test_a_number_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        checked(rule=RULES["hold_minutes"], text=text)


def test_a_number_in_bounds_is_kept_as_typed() -> None:
    assert checked(rule=RULES["hold_minutes"], text=" 20 ") == "20"


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u2060\u3164", "\u2800", "x" * 201])
def test_words_that_cannot_be_seen_or_are_too_many_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        checked(rule=RULES["platform_name"], text=text)
    assert checked(rule=RULES["platform_name"], text=" 到家 ") == "到家"


def test_what_staff_set_overlays_the_default_and_nothing_passes_the_bounds() -> None:
    rules = Rules({"hold_minutes": "20", "accept_minutes": "9999"})
    assert rules.number("hold_minutes") == 20
    assert rules.number("accept_minutes") == RULES["accept_minutes"].high
    assert rules.number("code_tries") == RULES["code_tries"].default


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("late_cancel_bp", "20 %", "2000"),
        ("late_cancel_bp", "12.5%", "1250"),
        ("late_cancel_bp", "百分之二十", "2000"),
        ("late_cancel_bp", "2,5", "250"),
        ("bronze_rating", "4.5 stars", "450"),
        ("bronze_rating", "４．２星", "420"),
        ("accept_minutes", "1 h 30", "90"),
        ("accept_minutes", "1.5 hours", "90"),
        ("accept_minutes", "一小时", "60"),
        ("accept_minutes", "45分钟", "45"),
        ("free_cancel_hours", "2 days", "48"),
        ("free_cancel_hours", "两天", "48"),
        ("horizon_days", "2 days", "2"),
        ("reminder_clock", "18:00", "18"),
        ("reminder_clock", "6 pm", "18"),
        ("reminder_clock", "十八点", "18"),
        ("payout_least", "¥50", "5000"),
        ("payout_least", "50元", "5000"),
        ("city_kmh", "20 km/h", "20"),
        ("offer_rounds", "3", "3"),
    ],
)
def test_values_are_read_as_people_write_them(name: str, text: str, kept: str) -> None:
    assert typed(EN, RULES[name], text) == kept


@pytest.mark.parametrize("text", ["soon", "1 moon", "h", "1 h x", "100 h 0.5 s", "-1", "∞"])
def test_what_is_no_value_stays_as_it_is_and_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        checked(rule=RULES["accept_minutes"], text=typed(EN, RULES["accept_minutes"], text))


@pytest.mark.parametrize("words", [EN, ZH])
@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.unit != "weekday"])
def test_every_value_shown_can_be_typed_again(name: str, words: Words) -> None:
    """Bounds are shown in units: whoever types one as it stands there is understood."""
    rule = RULES[name]
    if not isinstance(rule.default, int) or rule.unit == "switch":
        return
    for number in (rule.low, rule.default, rule.high):
        assert typed(words, rule, value(words, rule, number)) == str(number)


def test_no_default_contradicts_another() -> None:
    rules = Rules()
    for name in RULES:
        if isinstance(RULES[name].default, int):
            check(name=name, value=rules.number, paid_online=False)


@pytest.mark.parametrize(("low", "high"), AT_MOST)
def test_the_smaller_of_two_never_passes_the_larger(low: str, high: str) -> None:
    now = defaultdict(lambda: 1, {low: 2, high: 1})
    for name, other in ((low, high), (high, low)):
        with pytest.raises(RulesClash) as told:
            check(name=name, value=now.__getitem__, paid_online=True)
        assert told.value.other == other
    check(name=low, value=lambda _: 1, paid_online=True)


@pytest.mark.parametrize(("on", "base"), NEEDS)
def test_a_switch_stands_on_another(on: str, base: str) -> None:
    now = {on: 1, base: 0}
    for name in (on, base):
        with pytest.raises(RulesClash):
            check(name=name, value=now.__getitem__, paid_online=True)


def test_the_last_way_of_paying_cannot_be_turned_off() -> None:
    with pytest.raises(RulesClash):
        check(name="on_site_open", value=lambda _: 0, paid_online=False)
    check(name="on_site_open", value=lambda _: 0, paid_online=True)


def test_what_is_switched_off_is_refused() -> None:
    with pytest.raises(SwitchedOff):
        Rules({"series_open": "0"}).require("series_open")
    Rules().require("series_open")
