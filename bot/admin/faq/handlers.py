"""Looking through what is frequently asked; its order, hiding and removing."""

from contextlib import AbstractAsyncContextManager

from bot.admin.faq import screens
from bot.admin.faq.fields import SIDES, SORTS, title
from bot.admin.parts import acting, me, sign
from bot.conversation import Talk
from bot.i18n import Words, languages
from bot.screen import Screen
from core.errors import AlreadyDone, OutOfDate, Unknown
from core.faq.model import Chapter, Question, Thing, Topic
from core.permissions import may

ACT = "faq.change"


async def changes(talk: Talk) -> bool:
    return may(role=(await me(talk)).role, action=ACT)


async def faq(talk: Talk) -> Screen:
    talk.rest()
    shelves = {one: await talk.core.faq_editing.every(side=one) for one in SIDES}
    return screens.start(talk.words, shelves, languages())


async def side(talk: Talk, side: str, page: int) -> Screen:
    talk.rest()
    if side not in SIDES:
        raise Unknown("faq")
    chapters = await talk.core.faq_editing.every(side=side)
    return screens.side(talk.words, side, chapters, page, languages(), changes=await changes(talk))


async def chapter_of(talk: Talk, topic: Topic) -> Chapter:
    every = await talk.core.faq_editing.every(side=topic.side)
    return next(one for one in every if one.topic.id == topic.id)


async def topic(talk: Talk, topic_id: int, page: int) -> Screen:
    """The questions below it."""
    talk.rest()
    chapter = await chapter_of(talk, await talk.core.faq_editing.topic(topic_id=topic_id))
    return screens.topic(talk.words, chapter, page, languages(), changes=await changes(talk))


async def found(talk: Talk, sort: str, thing_id: int) -> Thing:
    """Raises Unknown."""
    if sort not in SORTS:
        raise Unknown("faq")
    if sort == "q":
        return await talk.core.faq_editing.question(question_id=thing_id)
    return await talk.core.faq_editing.topic(topic_id=thing_id)


async def card(talk: Talk, sort: str, thing_id: int) -> Screen:
    """One topic or question: its texts, how it stands, what can be done with it."""
    talk.rest()
    thing = await found(talk, sort, thing_id)
    row = [one.id for one in await talk.core.faq_editing.row(thing=thing)]
    return screens.card(
        talk.words, thing, row.index(thing.id), len(row), languages(),
        changes=await changes(talk), now=talk.now,
    )  # fmt: skip


def theirs(talk: Talk, number: int) -> Words:
    """The words of the language with this number."""
    known = languages()
    if not 0 <= number < len(known):
        raise Unknown("language")
    return talk.words.in_language(known[number])


async def seen(talk: Talk, thing: Thing) -> tuple[str, list[Question]]:
    """Whose bot it stands in, and the questions that are read below a topic."""
    if isinstance(thing, Question):
        return (await talk.core.faq_editing.topic(topic_id=thing.topic_id)).side, []
    if not thing.id:
        return thing.side, []
    chapter = await chapter_of(talk, thing)
    return thing.side, [one for one in chapter.questions if not one.hidden]


async def preview(talk: Talk, sort: str, thing_id: int, number: int) -> Screen:
    thing = await found(talk, sort, thing_id)
    side, below = await seen(talk, thing)
    return screens.preview(talk.words, theirs(talk, number), thing, side, below, number)


def changing(talk: Talk, thing: Thing, what: str) -> AbstractAsyncContextManager[None]:
    """What is done to it inside goes into the log."""
    return acting(talk, ACT, subject=talk.words.pick(title(thing)), reason=what)


async def move(talk: Talk, sort: str, thing_id: int, down: int) -> Screen:
    """One place up (0) or down (1)."""
    thing = await found(talk, sort, thing_id)
    async with changing(talk, thing, "▼" if down else "▲"):
        await talk.core.faq_editing.move(thing=thing, steps=1 if down else -1)
    return await card(talk, sort, thing_id)


async def hide(talk: Talk, sort: str, thing_id: int, hidden: int) -> Screen:
    thing, member = await found(talk, sort, thing_id), await me(talk)
    try:
        async with changing(talk, thing, "🙈" if hidden else "👁"):
            await talk.core.faq_editing.hide(
                thing=thing, hidden=bool(hidden), by=sign(member, talk), now=talk.now
            )
    except AlreadyDone:
        talk.toast(talk.words.plain("It is so already."))
    return await card(talk, sort, thing_id)


async def ask_remove(talk: Talk, sort: str, thing_id: int) -> Screen:
    return screens.surely(talk.words, await found(talk, sort, thing_id))


async def remove(talk: Talk, sort: str, thing_id: int, version: int) -> Screen:
    thing = await found(talk, sort, thing_id)
    try:
        async with changing(talk, thing, "🗑"):
            await talk.core.faq_editing.remove(thing=thing, version=version)
    except OutOfDate:
        return await changed_meanwhile(talk, thing)
    talk.toast(talk.words.plain("Removed."))
    if isinstance(thing, Question):
        return await topic(talk, thing.topic_id, 0)
    return await side(talk, thing.side, 0)


async def changed_meanwhile(talk: Talk, thing: Thing) -> Screen:
    """A colleague was quicker: who it was, and how it reads now."""
    sort = "q" if isinstance(thing, Question) else "t"
    now = await found(talk, sort, thing.id)
    name = now.changed_by or talk.words.plain("A colleague")
    talk.toast(
        talk.words.plain("{name} changed it meanwhile. Please look again.", name=name), alert=True
    )
    return await card(talk, sort, thing.id)
