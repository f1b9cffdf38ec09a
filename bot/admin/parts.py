"""Small pieces that several screens and handlers of the staff chat share."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any

from markupsafe import Markup

from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, File, Screen
from core.catalog.model import Category, Service
from core.errors import Unknown
from core.files.model import Kept
from core.people.model import Role, Staff
from core.services import Core

LINE, DOT = Markup("\n"), Markup(" · ")
ROLES = {
    Role.OWNER: ("👑", mark("Owner")),
    Role.OPERATOR: ("🛠", mark("Operator")),
    Role.FINANCE: ("💰", mark("Finance")),
    Role.SUPPORT: ("🎧", mark("Support")),
}


def role(value: Role, words: Words) -> str:
    sign, name = ROLES[value]
    return f"{sign} {words.plain(name)}"


def lines(*parts: str | Markup | None) -> Markup:
    """The parts that say something, one below the other; bare text is escaped."""
    return LINE.join(part for part in parts if part is not None)


def dotted(*parts: str | Markup | None) -> Markup:
    return DOT.join(part for part in parts if part)


def back(words: Words, data: str) -> list[Button]:
    return [Button(words.plain("‹ Back"), data)]


def named(thing: Category | Service, words: Words) -> str:
    return f"{thing.emoji} {words.pick(thing.names)}".strip()


def short(text: str, most: int) -> str:
    """Cut for a button."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def secret(text: str) -> Markup:
    """Covered until it is tapped: phone numbers are not read over somebody's shoulder."""
    return Markup("<tg-spoiler>{}</tg-spoiler>").format(text)


def sign(member: Staff, talk: Talk) -> str:
    """How a member of staff is called in the log and by people."""
    return member.name or talk.person.name or str(member.telegram_id)


async def me(talk: Talk) -> Staff:
    """The member who acts. Raises Unknown for somebody who was removed a moment ago."""
    member = await talk.core.staff.member(telegram_id=talk.incoming.user_id)
    if member is None:
        raise Unknown("command")
    return member


@asynccontextmanager
async def acting(
    talk: Talk, action: str, *, subject: str = "", reason: str = "", person_id: int | None = None
) -> AsyncIterator[None]:
    """The act inside goes into the log together with what it changes: by whom, to whom and why."""
    member = await me(talk)
    async with talk.core.staff.acting(
        telegram_id=member.telegram_id, name=sign(member, talk), action=action, subject=subject,
        reason=reason, person_id=person_id, now=talk.now,
    ):  # fmt: skip
        yield


async def looked(talk: Talk, action: str, *, subject: str, reason: str) -> None:
    """What was only looked at or handed out goes into the log, too."""
    member = await me(talk)
    await talk.core.staff.log(
        telegram_id=member.telegram_id, name=sign(member, talk), action=action, subject=subject,
        reason=reason, now=talk.now,
    )  # fmt: skip


async def files_of(core: Core, ids: Sequence[int | None]) -> tuple[File, ...]:
    """Kept files by their ids, with the kind each really is."""
    wanted = [i for i in ids if i is not None]
    kept = {one.id: one for one in await core.store.find(Kept, id=wanted)}
    return tuple(File(name=kept[i].name, mime=kept[i].mime, file_id=i) for i in wanted if i in kept)


Shown = Callable[..., Awaitable[Screen | None]]


def below(handler: Shown) -> Callable[..., Awaitable[None]]:
    """The screen as a message of its own: the card that carries the button belongs to everybody and stays."""

    @wraps(handler)
    async def send(talk: Talk, *ids: Any) -> None:
        screen = await handler(talk, *ids)
        if screen is not None:
            chat, thread = talk.incoming.chat_id, talk.incoming.thread_id
            await talk.messenger.send(chat, screen, thread_id=thread)

    return send
