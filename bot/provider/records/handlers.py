"""Records as they are looked for: by a filter that the buttons carry, and by words that the talk remembers."""

import asyncio
from dataclasses import replace

from bot.amounts import folded, read_amount
from bot.conversation import Talk
from bot.provider import reading
from bot.provider.anytime import meant, typed
from bot.provider.parts import saying
from bot.provider.records import detail_screens, screens
from bot.provider.records.coded import Chosen, Pile, chosen
from bot.provider.records.table import records_file
from bot.provider.stats.notes import NOTES
from bot.reviewed import album
from bot.screen import Screen
from core.errors import Unknown
from core.figures.counting import Figures
from core.ids import read_order_number
from core.orders.model import Order
from core.records.model import RecordPage, Sought

ROWS, ALONE = (
    3,
    5,
)  # records on a page: with others before and after, and where they are all there is


async def command(talk: Talk) -> Screen:
    return await records(talk, Chosen().code, 0)


async def records(talk: Talk, code: str, page: int) -> Screen:
    return await _listed(talk, remembered(talk, code), page)


async def _listed(talk: Talk, one: Chosen, page: int) -> Screen:
    return await _shown(talk, one, await _page(talk, one, page))


async def _shown(talk: Talk, one: Chosen, found: RecordPage) -> Screen:
    notes = {}
    if one.pile is not None:
        figures, _ = await _behind(talk, one.pile)
        notes = NOTES[one.pile.group](figures, talk.words)
    return screens.listed(found, one, named(talk, one), talk.words, talk.now, notes)


def named(talk: Talk, one: Chosen) -> list[str]:
    """What the list is limited to, each in a few words."""
    service = service_name(talk, one.service_id)
    return screens.chips(one, said_before(talk), service, talk.words, talk.now)


def service_name(talk: Talk, service_id: int | None) -> str:
    """Also of one that is no longer offered."""
    try:
        known = talk.core.catalog.service(service_id=service_id or 0)
    except Unknown:
        return ""
    return f"{known.emoji} {talk.words.pick(known.names)}".strip()


def remembered(talk: Talk, code: str) -> Chosen:
    """What the button says, less the words that are forgotten meanwhile; typed ones are looked for from now on."""
    one = chosen(code)
    text = said_before(talk) if one.typed else ""
    one = replace(one, typed=bool(text))
    talk.expect("records", code=one.code, text=text)
    return one


def said_before(talk: Talk) -> str:
    return str(talk.memory.get("text") or "") if talk.step == "records" else ""


async def sought(talk: Talk, one: Chosen) -> Sought:
    today = talk.core.availability.today(now=talk.now)
    only = (
        None
        if one.pile is None
        else frozenset(order.id for order in (await _behind(talk, one.pile))[1])
    )
    return one.sought(today=today, text=said_before(talk) if one.typed else "", only=only)


async def _behind(talk: Talk, pile: Pile) -> tuple[Figures, list[Order]]:
    return await talk.core.statistics.behind(
        person_id=talk.person.id, unit=pile.span.unit, day=pile.span.first, group=pile.group,
        now=talk.now,
    )  # fmt: skip


async def _page(talk: Talk, one: Chosen, page: int) -> RecordPage:
    return await talk.core.records.page(
        person_id=talk.person.id, sought=await sought(talk, one), page=page, size=ROWS, most=ALONE
    )


async def record(talk: Talk, order_id: int, code: str, page: int) -> Screen:
    one = remembered(talk, code)
    whole = await talk.core.records.one(person_id=talk.person.id, order_id=order_id)
    return detail_screens.detail(whole, one, page, talk.words)


async def pictures(talk: Talk, order_id: int, code: str, page: int) -> Screen:
    """What the customer showed, above the record."""
    whole = await talk.core.records.one(person_id=talk.person.id, order_id=order_id)
    screen = await record(talk, order_id, code, page)
    return replace(screen, files=album(whole.files))


async def table(talk: Talk, code: str, page: int) -> Screen:
    """All that is listed as a file, above the list."""
    one = remembered(talk, code)
    me = talk.person.id
    found = await talk.core.records.found(person_id=me, sought=await sought(talk, one))
    wholes = await talk.core.records.wholes(person_id=me, records=found)
    file = await asyncio.to_thread(records_file, wholes, named(talk, one), talk.words, talk.now)
    return replace(await _listed(talk, one, page), files=(file,))


async def said(talk: Talk) -> Screen | None:
    """Words are looked for among what is listed, then among all there is; whatever else is meant is heard as ever."""
    text = " ".join(talk.incoming.text.split())[:80]
    if not text or talk.incoming.location or _at_work(talk, text):
        return await typed(talk)
    code = str(talk.memory.get("code"))
    if number := read_order_number(text):
        return await _by_number(talk, number)
    for one in (replace(chosen(code), typed=True), Chosen(typed=True)):
        talk.expect("records", code=one.code, text=text)
        found = await _page(talk, one, 0)
        if found.count:
            return await _shown(talk, one, found)
    talk.expect("records", code=code)
    if (other := await meant(talk)) is not None:
        return other
    return saying(await records(talk, code, 0), screens.none_with(text, talk.words))


def _at_work(talk: Talk, text: str) -> bool:
    """A customer's code, or what was paid."""
    amount = read_amount(text, talk.words.currency)
    return reading.code(text) == folded(text) or (amount is not None and len(text) < 8)


async def _by_number(talk: Talk, number: str) -> Screen | None:
    code = str(talk.memory.get("code") or Chosen().code)
    order = await talk.core.orders.by_number(text=number)
    try:
        return await record(talk, order.id if order else 0, code, 0)
    except Unknown:
        return await typed(talk)
