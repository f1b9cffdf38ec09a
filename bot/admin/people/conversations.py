"""What somebody asked the staff, and a first word from the staff to somebody."""

from bot.admin.parts import me, sign
from bot.admin.people import talk_screens as screens
from bot.conversation import Talk
from bot.screen import Screen
from core.people.model import ProviderState


async def show(talk: Talk, person_id: int, page: int) -> Screen:
    talk.expect("", who=talk.memory.get("who"))
    one = await talk.core.profiles.look(person_id=person_id)
    tickets = await talk.core.support.every(person_id=person_id)
    role = (await me(talk)).role
    return screens.conversations(
        talk.words, one, tickets, page, role, chat=talk.incoming.chat_id, now=talk.now
    )


async def ask(talk: Talk, person_id: int) -> Screen:
    talk.expect("write_first", person=person_id, who=talk.memory.get("who"))
    return screens.ask(talk.words, await talk.core.profiles.look(person_id=person_id))


async def said(talk: Talk) -> Screen:
    """Read once more before it goes out."""
    person_id, text = int(talk.memory["person"]), talk.incoming.text.strip()[:1000]
    if not text:
        return await ask(talk, person_id)
    talk.expect("write_first", person=person_id, text=text, who=talk.memory.get("who"))
    return screens.sure(talk.words, await talk.core.profiles.look(person_id=person_id), text)


async def send(talk: Talk, person_id: int) -> Screen:
    memory = talk.memory
    if memory.get("person") != person_id or not memory.get("text"):
        return await ask(talk, person_id)
    one = await talk.core.profiles.look(person_id=person_id)
    works = one.provider and one.provider.provider.state in (
        ProviderState.APPROVED, ProviderState.FROZEN,
    )  # fmt: skip
    member = await me(talk)
    await talk.core.support.write_first(
        person_id=person_id, bot="provider" if works else "customer", author=sign(member, talk),
        staff_id=member.telegram_id, text=str(memory["text"]), key=talk.incoming.key, now=talk.now,
    )  # fmt: skip
    talk.toast(talk.words.plain("Sent."))
    return await show(talk, person_id, 0)
