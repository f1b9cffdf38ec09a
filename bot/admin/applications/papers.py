"""Certificates: each one is looked at, verified or not, and its last day corrected."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date

from bot.admin.applications import screens
from bot.admin.applications.decide import APPLICATIONS
from bot.admin.parts import acting
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Invalid, Taken
from core.people.model import ProviderState


def _today(talk: Talk) -> date:
    return talk.words.local(talk.now).date()


async def papers(talk: Talk, provider_id: int) -> Screen:
    one = await talk.core.judging.look(provider_id=provider_id)
    screen = screens.papers(talk.words, one, today=_today(talk))
    return replace(screen, below=talk.on_card)


async def paper(talk: Talk, paper_id: int) -> Screen:
    talk.rest()
    one, provider = await talk.core.papers.one(paper_id=paper_id)
    return screens.one_paper(talk.words, one, provider, today=_today(talk))


async def good(talk: Talk, paper_id: int) -> Screen:
    return await _judge(talk, paper_id, good=True)


async def bad(talk: Talk, paper_id: int) -> Screen:
    return await _judge(talk, paper_id, good=False)


async def _judge(talk: Talk, paper_id: int, *, good: bool) -> Screen:
    _, provider = await talk.core.papers.one(paper_id=paper_id)
    if provider.state is ProviderState.APPLIED:
        try:
            await APPLICATIONS.hold(talk, provider.id)
        except Taken as held:
            return await APPLICATIONS.taken(talk, provider.id, held)
    async with await _acting(talk, paper_id, "✔" if good else "✖"):
        provider = await talk.core.papers.judge(paper_id=paper_id, good=good, now=talk.now)
    talk.toast(talk.words.plain("Done."))
    return await papers(talk, provider.id)


async def _acting(talk: Talk, paper_id: int, what: str) -> AbstractAsyncContextManager[None]:
    one, provider = await talk.core.papers.one(paper_id=paper_id)
    return acting(
        talk, "applications.decide", subject=provider.name,
        reason=f"{what} {one.kind} {one.number}", person_id=provider.person_id,
    )  # fmt: skip


async def ask_expiry(talk: Talk, paper_id: int) -> Screen:
    one, _ = await talk.core.papers.one(paper_id=paper_id)
    talk.expect("paper_expiry", paper=paper_id)
    return screens.ask_expiry(talk.words, one)


async def expiry_said(talk: Talk) -> Screen:
    """A date as in 2027-05-31, or a dash for papers without an end."""
    paper_id, text = int(talk.memory["paper"]), talk.incoming.text.strip()
    try:
        day = None if text in ("-", "–", "无") else date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise Invalid("expires_on", "format") from None
    async with await _acting(talk, paper_id, f"→ {text}"):
        await talk.core.papers.expire_on(paper_id=paper_id, day=day, now=talk.now)
    return await paper(talk, paper_id)
