"""How a message looks: whether an edit would change anything, and that edits may be made twice."""

import hashlib
from collections.abc import Awaitable
from typing import Any, TypeVar

from bot.gateway.outcomes import NotSent, Uncertain
from bot.screen import Screen

T = TypeVar("T")


def fingerprint(screen: Screen) -> str:
    """Equal for screens that look alike: editing one into the other would be a wasted call."""
    seen: list[Any] = [str(screen.text), screen.rows, screen.ask, screen.pin, screen.photo]
    return hashlib.sha256(repr([*seen, screen.files]).encode()).hexdigest()[:32]


async def repeatable(edit: Awaitable[T]) -> T:
    """An edit that may have arrived can be repeated for ever."""
    try:
        return await edit
    except Uncertain as doubt:
        raise NotSent(str(doubt)) from doubt
