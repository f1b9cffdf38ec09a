"""Plays a day of a city and writes what it took as Markdown.

    python -m tests.cityday --providers 100000 --customers 1000000 --orders 2000 --seed 1

Everybody is there before it begins. Then so many orders are made within one day of the city's clock, which runs as fast
as the platform keeps up, and each is told to its end: the visit of most is on the same day or on the next.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.cityday.playing import Asked, play
from tests.cityday.report import told


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.cityday", description="A simulated day of a city."
    )
    parser.add_argument("--providers", type=int, default=1_000)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument(
        "--day",
        type=int,
        default=0,
        help="so many orders has the whole day, of which --orders are played from nine o'clock on",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="postgresql: the server at TEST_POSTGRES_URL",
    )
    parser.add_argument(
        "--at-once", type=int, default=200, help="so many people at most in the middle of something"
    )
    parser.add_argument(
        "--rate", type=float, default=0.0, help="orders a second; 0: as fast as it goes"
    )
    parser.add_argument("--minutes", type=float, default=0.0, help="cut it off after so long")
    parser.add_argument(
        "--city", type=Path, help="a folder that keeps the settled city for further runs"
    )
    parser.add_argument(
        "--out", type=Path, help="the file for the result, else it is printed alone"
    )
    return parser.parse_args()


async def main() -> None:
    wish = asked()
    out, city = wish.out, wish.city
    values = {name: value for name, value in vars(wish).items() if name not in ("out", "city")}
    with tempfile.TemporaryDirectory(dir=city.parent if city else None) as folder:
        found = await play(Asked(**values), Path(folder), city, say=sys.stderr.write)
    text = told(found)
    sys.stdout.write(text)
    if out:
        out.write_text(text)


if __name__ == "__main__":
    asyncio.run(main())
