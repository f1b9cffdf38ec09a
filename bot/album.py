"""Photos of one album arrive as several updates; the answer to them is one message that grows."""

from collections.abc import Awaitable, Callable

from bot.conversation import Talk
from bot.screen import Screen


def same_album(talk: Talk) -> Callable[[Screen], Awaitable[Screen | None]]:
    """Asked before the step is remembered anew: shows the answer, in place if the album's first photo had one."""
    album, live = talk.incoming.album, talk.memory.get("live")
    follows = bool(album) and album == talk.memory.get("album") and live is not None

    async def answer(screen: Screen) -> Screen | None:
        if not follows or live is None:
            return screen
        shown = await talk.messenger.edit(talk.incoming.chat_id, live, screen)
        talk.memory = talk.memory | {"live": shown}
        return None

    return answer
