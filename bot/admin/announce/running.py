"""Announcements from the moment they are sent: asked once more, watched, paused, stopped; the list of all."""

from collections.abc import Awaitable
from contextlib import AbstractAsyncContextManager

from bot.admin.announce import draft, screens
from bot.admin.announce.draft_screens import title_of
from bot.admin.parts import acting, me
from bot.conversation import Talk
from bot.i18n import mark
from bot.screen import Screen
from core.announcements.model import Announcement, Spread


async def overview(talk: Talk) -> Screen:
    talk.rest()
    member = await me(talk)
    mine = await talk.core.composing.mine(by=member.id)
    ahead = await talk.core.announcements.ahead()
    return screens.overview(talk.words, ahead, mine, now=talk.now)


async def past(talk: Talk, page: int) -> Screen:
    talk.rest()
    return screens.past(talk.words, await talk.core.announcements.past(), page, now=talk.now)


async def sure(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    heads = await talk.core.composing.heads(announcement_id=announcement_id, now=talk.now)
    return screens.sure(talk.words, one, heads, now=talk.now)


async def send(talk: Talk, announcement_id: int) -> Screen:
    heads = await talk.core.composing.heads(announcement_id=announcement_id, now=talk.now)
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    later = one.starts_at is not None and one.starts_at > talk.now
    async with _acting(talk, one, mark("scheduled") if later else mark("sent"), heads.reached):
        await talk.core.sending.send(announcement_id=announcement_id, now=talk.now)
    return await card(talk, announcement_id)


def _acting(
    talk: Talk, one: Announcement, what: str, people: int
) -> AbstractAsyncContextManager[None]:
    """The line in the log: how many people, and its first words."""
    subject = f"{talk.words.number(people)} 👥 {title_of(one, talk.words, 40)}"
    return acting(talk, "announce", subject=subject, reason=what)


async def card(talk: Talk, announcement_id: int) -> Screen:
    talk.rest()
    one = await talk.core.announcements.get(announcement_id=announcement_id)
    if one.state is Spread.DRAFT:
        return await draft.show(talk, announcement_id)
    return screens.card(talk.words, one, now=talk.now)


async def pause(talk: Talk, announcement_id: int) -> Screen:
    step = talk.core.steering.pause(announcement_id=announcement_id, now=talk.now)
    return await steered(talk, announcement_id, mark("paused"), step)


async def resume(talk: Talk, announcement_id: int) -> Screen:
    step = talk.core.steering.resume(announcement_id=announcement_id, now=talk.now)
    return await steered(talk, announcement_id, mark("went on"), step)


async def stop(talk: Talk, announcement_id: int) -> Screen:
    """At once, without a question: every second more people get it."""
    step = talk.core.steering.stop(announcement_id=announcement_id, now=talk.now)
    return await steered(talk, announcement_id, mark("stopped"), step)


async def steered(talk: Talk, announcement_id: int, what: str, step: Awaitable[object]) -> Screen:
    """This step is done with it, and logged."""
    one = await talk.core.announcements.get(announcement_id=announcement_id)
    async with _acting(talk, one, what, one.reached):
        await step
    return await card(talk, announcement_id)


async def reopen(talk: Talk, announcement_id: int) -> Screen:
    """It waits no more, and is written on."""
    await talk.core.steering.reopen(announcement_id=announcement_id)
    return await draft.show(talk, announcement_id)
