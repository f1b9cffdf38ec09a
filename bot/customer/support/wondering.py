"""What is typed while looking for help: ready answers that may fit, and the same words to the staff in one tap."""

from bot.conversation import Talk
from bot.customer.search.known import shortcut
from bot.customer.support import screens
from bot.customer.support.handlers import ask, said, say
from bot.screen import Screen

LONGEST = 300


async def wondered(talk: Talk) -> Screen | None:
    """A photo or a place can only be meant for the staff; words that name a screen or an order open it."""
    text = " ".join(talk.incoming.text.split())[:LONGEST]
    if talk.incoming.attachments or not text:
        await ask(talk)
        return await said(talk)
    if (known := await shortcut(talk, text)) is not None:
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
