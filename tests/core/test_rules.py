"""Rules are typed and bounded, and each has a name people understand."""

import pytest

from bot.admin.rules.screens import NAMES
from core.errors import Invalid
from core.rules import RULES, Rules
from core.rules.service import checked


def test_every_rule_has_a_name() -> None:
    assert NAMES.keys() == RULES.keys()


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
