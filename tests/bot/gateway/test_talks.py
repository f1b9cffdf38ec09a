"""What is known when something arrives comes in one read, on both databases."""

from datetime import UTC, datetime

from bot.conversation import Incoming
from bot.gateway.talks import Talks
from core.people.model import Person
from db.cards import CardTable
from db.conversations import ConversationTable
from db.engine import Database
from db.ops import Op
from db.rows import shape

NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)


def tap(message_id: int) -> Incoming:
    return Incoming(bot="customer", update_id=1, chat_id=5, user_id=5, message_id=message_id)


async def test_of_a_stranger_nothing_is_known(db: Database) -> None:
    known = await Talks(ConversationTable(db)).load(tap(7))
    assert (known.person, known.step, known.memory, known.on_card) == (None, "", {}, False)


async def test_person_step_memory_and_card_come_together(db: Database) -> None:
    person = Person(id=1, telegram_id=5, name="Ann", created_at=NOW, seen_at=NOW)
    of = shape(Person)
    await db.apply([Op(of.insert, of.values(person))])
    talks = Talks(ConversationTable(db))
    await talks.save(tap(7), "address", {"live": 7, "name": "安"})
    await CardTable(db).put("customer", 5, 7, "order", 42)
    known = await talks.load(tap(7))
    assert known.person is not None
    assert known.person.created_at == NOW
    assert known.person.model_dump() == person.model_dump()
    assert (known.step, known.memory, known.on_card) == ("address", {"live": 7, "name": "安"}, True)
    assert not (await talks.load(tap(8))).on_card
