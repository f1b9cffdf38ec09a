"""The decision: approve, send back to be mended, reject; the reason is kept in the applicant's language."""

from bot.admin.applications import screens
from bot.admin.parts import logged
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Invalid
from core.people.dossier import Application
from core.people.model import CertificateState


async def _look(talk: Talk, provider_id: int) -> Application:
    return await talk.core.judging.look(provider_id=provider_id)


async def approve(talk: Talk, provider_id: int) -> Screen:
    one = await _look(talk, provider_id)
    _check_papers(one)
    return screens.approve(talk.words, one, today=talk.words.local(talk.now).date())


def _check_papers(one: Application) -> None:
    """A needed certificate that was found not good stands in the way."""
    bad = {p.kind for p in one.papers if p.state is CertificateState.REJECTED}
    if bad & one.needed:
        raise Invalid("papers", "not_good")


async def approved(talk: Talk, provider_id: int) -> Screen:
    one = await _look(talk, provider_id)
    _check_papers(one)
    await talk.core.judging.approve(provider_id=provider_id, now=talk.now)
    await logged(talk, "applications.decide", subject=one.provider.name, reason="✅")
    return await _shown(talk, provider_id)


async def ask(talk: Talk, provider_id: int) -> Screen:
    return screens.ask(talk.words, await _look(talk, provider_id), 0)


async def ask_for(talk: Talk, provider_id: int, parts: int) -> Screen:
    """With these parts ticked, each a bit."""
    return screens.ask(talk.words, await _look(talk, provider_id), parts)


async def reject(talk: Talk, provider_id: int) -> Screen:
    return screens.reject(talk.words, await _look(talk, provider_id))


async def why(talk: Talk, provider_id: int, number: int, final: int) -> Screen:
    """What the person will read, before it is sent."""
    one = await _look(talk, provider_id)
    talk.expect("application_why", provider=provider_id, number=number, final=final)
    reason = _ready(talk, one, number, final)
    return screens.why(talk.words, one, number, final, reason)


async def why_said(talk: Talk) -> Screen:
    memory, reason = talk.memory, talk.incoming.text.strip()[:300]
    provider_id, number = int(memory["provider"]), int(memory["number"])
    final = int(memory["final"])
    talk.expect("application_why", provider=provider_id, number=number, final=final, reason=reason)
    one = await _look(talk, provider_id)
    return screens.why(talk.words, one, number, final, reason)


async def sent_back(talk: Talk, provider_id: int, number: int, final: int) -> Screen:
    one = await _look(talk, provider_id)
    mine = talk.memory.get("provider") == provider_id and talk.memory.get("number") == number
    typed = str(talk.memory.get("reason") or "") if mine else ""
    reason = typed or _ready(talk, one, number, final)
    parts = [] if final else [part for part, _, _ in screens.asked(number)]
    await talk.core.judging.reject(provider_id=provider_id, parts=parts, reason=reason)
    await logged(talk, "applications.decide", subject=one.provider.name, reason=f"✖ {reason}")
    return await _shown(talk, provider_id)


def _ready(talk: Talk, one: Application, number: int, final: int) -> str:
    """The usual words, in the language of whoever gets them."""
    theirs = talk.words.of(language=one.person.language, code=one.person.language_code)
    if not final:
        return " ".join(theirs.plain(said) for _, _, said in screens.asked(number))
    known = 0 <= number < len(screens.REFUSALS)
    return theirs.plain(screens.REFUSALS[number]) if known else ""


async def _shown(talk: Talk, provider_id: int) -> Screen:
    talk.rest()
    talk.toast(talk.words.plain("Done."))
    one = await _look(talk, provider_id)
    return screens.whole(talk.words, one, talk.core.catalog, now=talk.now)
