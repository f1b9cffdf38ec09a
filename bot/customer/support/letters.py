"""What customers are told about their questions: the staff's answer, and that a conversation is closed."""

from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import home_row, lines
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Button, File, Screen, press
from core.errors import Unknown
from core.services import Core


async def ticket_answer(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """What the staff said, with a button that lets one type on."""
    try:
        ticket = await core.support.ticket(ticket_id=letter.subject)
        said = await core.support.one_said(said_id=int(letter.facts.get("said", 0)))
    except Unknown:
        return None
    text = lines(
        words("💬 <b>Support</b> · {number}", number=ticket.number), Markup("{}").format(said.text)
    )
    rows = [
        [Button(words.plain("↩️ Answer"), press("tanswer", ticket.id), style="primary")],
        [Button(words.plain("✅ It's solved"), press("solved", ticket.id))],
    ]
    return Screen(text, rows, files=await _files(core, said.files))


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
    text = words(
        "✅ Your question {number} is closed. Anything else? Just ask again.", number=ticket.number
    )
    again = Button(words.plain("💬 Ask us"), press("ask"))
    return Screen(text, [[again], home_row(words)])


LETTERS: dict[str, Renderer] = {"ticket_answer": ticket_answer, "ticket_closed": ticket_closed}
