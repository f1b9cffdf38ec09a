"""What every decision shows: who has it, why, whether, and that it is done. Pure."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.admin.deciding.ways import To, Why
from bot.admin.parts import back, lines, short
from bot.i18n import Words
from bot.screen import Button, Page, Screen
from core.taking.model import Taking


def hand(words: Words, taking: Taking | None, press: str) -> Button:
    if taking is None:
        return Button(words.plain("🙋 I'll take it"), press)
    return Button(short(words.plain("🙋 {name} has it", name=taking.name), 40), press)


def in_hand(words: Words, taking: Taking | None) -> Markup | None:
    """The line of a card that says who has it."""
    return words("taken by {name}", name=taking.name) if taking else None


def held(words: Words, said: str, over: str, away: str) -> Screen:
    take = Button(words.plain("🙋 Take it over"), over)
    return Screen(Markup("🙋 {}").format(said), [[take, *back(words, away)]])


def told(words: Words, said: Markup, away: str) -> Screen:
    return Screen(said, [back(words, away)])


def why(
    words: Words, head: Markup | None, asks: Why, number: int, *, again: To, onward: To, away: str
) -> Screen:  # fmt: skip
    text = lines(head, words(asks.says))
    rows = asks.rows(words, number, again=again, onward=onward)
    return Screen(text, [*rows, back(words, away)])


def sure(
    words: Words, head: Markup | None, reason: str, more: Markup | None, yes: Button, *, away: str,
    private: bool = False,
) -> Screen:  # fmt: skip
    read = words("Reason: {reason}", reason=reason) if private else words(
        "They will read:\n<blockquote>{reason}</blockquote>", reason=reason
    )  # fmt: skip
    text = lines(
        head, read if reason else None, words("Or type your own words.") if reason else None, more
    )
    return Screen(text, [[yes], back(words, away)])


def queue(
    words: Words, head: Markup, empty: str, page: Page, told: Sequence[Any],
    buttons: Sequence[Button], verb: str,
) -> Screen:  # fmt: skip
    """What waits: a line each, a button each."""
    text = lines(head, Markup(""), *(told or [words(empty)]))
    return Screen(text, [*[[one] for one in buttons], *page.turns(verb)])
