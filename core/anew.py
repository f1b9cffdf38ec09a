"""Who was outrun by a rival's write looks once more at how things stand, and decides anew."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from core.errors import OutOfDate

P = ParamSpec("P")
R = TypeVar("R")
TRIES: Final = 20
"""Each round one of the rivals gets through, and so many may be asked for one order at once."""


def decided_anew(verb: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """For a use case that reads all it decides on by itself: what was read before the call would stay as it was.

    Raises OutOfDate where rivals were faster every time.
    """

    @wraps(verb)
    async def run(*args: P.args, **given: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return await verb(*args, **given)
            except OutOfDate:
                continue
        return await verb(*args, **given)

    return run
