"""What is typed while looking for help: ready answers that may fit, and the same words to the staff in one tap."""

import re

from bot.conversation import Talk
from bot.customer.orders.spoken import wished
from bot.customer.search.known import shortcut
from bot.customer.support import screens
from bot.customer.support.handlers import ask, said, say
from bot.screen import Screen

LONGEST = 300
# Words by which a question is told from the name of a service.
_ASKS = re.compile(
    r"[?？]|[吗么呢]$|怎么|如何|怎样|为什么|为啥|能不能|可不可以|可以.*吗|多久|几天|什么时候|哪里|是否"
    r"|\b(?:how|why|when|what|where|can|could|do|does|is|are|may|will|who)\b",
    re.IGNORECASE,
)
# The share of it that an answer must cover where nobody asked for help.
SURE = 0.5


async def wondered(talk: Talk) -> Screen | None:
    """A photo or a place can only be meant for the staff; words that name a screen or an order open it."""
    text = " ".join(talk.incoming.text.split())[:LONGEST]
    if talk.incoming.attachments or not text:
        await ask(talk)
        return await said(talk)
    if (known := await shortcut(talk, text) or await wished(talk, text)) is not None:
        return known
    support = talk.core.support
    fitting, everything = await support.likely(text=text), await support.questions()
    talk.expect("help", asked=text)
    return screens.likely(fitting, everything, text, talk.words)


async def ask_this(talk: Talk) -> Screen | None:
    """The typed words go to the staff as they are; without them there is something to type."""
    text = str(talk.memory.get("asked", ""))
    screen = await ask(talk)
    return await say(talk, text, []) if text else screen


async def last_answer(talk: Talk, text: str) -> Screen | None:
    """Words that name no service and nobody, but the matter of a ready answer: refund, deposit."""
    if not (fitting := await talk.core.support.likely(text=text, enough=SURE)):
        return None
    talk.expect("help", asked=text)
    return screens.likely(fitting, await talk.core.support.questions(), text, talk.words)


async def ready_answer(talk: Talk, text: str) -> Screen | None:
    """A question typed anywhere that surely has a ready answer: it comes at once."""
    if not _ASKS.search(text):
        return None
    support = talk.core.support
    fitting = await support.likely(text=_ASKS.sub(" ", text), enough=SURE)
    if not fitting or await talk.core.finder.asks_for_service(text=text, now=talk.now):
        return None
    talk.expect("help", asked=text)
    return screens.ready(fitting, await support.questions(), talk.words)
