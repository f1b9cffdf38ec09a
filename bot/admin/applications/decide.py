"""The ways of an application: approved, sent back for several parts to be mended, rejected."""

from markupsafe import Markup

from bot.admin.applications import screens
from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Ticked, Usual, Way
from bot.admin.parts import me, sign
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.errors import Invalid, NotAllowedNow
from core.people.dossier import Application
from core.people.model import CertificateState, ProviderState
from core.taking.model import Matter, Taking

MEND = Ticked(
    screens.ASKS,
    mark(
        "Tick one or more. The application goes back with your words; everything stays filled in."
    ),
)
ASK = Usual(
    screens.QUESTIONS,
    mark("Tap it, or type your question. The application stays here meanwhile."),
)
REJECT = Usual(screens.REFUSALS)


async def _look(talk: Talk, provider_id: int) -> Application:
    return await talk.core.judging.look(provider_id=provider_id)


async def _open(talk: Talk, one: Application) -> None:
    if one.provider.state is not ProviderState.APPLIED:
        raise NotAllowedNow(verb="decide", state=one.provider.state)


async def _card(talk: Talk, one: Application, taking: Taking | None) -> Screen:
    text = screens.whole(talk.words, one, taking, talk.core.catalog, now=talk.now)
    return Screen(text, rows(talk.words, one, taking), protect=True)


def rows(words: Words, one: Application, taking: Taking | None) -> list[list[Button]]:
    """Of its card, wherever that stands."""
    key = one.provider.id
    files = [Button(words.plain("📎 Documents"), press("ad", key))]
    if one.papers:
        label = words.plain("📄 Certificates ({n})", n=len(one.papers))
        files.append(Button(label, press("ac", key)))
    if one.provider.state is not ProviderState.APPLIED:
        return [files]
    decide = [
        Button(words.plain("✅ Approve"), APPLICATIONS.begins("a", key, one), style="success"),
        Button(words.plain("✖ Reject"), APPLICATIONS.begins("r", key, one), style="danger"),
    ]
    more = [
        Button(words.plain("❓ Ask a question"), APPLICATIONS.begins("q", key, one)),
        Button(words.plain("✏️ Send back"), APPLICATIONS.begins("m", key, one)),
    ]
    return [decide, more, files, APPLICATIONS.hand(words, key, taking)]


async def _approve(talk: Talk, one: Application, chosen: Chosen) -> None:
    """A needed certificate that was found not good stands in the way."""
    bad = {paper.kind for paper in one.papers if paper.state is CertificateState.REJECTED}
    if bad & one.needed:
        raise Invalid("papers", "not_good")
    await talk.core.judging.approve(provider_id=one.provider.id, now=talk.now)


def _unseen(talk: Talk, one: Application, number: int) -> Markup | None:
    return screens.unseen(talk.words, one, today=talk.words.local(talk.now).date())


async def _ask(talk: Talk, one: Application, chosen: Chosen) -> None:
    member = await me(talk)
    await talk.core.inquiries.ask(
        provider_id=one.provider.id, staff_id=member.telegram_id, name=sign(member, talk),
        text=chosen.reason, now=talk.now,
    )  # fmt: skip


async def _send_back(talk: Talk, one: Application, chosen: Chosen) -> None:
    parts = [part for part, _, _ in MEND.chosen(chosen.number)]
    await talk.core.judging.reject(provider_id=one.provider.id, parts=parts, reason=chosen.reason)


async def _reject(talk: Talk, one: Application, chosen: Chosen) -> None:
    await talk.core.judging.reject(provider_id=one.provider.id, parts=[], reason=chosen.reason)


APPLICATIONS: Deciding[Application] = Deciding(
    matter=Matter.APPLICATION, prefix="ap", action="applications.decide", opens="av",
    look=_look, card=_card, check=_open, ended=screens.ended,
    subject=lambda one: one.provider.name, reader=lambda one: one.person,
    whom=lambda one: one.person.id,
    ways=(
        Way("a", _approve, "✅", screens.ask_approve, mark("Yes, approve"), "success",
            more=_unseen),
        Way("q", _ask, "❓", screens.ask_question, mark("Ask"), why=ASK, whether=screens.put,
            stays=mark("❓ Asked. The answer comes here and onto the card.")),
        Way("m", _send_back, "✏️", screens.ask_mend, mark("Send"), why=MEND,
            whether=screens.send_back),
        Way("r", _reject, "✖", screens.ask_reject, mark("Yes, reject"), "danger", why=REJECT,
            whether=screens.reject),
    ),
)  # fmt: skip
