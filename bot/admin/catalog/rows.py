"""Options and questions of a service, in the draft: added, changed, moved, taken out."""

from zlib import crc32

from bot.admin.catalog import row_screens as screens
from bot.admin.catalog.editing import ACTION, author
from bot.admin.catalog.reading import in_languages
from bot.admin.catalog.row_fields import KINDS, Kind, Row
from bot.admin.parts import acting
from bot.conversation import Talk
from bot.i18n import Words
from bot.screen import Screen
from core.catalog.model import Service
from core.errors import Unknown


def _kind(number: int) -> Kind:
    if not 0 <= number < len(KINDS):
        raise Unknown("field")
    return KINDS[number]


async def _service(talk: Talk, service_id: int) -> Service:
    return (await talk.core.drafting.tree()).service(service_id=service_id)


def key_of(row: Row) -> int:
    """What a button carries of a row: its code may be too long for it, its place changes."""
    return crc32(row["code"].encode())


def _place(rows: list[Row], key: int) -> int:
    found = [place for place, row in enumerate(rows) if key_of(row) == key]
    if not found:
        raise Unknown("field")
    return found[0]


async def listed(talk: Talk, service_id: int, number: int) -> Screen:
    talk.rest()
    kind, service = _kind(number), await _service(talk, service_id)
    keys = [key_of(row) for row in kind.rows(service)]
    return screens.listed(talk.words, service, number, kind, keys)


async def one(talk: Talk, service_id: int, number: int, key: int) -> Screen:
    talk.rest()
    kind, service = _kind(number), await _service(talk, service_id)
    row = kind.rows(service)[_place(kind.rows(service), key)]
    return screens.one(talk.words, service, number, kind, row, key)


async def field(talk: Talk, service_id: int, number: int, key: int, place: int) -> Screen:
    """Asks for one value of it, or turns it over."""
    kind, service = _kind(number), await _service(talk, service_id)
    rows = kind.rows(service)
    row = rows[_place(rows, key)]
    if not 0 <= place < len(kind.fields):
        raise Unknown("field")
    if turn := kind.fields[place].turn:
        return await _put(talk, service, number, key, row | turn(row))
    talk.expect("service_row", thing=service_id, kind=number, key=key, field=place)
    return screens.ask(talk.words, service, number, kind.fields[place], row, key)


async def add(talk: Talk, service_id: int, number: int) -> Screen:
    kind, service = _kind(number), await _service(talk, service_id)
    talk.expect("service_row", thing=service_id, kind=number)
    return screens.add(talk.words, service, number, kind)


async def said(talk: Talk) -> Screen:
    """A name of a new one, or a value of one that is there."""
    memory, words = talk.memory, talk.words
    number, service = int(memory["kind"]), await _service(talk, int(memory["thing"]))
    kind, text = _kind(number), talk.incoming.text
    rows = kind.rows(service)
    if "key" not in memory:
        row = {"code": _code(rows), "names": in_languages(text, "names")} | kind.fresh
        return await _keep(talk, service, number, [*rows, row], row)
    key = int(memory["key"])
    row = rows[_place(rows, key)]
    return await _put(
        talk, service, number, key, row | _read(words, kind, memory["field"], text, row)
    )


def _read(words: Words, kind: Kind, place: int, text: str, row: Row) -> Row:
    return kind.fields[int(place)].read(text, words, row)


def _code(rows: list[Row]) -> str:
    taken = {row["code"] for row in rows}
    return next(code for n in range(1, len(taken) + 2) if (code := f"n{n}") not in taken)


async def _put(talk: Talk, service: Service, number: int, key: int, row: Row) -> Screen:
    rows = _kind(number).rows(service)
    rows[_place(rows, key)] = row
    return await _keep(talk, service, number, rows, row)


async def _keep(
    talk: Talk, service: Service, number: int, rows: list[Row], row: Row | None
) -> Screen:
    """Shown back: the one that was changed, or what is left."""
    kind = _kind(number)
    what = talk.words.pick(row["names"]) if row else "🗑"
    reason = f"{talk.words.plain(kind.title)}: {what}"
    async with acting(talk, ACTION, subject=talk.words.pick(service.names), reason=reason):
        await talk.core.drafting.change(
            thing_id=service.id, values={kind.name: rows}, by=await author(talk), now=talk.now
        )
    if row is None:
        return await listed(talk, service.id, number)
    return await one(talk, service.id, number, key_of(row))


async def move(talk: Talk, service_id: int, number: int, key: int) -> Screen:
    """One place up, the first becomes the last."""
    service = await _service(talk, service_id)
    rows = _kind(number).rows(service)
    place = _place(rows, key)
    row = rows.pop(place)
    rows.insert(place - 1 if place else len(rows), row)
    await _keep(talk, service, number, rows, row)
    return await listed(talk, service_id, number)


async def remove(talk: Talk, service_id: int, number: int, key: int) -> Screen:
    service = await _service(talk, service_id)
    rows = _kind(number).rows(service)
    rows.pop(_place(rows, key))
    return await _keep(talk, service, number, rows, None)
