"""Buttons side by side only where each label stays on one line of a narrow phone."""

import pytest

from bot.screen import Button, grid


def rows(*labels: str, columns: int = 2) -> list[list[str]]:
    shown = grid([Button(label, "x") for label in labels], columns=columns)
    return [[button.label for button in row] for row in shown]


@pytest.mark.feature("C1", "X2")
def test_a_label_that_is_too_long_for_half_a_row_has_one_of_its_own() -> None:
    assert rows("🔧 Appliance repair", "🏠 Housekeeping", "🚿 Drains and plumbing", "✨ For you", "☰ Me") == [
        ["🔧 Appliance repair", "🏠 Housekeeping"], ["🚿 Drains and plumbing"], ["✨ For you", "☰ Me"],
    ]  # fmt: skip
    assert rows("a", "🧰 Moving, fitting, locks", "b") == [
        ["a"],
        ["🧰 Moving, fitting, locks"],
        ["b"],
    ]


@pytest.mark.feature("C1", "X2")
def test_a_han_character_takes_two_places() -> None:
    assert rows("🔧 家电维修", "🚿 管道疏通与水电维修") == [
        ["🔧 家电维修"],
        ["🚿 管道疏通与水电维修"],
    ]
    assert rows("🔧 家电维修", "🏠 家政保洁") == [["🔧 家电维修", "🏠 家政保洁"]]


def test_short_labels_fill_the_rows() -> None:
    assert rows(*"12345", columns=4) == [["1", "2", "3", "4"], ["5"]]
    assert rows() == []
