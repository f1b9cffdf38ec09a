"""The announcement that is being written: everything at a glance, when it goes, how it will look."""

from dataclasses import replace

from bot.admin.announce import draft_screens as screens
from bot.admin.announce import running
from bot.admin.parts import me
from bot.conversation import Talk
from bot.i18n import languages
from bot.news.screens import announcement
from bot.screen import Button, Screen, press
from core.announcements.model import Announcement, Side
from core.when.model import Kind
from core.when.reading import read


async def begin(talk: Talk) -> Screen:
    """A new one, or the one this member was writing."""
    member = await me(talk)
    one = await talk.core.composing.begin(by=member.id, person_id=talk.person.id, now=talk.now)
    return await show(talk, one.id)


async def show(talk: Talk, announcement_id: int) -> Screen:
    talk.rest()
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    heads = await talk.core.composing.heads(announcement_id=announcement_id, now=talk.now)
    return screens.draft(talk.words, one, heads, await opened_name(talk, one), now=talk.now)


async def opened_name(talk: Talk, one: Announcement) -> str:
    """What its button opens, by name."""
    if one.service_id is not None:
        return talk.words.pick(talk.core.catalog.service(service_id=one.service_id).names)
    running_deals = await talk.core.deals.running(now=talk.now) if one.coupon_id else []
    names = [deal.names for deal in running_deals if deal.id == one.coupon_id]
    return talk.words.pick(names[0]) if names else one.url


async def discard(talk: Talk, announcement_id: int) -> Screen:
    await talk.core.composing.discard(announcement_id=announcement_id)
    talk.toast(talk.words.plain("Done."))
    return await running.overview(talk)


async def ask_time(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    talk.expect("announce.time", draft=one.id)
    return screens.ask_time(talk.words, one)


async def at_once(talk: Talk, announcement_id: int) -> Screen:
    await talk.core.composing.time(announcement_id=announcement_id, at=None)
    return await show(talk, announcement_id)


async def time_said(talk: Talk) -> Screen:
    """A certain moment; of a window its beginning."""
    draft_id = int(talk.memory["draft"])
    said = read(talk.incoming.text, now=talk.now, zone=talk.words.zone.key)
    if said is None or said.kind not in (Kind.MOMENT, Kind.WINDOW):
        one = await talk.core.composing.draft(announcement_id=draft_id)
        return screens.ask_time(talk.words, one, again=True)
    await talk.core.composing.time(announcement_id=draft_id, at=said.start)
    return await show(talk, draft_id)


async def preview(talk: Talk, announcement_id: int) -> Screen:
    """Each version as it is received, then the draft below."""
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    side = "provider" if one.side is Side.PROVIDERS else "customer"
    incoming = talk.incoming
    for language in (name for name in languages() if name in one.texts):
        shown = _dead(announcement(talk.words.in_language(language), one, side=side))
        await talk.messenger.send(incoming.chat_id, shown, thread_id=incoming.thread_id)
    return replace(await show(talk, announcement_id), below=True)


def _dead(screen: Screen) -> Screen:
    """Its buttons lead nowhere: this is not the message itself."""
    rows = [
        [
            button if button.url else Button(button.label, press("anlb"), style=button.style)
            for button in row
        ]
        for row in screen.rows
    ]
    return replace(screen, rows=rows, card=None)


async def only_preview(talk: Talk) -> None:
    talk.toast(talk.words.plain("This is only the preview: the button works in the real message."))
