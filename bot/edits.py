"""Somebody corrects what they sent: where it went to another person it is corrected there, a search is made anew.

An answer to a question that has gone by is not taken back by an edit: it is said how to change it.
"""

from dataclasses import replace

from bot.conversation import Handler, Talk
from bot.relay.handlers import corrected
from bot.screen import Screen

# How many messages may stand between the words and the screen that answers them.
NEAR = 3
# Steps in which every word goes to a person who reads them one after the other.
SAID_ON = ("ticket",)


def edits(typed: Handler, said_on: Handler) -> Handler:
    """`typed` answers words outside any question, `said_on` takes words for the staff."""

    async def edited(talk: Talk) -> Screen | None:
        if await corrected(talk):
            return None
        if talk.step in SAID_ON:
            text = f"✏️ {talk.incoming.text}"
            talk.incoming = replace(talk.incoming, text=text, attachments=[], location=None)
            return await said_on(talk)
        if not talk.step and _newest(talk):
            return await typed(talk)
        await _as_it_was(talk)
        return None

    return edited


def _newest(talk: Talk) -> bool:
    live = talk.memory.get("live")
    return live is not None and 0 < live - talk.incoming.message_id <= NEAR


async def _as_it_was(talk: Talk) -> None:
    """Beside the dialogue, whose live message keeps its buttons."""
    text = talk.words("✏️ I go by what you sent first. To change it, please send it again.")
    await talk.messenger.send(talk.incoming.chat_id, Screen(text, quiet=True))
