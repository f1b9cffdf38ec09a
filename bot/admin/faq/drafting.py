"""Writing a topic or a question: the draft waits in the talk's memory until it is published from its preview."""

from typing import Any

from bot.admin.faq import draft_screens as screens
from bot.admin.faq.fields import NOTHING, SIDES, SORTS, sort_of, title
from bot.admin.faq.handlers import card, changed_meanwhile, changing, faq, found, seen, theirs
from bot.admin.parts import me, short, sign
from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import languages
from bot.screen import Screen
from core.errors import Invalid, OutOfDate, Unknown
from core.faq.checking import checked
from core.faq.model import TEXTS, Question, Thing, Topic

STEP = "faq"
LONGEST_NOTE = 250


def _keep(talk: Talk, thing: Thing, field: str = "") -> None:
    draft = thing.model_dump(mode="json")
    talk.expect(STEP, sort=sort_of(thing), thing=draft, field=field)


def _drafted(talk: Talk) -> Thing | None:
    if talk.step != STEP or talk.memory.get("sort") not in SORTS:
        return None
    return SORTS[talk.memory["sort"]].model_validate(talk.memory["thing"])


async def _gone(talk: Talk) -> Screen:
    talk.toast(talk.words.plain("That one isn't being written any more. Here are all of them."))
    return await faq(talk)


async def new_topic(talk: Talk, side: str) -> Screen:
    if side not in SIDES:
        raise Unknown("faq")
    return _next(talk, Topic(id=0, side=side))


async def new_question(talk: Talk, topic_id: int) -> Screen:
    await talk.core.faq_editing.topic(topic_id=topic_id)
    return _next(talk, Question(id=0, topic_id=topic_id))


async def change(talk: Talk, sort: str, thing_id: int) -> Screen:
    return _shown(talk, await found(talk, sort, thing_id))


def _next(talk: Talk, thing: Thing) -> Screen:
    """Of a new one the texts in one's own language are asked for one after the other."""
    for name in TEXTS[type(thing)]:
        if not thing.id and not getattr(thing, name):
            return _asked(talk, thing, name, talk.words.language)
    return _shown(talk, thing)


def _asked(talk: Talk, thing: Thing, name: str, code: str, *, news: str = "") -> Screen:
    _keep(talk, thing, f"{name}-{code}")
    return screens.ask(talk.words, thing, name, code, news=news)


def _shown(talk: Talk, thing: Thing, *, news: str = "") -> Screen:
    _keep(talk, thing)
    return screens.draft(talk.words, thing, languages(), news=news)


async def whole(talk: Talk) -> Screen:
    """All of it, from one of its questions."""
    thing = _drafted(talk)
    return await _gone(talk) if thing is None else _shown(talk, thing)


async def field(talk: Talk, name: str, code: str) -> Screen:
    thing = _drafted(talk)
    if thing is None or name not in TEXTS[type(thing)] or code not in languages():
        return await _gone(talk)
    return _asked(talk, thing, name, code)


async def said(talk: Talk) -> Screen:
    """The words for the text that was asked for."""
    thing = _drafted(talk)
    if thing is None:
        return await _gone(talk)
    name, _, code = str(talk.memory.get("field", "")).partition("-")
    text = talk.incoming.text.strip()
    if not name:
        return _shown(talk, thing, news=talk.words.plain("Tap first what is to be different."))
    if not text:
        return _asked(talk, thing, name, code, news=talk.words.plain("Words only, please."))
    texts = getattr(thing, name) | {code: "" if text == NOTHING else text}
    made = thing.model_copy(update={name: {one: said for one, said in texts.items() if said}})
    try:
        checked(thing=made)
    except Invalid as wrong:
        if wrong.reason == "length":
            return _asked(talk, thing, name, code, news=sentence(wrong, talk.words))
    return _next(talk, made)


async def preview(talk: Talk, number: int) -> Screen:
    """As readers would see it; from here it is published."""
    thing = _drafted(talk)
    if thing is None:
        return await _gone(talk)
    try:
        side, below = await seen(talk, checked(thing=thing))
    except Invalid as wrong:
        return _shown(talk, thing, news=sentence(wrong, talk.words))
    return screens.preview(talk.words, theirs(talk, number), thing, side, below, number)


async def publish(talk: Talk) -> Screen:
    """Once: what was published is no longer in the memory."""
    thing = _drafted(talk)
    if thing is None:
        return await _gone(talk)
    by, editing = sign(await me(talk), talk), talk.core.faq_editing
    before = await found(talk, sort_of(thing), thing.id) if thing.id else None
    write = editing.change if before else editing.add
    try:
        async with changing(talk, thing, _differences(talk, before, checked(thing=thing))):
            done: Thing = await write(thing=thing, by=by, now=talk.now)
    except OutOfDate:
        return await changed_meanwhile(talk, thing)
    talk.toast(talk.words.plain("Published."))
    return await card(talk, sort_of(done), done.id)


def _differences(talk: Talk, before: Thing | None, after: Thing) -> str:
    """What was written, for the log."""
    if before is None:
        return f"＋ {short(talk.words.pick(title(after)), LONGEST_NOTE)}"
    told = []
    for name in TEXTS[type(after)]:
        was: dict[str, Any] = getattr(before, name)
        now: dict[str, Any] = getattr(after, name)
        told += [
            f"{code}: {short(was.get(code, '–'), LONGEST_NOTE)} → "
            f"{short(now.get(code, '–'), LONGEST_NOTE)}"
            for code in {**was, **now} if was.get(code) != now.get(code)
        ]  # fmt: skip
    return "; ".join(told)[:900] or "="
