"""Who loses to a rival write – a reminder noted in the same moment, say – tries once more on what is there now."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from typing import TypeVar

from bot.conversation import Talk
from core.errors import OutOfDate

T = TypeVar("T")


async def once_more(talk: Talk, act: Callable[[], Awaitable[T]]) -> T:
    """What `act` gives, the second time from where the first began. Raises OutOfDate where both lost.

    Nothing is done twice by it: after a kill every update is worked anew, too.
    """
    step, memory = talk.step, deepcopy(talk.memory)
    try:
        return await act()
    except OutOfDate:
        talk.step, talk.memory = step, memory
        return await act()
