"""How the staff and their roles look."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines, role, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.people.model import Role, Staff

REMOVED = mark("removed")
PAGE = 6


def _name(member: Staff) -> str:
    return member.name or str(member.telegram_id)


def _ranked(members: Sequence[Staff]) -> list[Staff]:
    return sorted(members, key=lambda m: (list(Role).index(m.role), m.name))


def page_with(members: Sequence[Staff], telegram_id: int) -> int:
    """The page of the list on which this member stands."""
    ids = [member.telegram_id for member in _ranked(members)]
    return ids.index(telegram_id) // PAGE


def staff(
    words: Words, members: Sequence[Staff], number: int, *, changes: bool, now: datetime
) -> Screen:
    page = Page.of(_ranked(members), number, PAGE)
    told = [
        dotted(
            Markup("<b>{}</b>").format(_name(m)),
            role(m.role, words),
            words("since {day}", day=words.date(words.local(m.added_at).date())),
        )
        for m in page.items
    ]
    rows = [[Button(short(f"✏️ {_name(m)}", 30), press("sm", m.telegram_id))] for m in page.items]
    plus = [Button(words.plain("➕ Add somebody"), press("sa"), style="primary")]
    shown = [*rows, *page.turns("st"), plus] if changes else page.turns("st")
    return Screen(lines(words("👥 <b>Staff</b>"), Markup(""), *told), shown)


def add(words: Words, *, unclear: bool = False) -> Screen:
    text = lines(
        words("I couldn't tell who that is.") if unclear else None,
        words("<b>Who is to join?</b>"),
        words("Share their contact, forward one of their messages, or type their Telegram id."),
        words("Or answer one of their messages with /staff add."),
    )
    return Screen(text, [back(words, press("st", 0))])


def choose_role(words: Words, telegram_id: int, name: str) -> Screen:
    text = lines(
        words("<b>{name}</b> ({id})", name=name or words("No name yet"), id=telegram_id),
        words("Which role?"),
    )
    return Screen(text, [*_roles(words, telegram_id), back(words, press("st", 0))])


def _roles(words: Words, telegram_id: int, present: Role | None = None) -> list[list[Button]]:
    buttons = [
        Button(role(r, words), press("sr", telegram_id, r.value)) for r in Role if r is not present
    ]
    return grid(buttons)


def member(words: Words, found: Staff) -> Screen:
    text = lines(
        words("<b>{name}</b> ({id})", name=_name(found), id=found.telegram_id),
        words("Now: {role}. Another role?", role=role(found.role, words)),
    )
    remove = [Button(words.plain("Remove"), press("sd", found.telegram_id), style="danger")]
    rows = _roles(words, found.telegram_id, found.role)
    return Screen(text, [*rows, remove, back(words, press("st", 0))])


def ask_dismiss(words: Words, found: Staff) -> Screen:
    text = lines(
        words("Remove <b>{name}</b> ({role})?", name=_name(found), role=role(found.role, words)),
        words("All rights end at once."),
    )
    yes = Button(words.plain("Yes, remove"), press("sdy", found.telegram_id), style="danger")
    return Screen(text, [[yes], back(words, press("sm", found.telegram_id))])


def still_in(words: Words, gone: Staff) -> Screen:
    text = lines(
        words("🚪 <b>{name}</b> ({role}) has left this group.", name=_name(gone),
              role=role(gone.role, words)),
        words("They keep their rights in private until you remove them."),
    )  # fmt: skip
    remove = Button(words.plain("Remove"), press("sdn", gone.telegram_id), style="danger")
    return Screen(text, [[remove]])


def left(words: Words) -> Screen:
    return Screen(words("You have left the staff."))
