"""What people are told about their questions: the staff's answer, and that a conversation is closed."""

from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, File, Screen, press
from bot.support import heard
from bot.support.parts import home_row, lines
from bot.support.tickets import KINDS, came_of, to_use
from core.errors import Unknown
from core.services import Core


async def ticket_answer(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """What the staff said, with a button that lets one type on."""
    try:
        ticket = await core.support.ticket(ticket_id=letter.subject)
        said = await core.support.one_said(said_id=int(letter.facts.get("said", 0)))
    except Unknown:
        return None
    name = (said.author.split() or [""])[0]
    by = words("💬 <b>{name}, support</b> · {number}", name=name, number=ticket.number)
    anybody = words("💬 <b>Support</b> · {number}", number=ticket.number)
    text = lines(by if name else anybody, Markup("{}").format(said.text))
    rows = [
        [Button(words.plain("↩️ Answer"), press("tanswer", ticket.id), style="primary")],
        [Button(words.plain("✅ It's solved"), press("solved", ticket.id))],
    ]
    card = Card("ticket_said", said.id)
    return Screen(text, rows, files=await _files(core, said.files), card=card)


async def _files(core: Core, ids: list[int]) -> tuple[File, ...]:
    """Stored files by id, with their kind: that says how they are sent."""
    found = []
    for file_id in ids:
        kept = await core.files.read(file_id)
        if kept is not None:
            found.append(File(name=kept[0], mime=kept[1], file_id=file_id))
    return tuple(found)


async def ticket_closed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    if not letter.facts.get("by_staff"):
        return None
    ticket = await core.support.ticket(ticket_id=letter.subject)
    days = core.rules.number("reopen_days")
    order = await core.support.order_of(ticket=ticket)
    text = lines(
        words("✅ <b>{kind} {number} is closed.</b>", kind=words.plain(KINDS[ticket.kind][0]),
              number=ticket.number),
        *came_of(ticket, order, words),
        words.plural("Not settled? You can open it again for {n} day.",
                     "Not settled? You can open it again for {n} days.", days) if days else None,
    )  # fmt: skip
    again = Button(words.plain("🔁 Open it again"), press("tanswer", ticket.id))
    rows = [*to_use(ticket, words), *([[again]] if days else [])]
    return Screen(text, [*rows, home_row(words, ticket.bot)])


LETTERS: dict[str, Renderer] = {
    "ticket_answer": ticket_answer, "ticket_closed": ticket_closed, "heard": heard.letter,
    "heard_card": heard.turned,
}  # fmt: skip
