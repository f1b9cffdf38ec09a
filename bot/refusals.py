"""Why the program cannot start, in words for whoever typed the command."""

from collections.abc import Callable
from typing import Any

from db.errors import DatabaseInUse, DatabaseUnreachable


class PortTaken(Exception):
    """Another program listens there, or the system does not let us."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port}")
        self.host, self.port = host, port


class TokenRefused(Exception):
    """Telegram does not know a bot's token."""

    def __init__(self, bot: str) -> None:
        super().__init__(bot)
        self.bot = bot


class TelegramAway(Exception):
    """The Bot API does not answer."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


WORDS: dict[type[Exception], Callable[[Any], str]] = {
    DatabaseInUse: lambda x: "Another Doorstep already runs on this database. Stop it first.",
    DatabaseUnreachable: lambda x: (
        f"The database {x.url} does not let us in: {x.why}\nCheck DATABASE_URL in .env and start again."
    ),
    PortTaken: lambda x: (
        f"Port {x.port} of {x.host} is taken. Stop the program that uses it,"
        " or give another HTTP_PORT in .env."
    ),
    TokenRefused: lambda x: (
        f"Telegram does not know the token of the {x.bot} bot. Copy it again from @BotFather into"
        f" {x.bot.upper()}_BOT_TOKEN in .env."
    ),
    TelegramAway: lambda x: (
        f"Telegram does not answer at {x.url}. Check the network (and BOT_API_URL, if you set it)"
        " and start again."
    ),
}


def told(refusal: Exception) -> str:
    """What happened and what to do, for an error of the table."""
    return WORDS[type(refusal)](refusal)
