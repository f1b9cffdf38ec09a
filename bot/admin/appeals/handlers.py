"""Reading an appeal and deciding it; what the provider will read is seen before it is sent."""

from bot.admin.appeals import screens
from bot.admin.parts import files_of, logged, me
from bot.conversation import Talk
from bot.errors import sentence
from bot.screen import Screen
from core.appeals.looking import Case
from core.errors import AlreadyDone, OwnDecision

OWN_WORDS = 99


async def appeals(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    return screens.queue(talk.words, await talk.core.appeals.waiting(), number, now=talk.now)


async def show(talk: Talk, appeal_id: int) -> Screen:
    """Alone, in place of the queue."""
    talk.rest()
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    return screens.whole(talk.words, case, await passed_on(talk, case), back=True)


async def passed_on(talk: Talk, case: Case) -> list[str]:
    return await talk.core.appeals.numbers_passed_on(freeze=case.freeze)


async def files(talk: Talk, appeal_id: int) -> None:
    """Sent below; the card stays where it is."""
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    found = await files_of(talk.core, case.appeal.files)
    screen = screens.files(talk.words, case, found)
    await talk.messenger.send(talk.incoming.chat_id, screen, thread_id=talk.incoming.thread_id)


async def lift(talk: Talk, appeal_id: int) -> Screen:
    return await _why(talk, appeal_id, 1)


async def keep(talk: Talk, appeal_id: int) -> Screen:
    return await _why(talk, appeal_id, 0)


async def _why(talk: Talk, appeal_id: int, lifted: int) -> Screen:
    """Refused kindly before anything is asked: whoever froze, and whoever comes too late."""
    member = await me(talk)
    try:
        case = await talk.core.appeals.check(appeal_id=appeal_id, member=member)
    except (AlreadyDone, OwnDecision) as refused:
        return await _refused(talk, appeal_id, refused)
    talk.expect("appeal_why", appeal=appeal_id, lifted=lifted)
    return screens.why(talk.words, case, lifted)


async def _refused(talk: Talk, appeal_id: int, refused: AlreadyDone | OwnDecision) -> Screen:
    talk.rest()
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    done = isinstance(refused, AlreadyDone)
    why = screens.decided(talk.words, case) if done else sentence(refused, talk.words)
    talk.toast(str(why), alert=True)
    return screens.told(talk.words, case, str(why))


async def sure(talk: Talk, appeal_id: int, lifted: int, number: int) -> Screen:
    """What the provider will read, in the provider's language."""
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    answer = _answer(talk, case, lifted, number)
    return (
        screens.sure(talk.words, case, lifted, number, answer)
        if answer
        else await _why(talk, appeal_id, lifted)
    )


async def why_said(talk: Talk) -> Screen:
    appeal_id, lifted = int(talk.memory["appeal"]), int(talk.memory["lifted"])
    text = " ".join(talk.incoming.text.split())[:300]
    if not text:
        return await _why(talk, appeal_id, lifted)
    talk.expect("appeal_why", appeal=appeal_id, lifted=lifted, answer=text)
    return await sure(talk, appeal_id, lifted, OWN_WORDS)


async def decided(talk: Talk, appeal_id: int, lifted: int, number: int) -> Screen:
    """Of two who decide at once the first does; the other hears who it was."""
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    answer = _answer(talk, case, lifted, number)
    if not answer:
        return await _why(talk, appeal_id, lifted)
    try:
        await talk.core.appeals.decide(
            appeal_id=appeal_id, member=await me(talk), lift=bool(lifted), answer=answer,
            now=talk.now,
        )  # fmt: skip
    except (AlreadyDone, OwnDecision) as refused:
        return await _refused(talk, appeal_id, refused)
    talk.rest()
    sign = "☀️" if lifted else "🧊"
    await logged(talk, "appeals.decide", subject=case.provider.name, reason=f"{sign} {answer}")
    talk.toast(talk.words.plain("Done."))
    case = await talk.core.appeals.case(appeal_id=appeal_id)
    return screens.told(talk.words, case, str(screens.decided(talk.words, case)))


def _answer(talk: Talk, case: Case, lifted: int, number: int) -> str:
    """The usual words in the language of whoever reads them, or those typed for this very appeal."""
    usual = screens.USUAL[bool(lifted)]
    if 0 <= number < len(usual):
        person = case.person
        return talk.words.of(language=person.language, code=person.language_code).plain(
            usual[number]
        )
    mine = talk.memory.get("appeal") == case.appeal.id and talk.memory.get("lifted") == lifted
    return str(talk.memory.get("answer") or "") if mine else ""
