"""The order's table is whole: every state can be reached and left, every deadline has its step, every step its word."""

from pathlib import Path

import pytest

from bot.i18n import Words, languages
from bot.words import state
from core.orders.diagram import diagram
from core.orders.lifecycle import DEADLINES, FINAL, LIFECYCLE, START, Actor
from core.orders.model import State

README = Path(__file__).parent.parent.parent / "README.md"


def test_every_state_can_be_reached_from_a_start() -> None:
    reached = set(START)
    while more := {m.target for m in LIFECYCLE if m.source in reached} - reached:
        reached |= more
    assert reached == set(State)


@pytest.mark.parametrize("where", sorted(set(State) - FINAL))
def test_every_open_state_can_come_to_an_end(where: State) -> None:
    reached = {where}
    while more := {m.target for m in LIFECYCLE if m.source in reached} - reached:
        reached |= more
    assert reached & FINAL


def test_nothing_leaves_a_final_state() -> None:
    assert [m for m in LIFECYCLE if m.source in FINAL] == []


def test_a_verb_leads_from_a_state_to_one_place_only() -> None:
    pairs = [(m.verb, m.source) for m in LIFECYCLE]
    assert len(pairs) == len(set(pairs))


def test_every_deadline_is_a_step_the_clock_may_take() -> None:
    for deadline in DEADLINES:
        assert any(
            m.verb == deadline.verb and m.source == deadline.state and Actor.CLOCK in m.who
            for m in LIFECYCLE
        )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("where", list(State))
def test_every_state_has_a_word(where: State, language: str) -> None:
    assert state(where, Words(language, "Asia/Shanghai"))


def test_the_diagram_in_the_readme_is_the_table() -> None:
    assert diagram() in README.read_text("utf-8")
