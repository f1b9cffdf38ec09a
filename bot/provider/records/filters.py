"""The filter of the records: one screen with all of it, and one for each thing to choose."""

from collections import Counter
from dataclasses import replace
from typing import Any

from bot.conversation import Talk
from bot.provider.records import filter_screens as screens
from bot.provider.records.coded import ALL, LAST, MONTH, WEEK, Chosen
from bot.provider.records.handlers import remembered, said_before, service_name, sought
from bot.screen import Screen
from core.records.model import End, Opinion, Record


async def _found(talk: Talk, one: Chosen) -> list[Record]:
    return await talk.core.records.found(person_id=talk.person.id, sought=await sought(talk, one))


async def overview(talk: Talk, code: str) -> Screen:
    one = remembered(talk, code)
    found = await _found(talk, one)
    service = service_name(talk, one.service_id)
    return screens.overview(one, found, said_before(talk), service, talk.words, talk.now)


# What is chosen → all that can be.
CHOICES: dict[str, tuple[Any, ...]] = {
    "period": (WEEK, MONTH, LAST, ALL),
    "end": (*End, None),
    "opinion": (Opinion.GIVEN, Opinion.MISSING, Opinion.LOW, Opinion.ANY),
}


async def choices(talk: Talk, which: str, code: str) -> Screen:
    """Each choice with how many there would be."""
    if which not in CHOICES:
        return await overview(talk, code)
    one = remembered(talk, code)
    options = [replace(one, **{which: value}) for value in CHOICES[which]]
    counts = [len(await _found(talk, option)) for option in options]
    pairs = list(zip(options, counts, strict=True))
    return screens.choices(one, which, pairs, talk.words)


async def services(talk: Talk, code: str, page: int) -> Screen:
    """Those he has done, the most frequent first."""
    one = remembered(talk, code)
    found = await _found(talk, replace(one, service_id=None))
    counts = Counter(record.service_id for record in found)
    every = [(replace(one, service_id=None), "", len(found))] + [
        (replace(one, service_id=service_id), service_name(talk, service_id), count)
        for service_id, count in counts.most_common()
    ]
    return screens.services(one, every, page, talk.words)
