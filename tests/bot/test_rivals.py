"""A tap that loses to a rival write is worked once more on what is there now, and no more often."""

from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest
from markupsafe import Markup

from bot.conversation import Talk
from bot.rivals import once_more
from bot.screen import Screen
from core.errors import OutOfDate


class Losing:
    """A handler that loses so many times, and leaves traces in the talk before it does."""

    def __init__(self, times: int) -> None:
        self.left, self.seen = times, list[tuple[str, Any]]()

    async def __call__(self, talk: Talk, order_id: int) -> Screen:
        self.seen.append((talk.step, list(talk.memory["lines"])))
        talk.step = "elsewhere"
        talk.memory["lines"].append(order_id)
        if self.left:
            self.left -= 1
            raise OutOfDate
        return Screen(Markup("done"))


def talk() -> Talk:
    return cast(Talk, SimpleNamespace(step="here", memory={"lines": []}))


async def test_the_second_time_it_begins_where_the_first_began() -> None:
    handler, one = Losing(1), talk()
    screen = await once_more(one, partial(handler, one, 7))
    assert screen.text == "done"
    assert handler.seen == [("here", []), ("here", [])]
    assert one.memory == {"lines": [7]}


async def test_who_loses_again_is_told() -> None:
    handler, one = Losing(2), talk()
    with pytest.raises(OutOfDate):
        await once_more(one, partial(handler, one, 7))
    assert len(handler.seen) == 2
