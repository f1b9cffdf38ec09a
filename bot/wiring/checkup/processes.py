"""Whether several processes can share the work as it is set: the database, how updates come, and limits in common."""

from collections.abc import AsyncIterator

from bot.config import PARTS, Settings
from bot.i18n import mark
from bot.wiring.checkup.lines import Line, care, wrong


async def look(settings: Settings) -> AsyncIterator[Line]:
    left = sorted(set(PARTS) - settings.parts)
    if left and settings.database_url.startswith("sqlite"):
        yield wrong(
            mark("RUN leaves out {parts}, and on SQLite there is no second process to do it"),
            mark("Set RUN=all, or move to PostgreSQL: docs/from-sqlite-to-postgresql.md."),
            parts=", ".join(left),
        )
    if left and settings.updates == "polling":
        yield care(
            mark(
                "Several processes with UPDATES=polling: one of them fetches and works each bot's updates"
            ),
            mark("The others stand by. If they are to share the work, set UPDATES=webhook."),
        )
    if left and not settings.redis_url:
        yield care(
            mark("No REDIS_URL: each process goes by send limits of its own"),
            mark("Set it where several processes send for one bot; until then Telegram slows them down."),
        )  # fmt: skip
