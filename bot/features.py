"""What staff may turn off altogether: its buttons are gone from every screen while it is off.

A button that is already in somebody's chat is refused, with words about it.
"""

from dataclasses import replace
from typing import Final

from bot.screen import Screen
from core.rules import Rules

BUTTONS: Final[dict[str, frozenset[str]]] = {
    "series_open": frozenset({"rpt"}),
    "waitlist_open": frozenset({"wldays", "wlday", "ltq"}),
}
"""By switch the verbs of the buttons that lead into it."""


def enter(press: str, rules: Rules) -> None:
    """Raises SwitchedOff for a button that leads into what is off."""
    verb = press.split(":")[0]
    for switch, verbs in BUTTONS.items():
        if verb in verbs:
            rules.require(switch)


def offered(screen: Screen, rules: Rules) -> Screen:
    """The screen without the buttons that lead nowhere now; a row left without any goes too."""
    off = {verb for switch, verbs in BUTTONS.items() if not rules.on(switch) for verb in verbs}
    if not off:
        return screen
    kept = [[b for b in row if b.press.split(":")[0] not in off] for row in screen.rows]
    return replace(screen, rows=[row for row in kept if row])
