"""Reviews as lists, and one of them with its pictures."""

from dataclasses import replace

from bot.conversation import Talk
from bot.provider.reviews import screens
from bot.reviewed import album
from bot.screen import Screen
from core.reviews.received import Received, ReceivedPage, Which

ROWS = 3


async def command(talk: Talk) -> Screen:
    return await reviews(talk, Which.ALL, 0)


def which_of(name: str) -> Which:
    """The list a button names; any other is all of them."""
    return Which(name) if name in list(Which) else Which.ALL


def way_of(talk: Talk) -> screens.Way:
    """The list that was left to type something."""
    which, page = talk.memory.get("way") or (Which.ALL, 0)
    return str(which), int(page)


async def _page(talk: Talk, which: Which, page: int) -> ReceivedPage:
    talk.rest()
    return await talk.core.answering.page(
        person_id=talk.person.id, which=which, page=page, size=ROWS
    )


async def reviews(talk: Talk, which: str, page: int) -> Screen:
    wanted = which_of(which)
    return screens.listed(await _page(talk, wanted, page), wanted, talk.words, talk.now)


async def lists(talk: Talk, which: str) -> Screen:
    wanted = which_of(which)
    return screens.lists(await _page(talk, wanted, 0), wanted, talk.words)


async def opened(talk: Talk, review_id: int) -> Received:
    return await talk.core.answering.one(person_id=talk.person.id, review_id=review_id)


async def review(talk: Talk, review_id: int, which: str, page: int) -> Screen:
    talk.rest()
    one = await opened(talk, review_id)
    return screens.one(one, (which_of(which), page), talk.words)


async def pictures(talk: Talk, review_id: int, which: str, page: int) -> Screen:
    """What the customer showed, above the review."""
    one = await opened(talk, review_id)
    return replace(await review(talk, review_id, which, page), files=album(one.files))
