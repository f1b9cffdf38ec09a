"""The command line: run the platform, or do one thing to its database."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from pydantic import ValidationError

from bot.config import Settings
from bot.logs import set_up
from bot.refusals import WORDS, told

# A start makes much and throws next to nothing away, and what a tap leaves behind is soon gone by itself.
GARBAGE = (50_000, 50, 50)


async def run(settings: Settings) -> None:
    """Runs until told to stop."""
    from bot.app import App  # takes seconds; a mistake in the settings is told before

    app, stopped = App(settings), asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    await app.start()
    if settings.sandbox:
        print(f"Open http://{settings.http_host}:{settings.http_port}/ and play all three sides.")
    await stopped.wait()
    await app.stop()


async def fill_up(settings: Settings) -> None:
    """The demo city into an empty database."""
    from bot.wiring.filling import seed

    await seed(settings)


async def bring_up_to_date(settings: Settings) -> None:
    """Makes the tables this version needs."""
    from db.migrate import migrate

    await migrate(settings.database_url)


COMMANDS: dict[str, Callable[[Settings], Coroutine[Any, Any, None]]] = {
    "run": run,
    "seed": fill_up,
    "migrate": bring_up_to_date,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Doorstep")
    parser.add_argument("command", nargs="?", default="run", choices=sorted(COMMANDS))
    chosen = parser.parse_args()
    try:
        settings = Settings()
    except ValidationError as wrong:
        for error in wrong.errors():
            where = ".".join(map(str, error["loc"])).upper() or "settings"
            print(f"{where}: {error['msg'].removeprefix('Value error, ')}", file=sys.stderr)
        print("Please mend .env (see .env.example) and start again.", file=sys.stderr)
        return 2
    set_up()
    gc.set_threshold(*GARBAGE)
    try:
        asyncio.run(COMMANDS[chosen.command](settings))
    except tuple(WORDS) as refusal:
        print(told(refusal), file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
