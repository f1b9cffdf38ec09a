"""Adding, changing and removing members of the staff."""

from bot.admin.parts import acting, me
from bot.admin.staff import screens
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Unknown
from core.people.model import Role
from core.permissions import may

NEVER_TELEGRAM = 1 << 52


async def staff(talk: Talk) -> Screen:
    """`/staff`, or `/staff add operator` in answer to somebody, or `/staff add 12345 operator`."""
    verb, _, rest = talk.incoming.argument.partition(" ")
    if verb.lower() != "add":
        return await page(talk, 0)
    await talk.core.staff.check(
        telegram_id=talk.incoming.user_id, name=talk.person.name, chat_id=talk.incoming.chat_id,
        action="staff.change", now=talk.now,
    )  # fmt: skip
    who = _pointed_at(talk, rest)
    wanted = next((r for r in Role if r.value in rest.lower().split()), None)
    if who is None:
        return await add(talk)
    if wanted is None:
        return screens.choose_role(talk.words, who[0], await _name(talk, *who))
    return await _enrol(talk, *who, wanted)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    member = await me(talk)
    changes = may(role=member.role, action="staff.change")
    members = await talk.core.staff.members()
    return screens.staff(talk.words, members, number, changes=changes, now=talk.now)


async def member(talk: Talk, telegram_id: int) -> Screen:
    found = await talk.core.staff.member(telegram_id=telegram_id)
    if found is None:
        raise Unknown("staff")
    return screens.member(talk.words, found)


async def add(talk: Talk) -> Screen:
    talk.expect("staff_who")
    return screens.add(talk.words)


async def pointed(talk: Talk) -> Screen:
    """A contact, a forwarded or answered message, or an id."""
    who = _pointed_at(talk, talk.incoming.text)
    if who is None:
        return screens.add(talk.words, unclear=True)
    talk.rest()
    name = await _name(talk, *who)
    talk.expect("", name=name)
    return screens.choose_role(talk.words, who[0], name)


def _pointed_at(talk: Talk, text: str) -> tuple[int, str] | None:
    if talk.incoming.points_at:
        return talk.incoming.points_at
    ids = [int(word) for word in text.split() if word.isascii() and word.isdigit()]
    return (ids[0], "") if ids and 0 < ids[0] < NEVER_TELEGRAM else None


async def _name(talk: Talk, telegram_id: int, name: str) -> str:
    """As they call themselves; else as the message says."""
    known = await talk.core.people.find(telegram_id=telegram_id)
    return (known.name if known else "") or name


async def give_role(talk: Talk, telegram_id: int, role: str) -> Screen:
    if role not in set(Role):
        raise Unknown("role")
    return await _enrol(talk, telegram_id, str(talk.memory.get("name") or ""), Role(role))


async def _enrol(talk: Talk, telegram_id: int, name: str, role: Role) -> Screen:
    by = await me(talk)
    name = await _name(talk, telegram_id, name)
    async with acting(talk, "staff.change", subject=name or str(telegram_id), reason=role.value):
        await talk.core.staff.enrol(
            telegram_id=telegram_id, name=name, role=role, by=by.telegram_id, now=talk.now
        )
    talk.rest()
    talk.toast(talk.words.plain("Done."))
    return await page(talk, screens.page_with(await talk.core.staff.members(), telegram_id))


async def ask_dismiss(talk: Talk, telegram_id: int) -> Screen:
    found = await talk.core.staff.member(telegram_id=telegram_id)
    if found is None:
        raise Unknown("staff")
    return screens.ask_dismiss(talk.words, found)


async def dismiss(talk: Talk, telegram_id: int) -> Screen:
    by = await me(talk)
    found = await talk.core.staff.member(telegram_id=telegram_id)
    subject = found.name if found and found.name else str(telegram_id)
    async with acting(talk, "staff.change", subject=subject, reason=screens.REMOVED):
        gone = await talk.core.staff.dismiss(telegram_id=telegram_id)
    talk.toast(talk.words.plain("Removed."))
    if gone.telegram_id == by.telegram_id:
        return screens.left(talk.words)
    return await page(talk, 0)
