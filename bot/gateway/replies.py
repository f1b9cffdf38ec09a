"""Taps whose webhook still stands open: what answers a tap travels in the reply to it, which saves a call.

Telegram tells nothing of how such an answer ended, so nothing else goes that way.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.gateway.calls import Call


class Replies:
    """Whoever answers a tap asks here first; where nobody waits (any more) it makes a call."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], asyncio.Future[Call]] = {}

    @contextmanager
    def standing(self, bot: str, callback_id: str) -> Iterator[asyncio.Future[Call]]:
        """The answer will be found here, if it is given in time."""
        key, answer = (bot, callback_id), asyncio.get_running_loop().create_future()
        self._open[key] = answer
        try:
            yield answer
        finally:
            if self._open.get(key) is answer:
                del self._open[key]

    def take(self, bot: str, answer: Call) -> bool:
        """Whether it goes out with a reply; a tap is answered once."""
        waiting = self._open.pop((bot, answer.params["callback_query_id"]), None)
        if waiting is None:
            return False
        waiting.set_result(answer)
        return True
