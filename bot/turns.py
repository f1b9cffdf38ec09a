"""One hand at a time on a person's messages: the dialogue, and the news that edits the card it may just replace."""

import asyncio
from contextlib import AbstractAsyncContextManager
from weakref import WeakValueDictionary


class Turns:
    """A lock for each private chat of each bot, as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()

    def of(self, bot: str, chat_id: int) -> AbstractAsyncContextManager[None]:
        """To be held from reading which message is a card until it is written."""
        return self._locks.setdefault((bot, chat_id), asyncio.Lock())
