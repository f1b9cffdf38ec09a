"""Looking at the draft of the services, publishing it, throwing it away."""

from bot.admin.catalog import draft_screens
from bot.admin.catalog.handlers import category, may_change
from bot.admin.catalog.telling import plain_line
from bot.admin.parts import acting
from bot.conversation import Talk
from bot.screen import Screen
from core.catalog.model import Edit
from core.errors import OutOfDate


async def draft(talk: Talk, page: int) -> Screen:
    talk.rest()
    what = await talk.core.publishing.look(now=talk.now)
    changes = await may_change(talk)
    return draft_screens.draft(talk.words, what, page, changes=changes, now=talk.now)


async def ask(talk: Talk) -> Screen:
    what = await talk.core.publishing.look(now=talk.now)
    return draft_screens.sure(talk.words, what) if what.edits else await draft(talk, 0)


async def publish(talk: Talk, seen: int) -> Screen:
    what = await talk.core.publishing.look(now=talk.now)
    told = "; ".join(plain_line(talk.words, one) for one in what.differences)
    count = str(len(what.differences))
    try:
        async with acting(talk, "catalog.publish", subject=count, reason=told):
            await talk.core.publishing.publish(seen=seen, now=talk.now)
    except OutOfDate:
        return await _looked_again(talk)
    return draft_screens.published(talk.words, what.differences)


async def _looked_again(talk: Talk) -> Screen:
    """A colleague went on with the draft meanwhile."""
    talk.toast(talk.words.plain("It has changed meanwhile. Please look again."), alert=True)
    return await draft(talk, 0)


async def ask_discard(talk: Talk) -> Screen:
    what = await talk.core.publishing.look(now=talk.now)
    return draft_screens.ask_discard(talk.words, what) if what.edits else await draft(talk, 0)


async def discard(talk: Talk, seen: int) -> Screen:
    count = str(len(await talk.core.drafting.edits()))
    try:
        async with acting(talk, "catalog.change", subject=count, reason="🗑"):
            await talk.core.drafting.discard(seen=seen)
    except OutOfDate:
        return await _looked_again(talk)
    talk.toast(talk.words.plain("The draft is empty."))
    return await category(talk, 0, 0)


async def undo(talk: Talk, thing_id: int) -> Screen:
    """One thing stays as customers see it."""
    edit = await talk.core.drafting.of(thing_id=thing_id)
    if edit is not None:
        async with acting(talk, "catalog.change", subject=_name(talk, edit), reason="↩️"):
            await talk.core.drafting.undo(thing_id=thing_id)
    return await draft(talk, 0)


def _name(talk: Talk, edit: Edit) -> str:
    live = talk.core.catalog.find(thing_id=edit.subject)
    return talk.words.pick(live.names if live else edit.said.get("names", {}))
