"""Why the program cannot start, in words for whoever typed the command."""

from collections.abc import Callable
from typing import Any

from core.errors import Unusable
from db.errors import (
    CannotMove,
    DatabaseInUse,
    DatabaseUnreachable,
    NoCopy,
    OlderAtWork,
    TablesHeld,
    TablesNewer,
)


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


class RestoreBrokenOff(Exception):
    """Half of a backup lies there."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


_UNUSABLE = {
    "no_key": "There is no BACKUP_KEY. Put the key the backup was locked with into .env and try again.",
    "no_file": "There is no such file. Check its name; backups lie in BACKUP_DIR (data/backups).",
    "foreign": "This file is no backup of Doorstep.",
    "wrong_key": "This backup was locked with another key. Put that one into BACKUP_KEY in .env.",
    "cut": "The end of this file is missing or damaged. Copy it again from where it was made, or take another one.",
    "damaged": "This file was damaged. Copy it again from where it was made, or take another one.",
    "newer": "This backup was made by a later Doorstep ({version}). Update Doorstep first, then restore it.",
    "other_database": "This backup is of a {dialect} database. Let DATABASE_URL in .env name one.",
    "unsound": "What is in this backup does not add up ({found}). Take an earlier one.",
    "not_empty": (
        "There is a platform already: restoring would replace it. If that is what you want, add --overwrite;"
        " what is there now is put aside, not deleted."
    ),
}


_IMMOVABLE = {
    "no_source": "There is no SQLite database at {path}. Name the file: python -m bot move FILE",
    "unreadable": "{path} can't be read as an SQLite database. Restore your last backup and move that.",
    "foreign": "{path} is no database of Doorstep.",
    "old": "The database is of an earlier Doorstep. Start this one on it once, stop it, and move then.",
    "strange": "There are tables that Doorstep does not know ({found}). Take them out of the file first.",
    "unsound": "What is in the database does not add up ({found}). Restore your last backup and move that.",
    "no_destination": "Let DATABASE_URL in .env name the PostgreSQL database to move to.",
    "not_empty": "The PostgreSQL database is not empty. Make a new one, or drop what is in it, and start again.",
    "differs": "What arrived is not what was sent ({found}). Make the PostgreSQL database anew and start again.",
    "half": "A move into this database was broken off half-way. Finish it: python -m bot move",
}


WORDS: dict[type[Exception], Callable[[Any], str]] = {
    DatabaseInUse: lambda x: "Another Doorstep already runs on this database. Stop it first.",
    DatabaseUnreachable: lambda x: (
        f"The database {x.url} does not let us in: {x.why}\nCheck DATABASE_URL in .env and start again."
    ),
    TablesNewer: lambda x: (
        f"The tables are of a later Doorstep ({x.there}), and this one (up to {x.known}) can't work on them any"
        " more.\nUpdate Doorstep and start again. Nothing was changed."
    ),
    TablesHeld: lambda x: (
        "The tables could not be brought up to date: somebody holds one of them. The longest open transaction is"
        f" that of the database's process {x.pid}, for {x.seconds} s.\nEnd it (SELECT pg_terminate_backend({x.pid}))"
        " and start again; what is done already stays done."
    ),
    OlderAtWork: lambda x: (
        f"{x.count} process(es) of an earlier Doorstep are at work that need what is to be taken away from the"
        f" tables now.\nStop them, or update them first to a version that knows {x.needs}, and start again."
    ),
    NoCopy: lambda x: (
        f"The database could not be copied to {x.path} before it is brought up to date: {x.why}"
        "\nMake room on the disk and start again. Nothing was changed."
    ),
    PortTaken: lambda x: (
        f"Port {x.port} of {x.host} is taken. Stop the program that uses it,"
        " or give another HTTP_PORT in .env."
    ),
    TokenRefused: lambda x: (
        f"Telegram does not know the token of the {x.bot} bot. Copy it again from @BotFather into"
        f" {x.bot.upper()}_BOT_TOKEN in .env."
    ),
    Unusable: lambda x: f"{_UNUSABLE[x.why].format(**x.facts)}\nNothing was changed.",
    CannotMove: lambda x: (
        f"{_IMMOVABLE[x.why].format(**x.facts)}\nThe SQLite database was not changed."
    ),
    RestoreBrokenOff: lambda x: (
        f"A restore into {x.place} was broken off half-way. Run it again with --overwrite:"
        " python -m bot restore FILE --overwrite"
    ),
    TelegramAway: lambda x: (
        f"Telegram does not answer at {x.url}. Check the network (and BOT_API_URL, if you set it)"
        " and start again. If Telegram is blocked, set BOT_API_PROXY."
    ),
}


def told(refusal: Exception) -> str:
    """What happened and what to do, for an error of the table."""
    return WORDS[type(refusal)](refusal)
