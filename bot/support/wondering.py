"""What is typed while looking for help: ready answers that may fit, and the same words to the staff in one tap."""

import re
from collections.abc import Awaitable, Callable

from bot.conversation import Handler, Talk
from bot.screen import Screen
from bot.support import screens
from bot.support.handlers import ask, chapters, said, say
from core.faq.model import Question
from core.faq.ready import ENOUGH

Known = Callable[[Talk, str], Awaitable[Screen | None]]
Unless = Callable[[Talk, str], Awaitable[bool]]
LONGEST = 300
# Words by which a question is told from the name of a service.
_ASKS = re.compile(
    r"[?？]|[吗么呢]$|怎么|如何|怎样|为什么|为啥|能不能|可不可以|可以.*吗|多久|几天|什么时候|哪里|是否"
    r"|\b(?:how|why|when|what|where|can|could|do|does|is|are|may|will|who)\b",
    re.IGNORECASE,
)
# The share of it that an answer must cover where nobody asked for help.
SURE = 0.5


def wondered(known: Known, pinned: Handler | None) -> Handler:
    """A photo can only be meant for the staff, a place where `pinned` has no answer to it; words that the bot surely
    knows do what they say.
    """

    async def run(talk: Talk) -> Screen | None:
        if talk.incoming.location and pinned is not None:
            return await pinned(talk)
        text = " ".join(talk.incoming.text.split())[:LONGEST]
        if talk.incoming.attachments or not text:
            await ask(talk)
            return await said(talk)
        if (screen := await known(talk, text)) is not None:
            return screen
        fitting = await _likely(talk, text)
        talk.expect("help", asked=text)
        return screens.likely(fitting, await chapters(talk), text, talk.words, talk.incoming.bot)

    return run


async def _likely(talk: Talk, text: str, enough: float = ENOUGH) -> list[Question]:
    return await talk.core.faq.likely(text=text, side=talk.incoming.bot, enough=enough)


async def ask_this(talk: Talk) -> Screen | None:
    """The typed words go to the staff as they are; without them there is something to type."""
    text = str(talk.memory.get("asked", ""))
    screen = await ask(talk)
    return await say(talk, text, []) if text else screen


async def last_answer(talk: Talk, text: str) -> Screen | None:
    """Words that name no service and nobody, but the matter of a ready answer: refund, deposit."""
    if not (fitting := await _likely(talk, text, SURE)):
        return None
    talk.expect("help", asked=text)
    return screens.likely(fitting, await chapters(talk), text, talk.words, talk.incoming.bot)


async def ready_answer(talk: Talk, text: str, *, unless: Unless | None = None) -> Screen | None:
    """A question typed anywhere that surely has a ready answer: it comes at once, `unless` it is another wish."""
    if not _ASKS.search(text):
        return None
    fitting = await _likely(talk, _ASKS.sub(" ", text), SURE)
    if not fitting or (unless and await unless(talk, text)):
        return None
    talk.expect("help", asked=text)
    return screens.ready(fitting, await chapters(talk), talk.words, talk.incoming.bot)
