"""Every rule can be found and changed in the staff chat, under one heading, with a label that fits."""

from bot.admin.rules.names import NAMES, SECTIONS
from bot.admin.rules.screens import BY_BUTTON, OFF, SAY
from bot.errors import SWITCHED_OFF
from core.rules import RULES


def test_every_rule_stands_under_one_heading() -> None:
    told = [name for section in SECTIONS for name in section.names]
    assert sorted(told) == sorted(RULES)
    assert NAMES.keys() == RULES.keys()
    assert len(SECTIONS) <= 8


def test_every_unit_has_its_question_and_every_switch_its_words() -> None:
    units = {rule.unit for rule in RULES.values() if isinstance(rule.default, int)}
    assert units - {*BY_BUTTON} == SAY.keys()
    switches = {name for name, rule in RULES.items() if rule.unit == "switch"}
    assert switches == OFF.keys()
    assert SWITCHED_OFF.keys() <= switches
