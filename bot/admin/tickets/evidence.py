"""All that is known of a ticket's order, put into the topic when somebody wants to see it."""

from collections.abc import Sequence

from bot.admin.orders.whole import whole
from bot.admin.parts import files_of
from bot.admin.tickets import evidence_screens as screens
from bot.conversation import Talk
from bot.screen import File, Screen
from bot.work_files import extra_files, work_files
from core.errors import Unknown

ALBUM = 10


async def show(talk: Talk, ticket_id: int) -> None:
    """One message below the other: the facts with the timeline, what was said, the photos."""
    ticket = await talk.core.support.ticket(ticket_id=ticket_id)
    if ticket.order_id is None:
        raise Unknown("order")
    one = await whole(talk.core, order_id=ticket.order_id, now=talk.now)
    said = await talk.core.relay.evidence(order_id=ticket.order_id)
    shots = await work_files(talk.core, one.view, talk.words)
    shots += await extra_files(talk.core, ticket.order_id, talk.words)
    sent = await files_of(talk.core, [line.file_id for line in said])
    words, now = talk.words, talk.now
    for screen in (
        *screens.facts(words, ticket, one, now=now),
        *screens.conversation(words, one, said, now=now),
        *_albums(screens.sent_files(words), sent), *_albums(screens.photos(words), shots),
    ):  # fmt: skip
        chat, thread = talk.incoming.chat_id, talk.incoming.thread_id
        await talk.messenger.send(chat, screen, thread_id=thread)


def _albums(head: Screen, files: Sequence[File]) -> list[Screen]:
    """Nothing where there are none."""
    return [
        Screen(head.text, files=tuple(files[first : first + ALBUM]))
        for first in range(0, len(files), ALBUM)
    ]
