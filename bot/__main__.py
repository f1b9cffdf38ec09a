"""The command line: run the platform, or do one thing to its database."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot import loop
from bot.config import Settings
from bot.logs import set_up
from bot.refusals import WORDS, told

# A start makes much and throws next to nothing away, and what a tap leaves behind is soon gone by itself.
GARBAGE = (50_000, 50, 50)


async def run(settings: Settings, _asked: argparse.Namespace) -> None:
    """Runs until told to stop."""
    from bot.app import App  # takes seconds; a mistake in the settings is told before

    app, stopped = App(settings), asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await app.start()
    if settings.sandbox:
        print(f"Open http://{settings.http_host}:{settings.http_port}/ and play all three sides.")
    await stopped.wait()
    await app.stop()


async def fill_up(settings: Settings, _asked: argparse.Namespace) -> None:
    """The demo city into an empty database."""
    from bot.wiring.filling import seed

    await seed(settings)


async def bring_up_to_date(settings: Settings, _asked: argparse.Namespace) -> None:
    """Makes the tables this version needs."""
    from db.migrate import migrate

    await migrate(settings.database_url)
    print("The tables are as this version needs them.")


async def put_back(settings: Settings, asked: argparse.Namespace) -> None:
    """The platform as it was at the moment of a backup."""
    from bot.wiring.restoring import restore

    await restore(settings, asked.file, overwrite=asked.overwrite)


async def go_over(settings: Settings, asked: argparse.Namespace) -> None:
    """From the SQLite file to the PostgreSQL database of the settings."""
    from bot.wiring.going_over import go_over

    await go_over(settings, asked.source)


async def look_over(settings: Settings, _asked: argparse.Namespace) -> int:
    """What is wrong with the settings and with what they name."""
    from bot.wiring.checkup.run import check

    return await check(settings, out=print)


COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int | None]]] = {
    "run": run,
    "seed": fill_up,
    "migrate": bring_up_to_date,
    "restore": put_back,
    "move": go_over,
    "check": look_over,
}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Doorstep")
    commands = parser.add_subparsers(dest="command", metavar="|".join(sorted(COMMANDS)))
    for name in sorted(COMMANDS):
        each = commands.add_parser(name)
        if name == "restore":
            each.add_argument("file", type=Path, help="a backup; they lie in data/backups")
            each.add_argument(
                "--overwrite", action="store_true", help="replace what is there; it is put aside"
            )
        if name == "move":
            each.add_argument(
                "source", type=Path, nargs="?", help="the SQLite file; else doorstep.db in DATA_DIR"
            )
    return parser.parse_args()


def main() -> int:
    asked = _asked()
    try:
        settings = Settings()
    except ValidationError as wrong:
        if asked.command == "check":
            from bot.wiring.checkup.run import refused

            return refused(wrong, out=print)
        for error in wrong.errors():
            where = ".".join(map(str, error["loc"])).upper() or "settings"
            print(f"{where}: {error['msg'].removeprefix('Value error, ')}", file=sys.stderr)
        print("Please mend .env (see .env.example) and start again.", file=sys.stderr)
        return 2
    set_up()
    gc.set_threshold(*GARBAGE)
    try:
        return loop.run(COMMANDS[asked.command or "run"](settings, asked)) or 0
    except tuple(WORDS) as refusal:
        print(told(refusal), file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
