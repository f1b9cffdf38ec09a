"""What is turned off is on no screen, in letters neither: whatever a renderer put there."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from markupsafe import Markup

from bot import customer
from bot.screen import Button, Screen, press
from bot.wiring.telegram import Place, Telegram
from core.rules import Rules

pytestmark = pytest.mark.feature("A10")
LETTER = "tried"
PLACE = Place(
    tokens={}, api_url="", staff_chat=0, zone="Asia/Shanghai", currency="CNY", language="en",
    link_secret=b"",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter that offers the visit once more, each week."""

    async def render(*_: Any) -> Screen:
        rows = [[Button("Repeat", press("rpt", 1)), Button("Again", press("oagain", 1))],
                [Button("Tell me", press("wlday", 1, 2))]]  # fmt: skip
        return Screen(Markup("Thank you"), rows)

    monkeypatch.setitem(customer.LETTERS, LETTER, render)


async def shown(**rules: str) -> list[list[str]]:
    built = cast(Any, SimpleNamespace(core=SimpleNamespace(rules=Rules(rules))))
    told = Telegram(PLACE, built, cast(Any, None), cast(Any, None), clock=lambda: datetime.now(UTC))
    due = SimpleNamespace(bot="customer", kind=LETTER, person_id=None)
    screen = await told.render(due)
    assert screen is not None
    return [[button.label for button in row] for row in screen.rows]


async def test_a_letter_shows_no_button_that_leads_into_what_is_off() -> None:
    assert await shown() == [["Repeat", "Again"], ["Tell me"]]
    assert await shown(series_open="0", waitlist_open="0") == [["Again"]]
