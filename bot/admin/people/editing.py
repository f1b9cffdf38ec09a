"""Correcting somebody's particulars: which, the new one typed or tapped, sure, done."""

from bot.admin.parts import me
from bot.admin.people import edit_screens as screens
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen
from core.errors import OutOfDate
from core.people.mending import Part

PARTS = tuple(Part)


async def menu(talk: Talk, person_id: int) -> Screen:
    talk.expect("", who=talk.memory.get("who"))
    return screens.menu(talk.words, await talk.core.profiles.look(person_id=person_id))


async def ask(talk: Talk, person_id: int, number: int) -> Screen:
    one = await talk.core.profiles.look(person_id=person_id)
    part = PARTS[number % len(PARTS)]
    if part is Part.LANGUAGE:
        return screens.language(talk.words, one, languages())
    talk.expect("person_part", person=person_id, part=part, who=talk.memory.get("who"))
    return screens.ask(talk.words, one, part)


async def language(talk: Talk, person_id: int, code: str) -> Screen:
    return await _sure(talk, person_id, Part.LANGUAGE, code)


async def said(talk: Talk) -> Screen:
    """Raises Invalid with what is wrong; the question stays open."""
    memory = talk.memory
    return await _sure(talk, int(memory["person"]), Part(memory["part"]), talk.incoming.text)


async def _sure(talk: Talk, person_id: int, part: Part, text: str) -> Screen:
    said = await talk.core.mending.check(person_id=person_id, part=part, text=text)
    step = "" if part is Part.LANGUAGE else "person_part"
    talk.expect(step, person=person_id, part=part, text=text[:100], who=talk.memory.get("who"))
    one = await talk.core.profiles.look(person_id=person_id)
    return screens.sure(talk.words, one, said)


async def done(talk: Talk, person_id: int) -> Screen:
    """What was typed for this very person; of two who correct the same the second looks again."""
    memory = talk.memory
    if memory.get("person") != person_id or not memory.get("text"):
        return await menu(talk, person_id)
    try:
        await talk.core.mending.correct(
            person_id=person_id, part=Part(memory["part"]), text=str(memory["text"]),
            member=await me(talk), now=talk.now,
        )  # fmt: skip
        talk.toast(talk.words.plain("Done."))
    except OutOfDate:
        said = talk.words.plain("Somebody changed it a moment ago. Please look again.")
        talk.toast(said, alert=True)
    return await menu(talk, person_id)
