"""A text with its gaps filled is what markupsafe itself makes of it."""

import pytest
from markupsafe import Markup

from bot.phrases import filled

VALUES = {"n": 3, "name": "<b>O'Neil & Co</b>", "sign": Markup("<i>★</i>"), "nobody": None}


@pytest.mark.parametrize(
    "text", ["", "plain", "<b>{n}. {name}</b> {sign}", "{nobody}", "{{{n}}}", "{n:03d} {name!r}", "{name.title}"]
)  # fmt: skip
@pytest.mark.feature("X2")
def test_it_is_filled_and_escaped_as_markup_does(text: str) -> None:
    said = filled(text, VALUES)
    assert said == Markup(text).format(**VALUES)
    assert isinstance(said, Markup)


@pytest.mark.feature("X2")
def test_a_gap_without_a_value_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        filled("{n} of {all}", {"n": 1})
