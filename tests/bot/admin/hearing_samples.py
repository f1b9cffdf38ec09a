"""Every screen on which staff ask the other side of a ticket's order and see its evidence, with hostile names."""

from datetime import datetime

from bot.admin.orders.whole import Whole
from bot.admin.tickets import evidence_screens as evidence
from bot.admin.tickets import hearing_screens as screens
from bot.i18n import Words
from bot.screen import Screen
from core.people.model import Person
from core.relay.model import Relayed
from core.support.hearing import Asking
from core.support.model import Heard, Ticket

BIG = 9_000_000_000_000_000_000


def hearing_screens(
    words: Words, name: str, now: datetime, one: Whole, ticket: Ticket
) -> list[Screen]:
    person = Person(id=1, telegram_id=1, name=name, created_at=now, seen_at=now)
    shown = []
    for bot in ("customer", "provider"):
        asking = Asking(ticket, one.order, person, bot)
        shown += [screens.ask(words, asking), screens.sent(words, asking)]
        shown += [screens.sure(words, asking, name, names_asker=told) for told in (True, False)]
        shown += [
            screens.said(words, Heard(id=1, ticket_id=1, person_id=1, bot=bot, from_staff=staff,
                                      author=name, text=name, at=now), name, ())
            for staff in (True, False)
        ]  # fmt: skip
    said = [Relayed(id=n, order_id=1, provider_id=2, author_id=1, from_customer=True, text=name * 20,
                    at=now) for n in range(40)]  # fmt: skip
    return [
        *shown, *evidence.facts(words, ticket, one, now=now), evidence.photos(words),
        *evidence.conversation(words, one, said, now=now), evidence.sent_files(words),
        *evidence.conversation(words, one, [], now=now),
    ]  # fmt: skip
