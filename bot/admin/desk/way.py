"""The way back to the desk, on every screen of the private chat with the staff bot; the group's cards have none."""

from dataclasses import replace
from functools import wraps

from bot.conversation import Handler, Talk
from bot.screen import ROOM, Button, Screen, press, width

DESK = "start"
HOME = press(f"/{DESK}")


def homeward(handler: Handler) -> Handler:
    """The handler, whose screen leads home."""

    @wraps(handler)
    async def run(talk: Talk, *ids: int | str) -> Screen | None:
        screen = await handler(talk, *ids)
        return led_home(talk, screen) if screen else None

    return run


def led_home(talk: Talk, screen: Screen) -> Screen:
    """The button stands beside a lone short one (Back, Cancel), else in a row of its own."""
    rows = [list(row) for row in screen.rows]
    leads = any(button.press == HOME for row in rows for button in row)
    if talk.incoming.chat_kind != "private" or screen.card or leads:
        return screen
    home = Button(talk.words.plain("🏠 Home"), HOME)
    if rows and len(rows[-1]) == 1 and _small(rows[-1][0]):
        rows[-1].append(home)
    else:
        rows.append([home])
    return replace(screen, rows=rows)


def _small(button: Button) -> bool:
    return not button.style and width(button.label) <= ROOM // 2
