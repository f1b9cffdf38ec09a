"""`python -m bench`: one table, a few minutes. `--million` adds a city of a million providers.

`python -m bench menu search` measures only these parts.
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench import city, clone, commit, delivery, memory, menu, rivals, search, slots, start
from bench.rounds import Series, interleaved, machine, ratios
from bench.table import Line, show, small
from bot import logs, loop
from bot.screen import press
from db.engine import Database
from tests import servers
from tests.databases import DIALECTS, scratch_url
from tests.reliability.town import Town, town

RIVALS = 10_000
SMALL = 10_000
SIZES = [1_000, SMALL, 100_000]
Part = Callable[[Path], Awaitable[list[Line]]]


@asynccontextmanager
async def a_town(folder: Path, dialect: str = "sqlite") -> AsyncIterator[Town]:
    folder.mkdir(parents=True)
    async with scratch_url(dialect, folder) as url:
        database = await Database.open(url)
        try:
            async with town(database, url, folder) as here:
                yield here
        finally:
            await database.close()


async def menu_lines(folder: Path) -> list[Line]:
    lines = []
    for way in ("webhook", "polling"):
        async with a_town(folder / way) as here:
            service = await here.service()
            data = press("c", service.category_id, 0)
            found = await menu.measure(here, data, webhook=way == "webhook")
        lines += tap_lines(f"a menu step by {way}", found, goal=1)
    return lines


def tap_lines(what: str, found: menu.Found, *, goal: float) -> list[Line]:
    cpu, p99 = found.cpu, found.p99
    ours = type(asyncio.get_running_loop()).__module__.partition(".")[0]
    echo = f"a bare aiogram echo on asyncio's own loop; ours on {ours}"
    pace = f"a bare aiogram echo's, at {1 / menu.EVERY_S:.0f} a second"
    return [
        Line(f"{what}, CPU", small(cpu["step"].middle), ratios(cpu["step"], cpu["echo"]), echo, goal),
        Line("", "", ratios(cpu["step"], cpu["echo of a tap"]), "a bare aiogram edit and answer"),
        Line(f"{what}, p99", small(p99["step"].middle), ratios(p99["step"], p99["echo"]), pace, 2),
    ]  # fmt: skip


async def list_lines(folder: Path) -> list[Line]:
    """The step that shows who can come, the same taps in ever bigger cities."""
    lines = []
    for count in SIZES[2:]:
        async with a_town(folder / str(count)) as here:
            data = await city.settled(here, count)
            found = await menu.measure(here, data, webhook=True)
        lines += tap_lines(f"the list of providers among {count:,}", found, goal=1.3)
    return lines


async def commit_lines(folder: Path) -> list[Line]:
    lines = []
    for dialect in DIALECTS:
        try:
            async with a_town(folder / dialect, dialect) as here:
                await here.service()
                found = await commit.measure(here)
        except pytest.skip.Exception:
            lines.append(Line(f"the booking commit, {dialect}", "-", of="no server to be reached"))
            continue
        lines += _commits(dialect, found)
    return lines


def _commits(dialect: str, found: commit.Found) -> list[Line]:
    series = found.series
    ours, raw, clients = series["commit"], series["raw"], series["clients"]
    other = "one commit of a raw writer" if dialect == "sqlite" else "one function that writes it"
    won = " or ".join(str(number) for number in sorted(found.won))
    many, crowd = f"{commit.CLIENTS} clients", f"{commit.RIVALS} rivals"
    return [
        Line(f"the booking commit, {dialect}", small(ours.middle), ratios(ours, raw), other, 2),
        Line(f"of {many} at once, {dialect}", small(clients.middle), ratios(raw, clients),
             "times as many a second as the raw writer, one by one", *_FLUSHES[dialect]),
        Line(f"of {crowd}, all answered, {dialect}", small(series["rivals"].middle),
             ratios(series["rivals"], series["raw rivals"]), f"the raw writer with as many; {won} won", 3),
    ]  # fmt: skip


# (goal, or more): SQLite writes many commits down together; what PostgreSQL does there is its own.
_FLUSHES: dict[str, tuple[float | None, bool]] = {"sqlite": (3, True), "postgresql": (None, True)}


async def search_lines(folder: Path) -> list[Line]:
    folder.mkdir()
    lines = []
    for layout in search.LAYOUTS:
        found = {count: await search.measure(folder, count, layout) for count in SIZES}
        lines += [_searched(layout, count, one) for count, one in found.items()]
        lines += _grown(layout, found)
    return lines


def _searched(layout: search.Layout, count: int, found: search.Found) -> Line:
    ratio = ratios(found.cpu["search"], found.cpu["sql"])
    # In a small city the way to the thread is the most of it.
    goal = 2.5 if count >= 100_000 else None
    what = f"a search among {count:,} in a {layout.name}, CPU"
    return Line(what, small(found.cpu["search"].middle), ratio, "its bare SQL", goal)


def _grown(layout: search.Layout, found: Mapping[int, search.Found]) -> list[Line]:
    few, many = found[SMALL], found[SIZES[-1]]
    return [
        Line(f"its p{percent} among {SIZES[-1]:,} in a {layout.name}", small(many.at(percent)),
             Series((many.at(percent) / few.at(percent),)), f"its p{percent} among {SMALL:,}", goal)
        for percent, goal in ((50, 1.5), (99, 2))
    ]  # fmt: skip


async def delivery_lines(folder: Path) -> list[Line]:
    lines = []
    for dialect, shared in (("sqlite", False), ("postgresql", False), ("postgresql", True)):
        name = f"{dialect}, gates in Redis" if shared else dialect
        try:
            redis_url = await servers.redis_url() if shared else ""
            async with a_town(folder / name, dialect) as here:
                found = await delivery.measure(here, redis_url=redis_url)
        except pytest.skip.Exception:
            lines.append(Line(f"delivery, {name}", "-", of="no server to be reached"))
            continue
        lines += _delivered(name, found)
    return lines


def _delivered(name: str, found: delivery.Found) -> list[Line]:
    later = f"allowed each second; {found.refused} times told to wait"
    beside, alone = Series(tuple(found.beside)), Series(tuple(found.alone))
    return [
        Line(f"delivery, {name}", f"{found.rate:.1f}/s", Series((found.rate / delivery.ALLOWED,)),
             f"the {delivery.ALLOWED} {later}", 0.95, least=True),
        Line("news of an order beside it", small(beside.middle),
             of=f"at worst {small(beside.most)}; with nothing beside {small(alone.middle)}–{small(alone.most)}"),
    ]  # fmt: skip


async def slot_lines(_folder: Path) -> list[Line]:
    days = await slots.measure()
    least, middle, most = (1 / took for took in (days.most, days.middle, days.least))
    rounds = f"provider-days a second; rounds {least:,.0f}–{most:,.0f}"
    return [Line("slots worked out", f"{middle:,.0f}", of=rounds)]


async def rival_lines(folder: Path) -> list[Line]:
    lines = []
    for dialect in DIALECTS:
        found = await rivals.crowd(dialect, folder / dialect, RIVALS)
        measured = small(found[0]) if found else "-"
        end = f"{found[1]} won, all others were told" if found else "no server to be reached"
        lines.append(Line(f"{RIVALS:,} rivals for one hour, {dialect}", measured, of=end))
    return lines


async def start_lines(folder: Path) -> list[Line]:
    found = await start.measure(folder)
    later = Series(found.later)
    rounds = f"figure: under 10 s; rounds {small(later.least)}–{small(later.most)}"
    return [
        Line("first start, demo city made, to answered /start", small(found.first)),
        Line("second start to answered /start", small(later.middle), of=rounds),
        *(Line(what, many) for what, _, many in (said.partition(": ") for said in found.taps)),
    ]


async def machine_lines() -> list[Line]:
    steady = (await interleaved({"machine": machine}))["machine"]
    rounds = f"rounds {small(steady.least)}–{small(steady.most)}"
    return [Line("this machine: a fixed piece of Python", small(steady.middle), of=rounds)]


async def memory_lines(folder: Path) -> list[Line]:
    folder.mkdir()
    we, echo = await memory.measure(folder)
    return [
        Line("memory of the process, PSS", f"{we.pss >> 20} MB", Series((we.pss / echo.pss,)),
             f"a bare aiogram echo's {echo.pss >> 20} MB", 1.3),
        Line("memory of the process, RSS", f"{we.rss >> 20} MB", Series((we.rss / echo.rss,)),
             f"a bare aiogram echo's {echo.rss >> 20} MB", 1.3),
    ]  # fmt: skip


async def clone_lines(folder: Path) -> list[Line]:
    found = await clone.measure(folder)
    return [
        Line("git clone", small(found.clone)),
        Line("packages by pip", small(found.packages), of="network"),
        Line("first make run, demo city made, to answered /start", small(found.first)),
        Line("second make run to answered /start", small(found.second), of="figure: under 10 s"),
    ]


PARTS: dict[str, Part] = {
    "menu": menu_lines,
    "list": list_lines,
    "commit": commit_lines,
    "search": search_lines,
    "slots": slot_lines,
    "delivery": delivery_lines,
    "rivals": rival_lines,
    "start": start_lines,
    "memory": memory_lines,
    "clone": clone_lines,
}


async def run(parts: Sequence[str]) -> None:
    """The machine before and after, so that what else it was doing shows."""
    logs.set_up(level="ERROR")
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        lines = await machine_lines()
        for part in parts:
            lines += await PARTS[part](Path(name) / part)
        show(lines + await machine_lines())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--million", action="store_true", help="search in a city of a million, too")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    if chosen.million:
        SIZES.append(1_000_000)
    loop.run(run(chosen.parts or list(PARTS)))  # as the product does


if __name__ == "__main__":
    main()
