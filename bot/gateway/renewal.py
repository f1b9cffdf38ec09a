"""What stands about a subject in a chat, brought up to date in its place or, once it is over, made a line."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Protocol

from markupsafe import Markup

from bot.gateway.looks import fingerprint, repeatable
from bot.gateway.ports import Due, OutboxStore, Stands
from bot.screen import Screen

NOTHING = Screen(Markup(""))
"""Not even a line is left to say: then only the buttons go."""

Render = Callable[[Any], Awaitable[Screen | None]]


class Pen(Protocol):
    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> int: ...
    async def fade(self, chat_id: int, message_id: int, screen: Screen) -> None: ...


async def look_again(due: Due, chat_id: int, store: OutboxStore, pen: Pen, render: Render) -> None:
    """Each in the words of its own letter, as they are now; done twice it is as it was."""
    for one in await store.standing(bot=due.bot, chat_id=chat_id, subject=due.subject):
        screen = await render(one.letter) or NOTHING
        if screen.card is None or screen.card.fades:
            await repeatable(pen.fade(chat_id, one.message_id, screen))
            await store.over(one, chat_id=chat_id)
        else:
            await _renew(one, chat_id, screen, store, pen)


async def _renew(one: Stands, chat_id: int, screen: Screen, store: OutboxStore, pen: Pen) -> None:
    content = fingerprint(screen)
    if content == one.content:
        return
    bare = replace(screen, files=())  # those were sent before it
    shown = await repeatable(pen.edit(chat_id, one.message_id, bare))
    await store.renewed(one, chat_id=chat_id, message_id=shown, content=content)
