"""The methods of the Bot API that the sandbox knows, one table."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.hub import Call
from bot.sandbox.methods import albums, answers, chats, editing, profile, sending, topics, updates

METHODS: dict[str, Callable[[Call], Awaitable[Any]]] = {
    **updates.METHODS,
    **profile.METHODS,
    **sending.METHODS,
    **albums.METHODS,
    **editing.METHODS,
    **answers.METHODS,
    **chats.METHODS,
    **topics.METHODS,
}
