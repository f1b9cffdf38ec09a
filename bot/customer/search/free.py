"""The list of those who are free at a time that was named, priced: one tap books, another one confirms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import Talk
from bot.customer.place.handlers import ask_place
from bot.customer.search import free_screens as screens
from bot.customer.search import queue, times
from bot.customer.search.where import Where, here
from bot.customer.traces import noted
from bot.screen import Screen, press
from core.people.model import Provider
from core.platform.facts import Kind
from core.search.amount import amount
from core.search.timed import Window, window_of
from core.when.model import Said
from core.when.reading import read


async def free(talk: Talk, service_id: int, start: int, length: int, page: int) -> Screen:
    """The list again: another page, another time, another service. A time that is over is asked for anew."""
    at = times.unpacked(start, length)
    if at.end <= talk.now:
        talk.toast(talk.words.plain("That time is over."))
        return await other_time(talk, service_id, start, length)
    _about(talk, service_id, start, length)
    return waiting(talk, await list_free(talk, service_id, at, page))


def _about(talk: Talk, service_id: int, start: int, length: int) -> None:
    """A time that is typed next is meant for this service."""
    kept = {name: talk.memory[name] for name in ("asked", "others", "who") if name in talk.memory}
    times.keep(talk, **kept | {"at": [start, length], "service": service_id})


async def everybody(talk: Talk, service_id: int, start: int, length: int) -> Screen:
    """Not only whoever was named."""
    talk.memory = {name: value for name, value in talk.memory.items() if name != "who"}
    return await free(talk, service_id, start, length, 0)


async def wait(talk: Talk, service_id: int, start: int, length: int) -> Screen:
    """A place in line for that time; where it can't be joined the list again."""
    at = times.unpacked(start, length)
    joined = await queue.enter(talk, service_id, at, await here(talk))
    return joined or await free(talk, service_id, start, length, 0)


def waiting(talk: Talk, screen: Screen) -> Screen:
    """With the way back to a booking in the middle of which all this was typed."""
    if "waiting" not in talk.memory:
        return screen
    back = str(talk.memory["waiting"])
    return replace(screen, rows=screens.leading_back(talk.words, screen.rows, back))


async def place(talk: Talk, service_id: int, start: int, length: int) -> Screen:
    """Somewhere else, then the list again."""
    return await ask_place(talk, back=press("lt", service_id, start, length, 0))


async def list_free(
    talk: Talk, service_id: int, at: Window, page: int, *, said: Said | None = None,
    around: Where | None = None,
) -> Screen:  # fmt: skip
    """Who can come then; where nobody can, the nearest times."""
    core, around = talk.core, around or await here(talk)
    service = core.catalog.service(service_id=service_id)
    asked: dict[str, Any] = {
        "service_id": service_id, "lat": around.lat, "lon": around.lon, "now": talk.now,
    }  # fmt: skip
    others = [
        core.catalog.service(service_id=i) for i in talk.memory.get("others", ()) if i != service_id
    ]
    hearts = await core.people.favourites(person_id=talk.person.id)
    who = tuple(talk.memory.get("who", ()))
    shown = screens.Shown(
        service, at, around, said, tuple(others), amount(said.rest) if said else None,
        tuple(hearts), await _names(talk, who),
    )  # fmt: skip
    offers = await core.finder.free(**asked, window=at, page=page, favourites=hearts, among=who)
    kind = Kind.SEEN if offers.items else Kind.UNMET
    noted(talk, kind, service_id, around=around, wanted=at.start)
    if offers.items:
        return screens.free(talk.words, shown, offers, talk.now)
    near = await core.finder.nearest(**asked, wanted=at.start, among=who)
    others_can = bool(who and (await core.finder.free(**asked, window=at, page=0)).items)
    return screens.nobody(
        talk.words, shown, near, talk.now, others_can=others_can,
        lines_up=not others_can and queue.may_wait(talk, at, around),
    )  # fmt: skip


async def _names(talk: Talk, ids: Sequence[int]) -> tuple[str, ...]:
    found = await talk.core.store.find(Provider, id=list(ids)) if ids else []
    return tuple(provider.name for provider in found)


async def other_time(talk: Talk, service_id: int, start: int, length: int) -> Screen:
    """A few times to tap, and any other to type."""
    service = talk.core.catalog.service(service_id=service_id)
    _about(talk, service_id, start, length)
    zone = talk.core.availability.zone
    offered = [(name, read(name, now=talk.now, zone=zone)) for name in screens.TIMES]
    known = [(name, window_of(said=said, now=talk.now)) for name, said in offered if said]
    at = times.unpacked(start, length)
    return waiting(talk, screens.other_time(talk.words, service, at, known, talk.now))
