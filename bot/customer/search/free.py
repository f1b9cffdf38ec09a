"""The list of those who are free at a time that was named, priced: one tap books, another one confirms."""

from typing import Any

from bot.conversation import Talk
from bot.customer.search import free_screens as screens
from bot.customer.search import times
from bot.customer.search.where import Where, here
from bot.screen import Screen
from core.search.timed import Window, window_of
from core.when.model import Said
from core.when.reading import read


async def free(talk: Talk, service_id: int, start: int, length: int, page: int) -> Screen:
    """The list again: another page, another time, another service. A time that is over is asked for anew."""
    at = times.unpacked(start, length)
    if at.end <= talk.now:
        talk.toast(talk.words.plain("That time is over."))
        return await other_time(talk, service_id, start, length)
    kept: dict[str, Any] = {
        name: talk.memory[name] for name in ("asked", "others") if name in talk.memory
    }
    talk.expect("", **kept | {"at": [start, length], "service": service_id})
    return await list_free(talk, service_id, at, page)


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
    shown = screens.Shown(service, at, around, said, tuple(others))
    offers = await core.finder.free(**asked, window=at, page=page)
    if offers.items:
        return screens.free(talk.words, shown, offers, talk.now)
    near = await core.finder.nearest(**asked, wanted=at.start)
    return screens.nobody(talk.words, shown, near, talk.now)


async def other_time(talk: Talk, service_id: int, start: int, length: int) -> Screen:
    """A few times to tap, and any other to type."""
    service = talk.core.catalog.service(service_id=service_id)
    kept = {name: talk.memory[name] for name in ("asked", "others") if name in talk.memory}
    talk.expect("", **kept | {"at": [start, length], "service": service_id})
    zone = talk.core.availability.zone
    offered = [(name, read(name, now=talk.now, zone=zone)) for name in screens.TIMES]
    known = [(name, window_of(said=said, now=talk.now)) for name, said in offered if said]
    return screens.other_time(talk.words, service, times.unpacked(start, length), known, talk.now)
