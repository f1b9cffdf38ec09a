"""A bot that somebody puts into a group where it has no business: it says where to find it, and goes."""

from collections.abc import Mapping

from bot.conversation import Messenger
from bot.gateway.outcomes import Refused, Unreachable
from bot.i18n import Words, mark
from bot.links import Links
from bot.screen import Button, Screen

BROUGHT = "brought"
GROUPS = ("group", "supergroup", "channel")
WRITTEN_IN = ("group", "supergroup")  # all that is said in a channel goes to its readers
LINES: Mapping[str, str] = {
    "customer": mark(
        "👋 Thank you for having me! I help in private, one to one, so that your address and your "
        "orders stay yours. Just write to me there."
    ),
    "provider": mark(
        "👋 Thank you for having me! I work with each professional in private, so that your jobs and "
        "your income stay yours. Just write to me there."
    ),
    "admin": mark(
        "👋 I only work in the staff chat of the platform, and this isn't it. If it is to be: put "
        "<code>STAFF_CHAT_ID={chat}</code> into the settings and invite me again."
    ),
}


async def say_where_and_go(
    *, bot: str, chat_id: int, chat_kind: str, messenger: Messenger, words: Words, link: Links
) -> None:
    """Where the bot may not write it goes without a word."""
    if chat_kind in WRITTEN_IN:
        text = words(LINES[bot], chat=chat_id)
        rows = [] if bot == "admin" else [[Button(words.plain("💬 Write to me"), url=link.chat)]]
        try:
            await messenger.send(chat_id, Screen(text, rows))
        except (Refused, Unreachable):
            pass
    await messenger.leave(chat_id)
