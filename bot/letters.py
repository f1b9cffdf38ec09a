"""The frame of every letter: what a renderer gets to see, and what it makes of it when the letter leaves."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


class Posted(Protocol):
    """What a renderer needs of an outbox row."""

    @property
    def subject(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def facts(self) -> dict[str, Any]: ...


Renderer = Callable[[Core, Any, Words, datetime], Awaitable[Screen | None]]


class NotYet(Exception):
    """A letter that is to wait: nothing else of the chat waits for it, and it is put into words anew then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until:%H:%M}")
        self.until = until
