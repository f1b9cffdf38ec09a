"""A ticket is a conversation in which nothing is said twice and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import Invalid, NotAllowedNow, Unknown
from core.people.model import Person
from core.support.model import Ticket, TicketState
from tests.builders import NOW, Town, town


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


async def opened(place: Town) -> tuple[Ticket, Person]:
    ann = await place.person()
    ticket = await place.support.open(
        person_id=ann.id, bot="customer", author=ann.name, text="Hello?", files=[], key="u:1",
        now=NOW,
    )  # fmt: skip
    return ticket, ann


@pytest.mark.feature("C19")
async def test_a_question_goes_to_staff_and_the_answer_comes_back(place: Town) -> None:
    ticket, ann = await opened(place)
    answered = await place.support.answer(
        ticket_id=ticket.id, author="Mei", staff_id=5, text="Hello!", files=[], key="a:1", now=NOW
    )
    assert answered.state is TicketState.ANSWERED
    assert await place.support.with_whom(ticket=answered) == "Mei"
    again = await place.support.say(
        ticket_id=ticket.id, person_id=ann.id, author="Ann", text="Thanks", files=[], key="u:2",
        now=NOW, bot="customer",
    )  # fmt: skip
    assert again.state is TicketState.OPEN
    said = [(one.from_staff, one.text) for one in await place.support.said(ticket_id=ticket.id)]
    assert said == [(False, "Hello?"), (True, "Hello!"), (False, "Thanks")]
    rows = await place.database.fetch("SELECT kind, bot FROM outbox WHERE kind = 'ticket_answer'")
    assert rows == [("ticket_answer", "customer")]


async def test_an_update_handled_twice_is_said_once(place: Town) -> None:
    ticket, ann = await opened(place)
    same = await place.support.open(
        person_id=ann.id, bot="customer", author="Ann", text="Hello?", files=[], key="u:1", now=NOW
    )
    assert same.id == ticket.id
    for _ in range(2):
        await place.support.say(
            ticket_id=ticket.id, person_id=ann.id, author="Ann", text="More", files=[], key="u:2",
            now=NOW, bot="customer",
        )  # fmt: skip
    assert len(await place.support.said(ticket_id=ticket.id)) == 2


async def test_both_sides_may_write_at_once(place: Town) -> None:
    ticket, ann = await opened(place)
    told = {"ticket_id": ticket.id, "files": [], "now": NOW}
    await asyncio.gather(
        *(place.support.say(person_id=ann.id, bot="customer", author="Ann", text=str(n), key=f"u:{n}", **told)
          for n in range(2, 4)),
        *(place.support.answer(author="Mei", staff_id=5, text=str(n), key=f"a:{n}", **told)
          for n in range(2, 4)),
    )  # fmt: skip
    assert len(await place.support.said(ticket_id=ticket.id)) == 5


async def test_closed_foreign_and_empty_are_refused(place: Town) -> None:
    ticket, ann = await opened(place)
    told = {"ticket_id": ticket.id, "author": "x", "files": [], "now": NOW, "key": "u:9"}
    with pytest.raises(Unknown):
        await place.support.say(person_id=ann.id + 1, bot="customer", text="Hi", **told)
    with pytest.raises(Invalid):
        await place.support.say(person_id=ann.id, bot="customer", text="  ", **told)
    with pytest.raises(Unknown):
        await place.support.say(person_id=ann.id, bot="provider", text="Hi", **told)
    await place.support.close(ticket_id=ticket.id, by_staff=True, now=NOW)
    await place.support.close(ticket_id=ticket.id, by_staff=True, now=NOW)
    with pytest.raises(NotAllowedNow):
        await place.support.answer(text="Hi", staff_id=5, **told)
    assert await place.support.present(person_id=ann.id, bot="customer") is None


async def test_who_types_on_after_the_end_takes_the_same_ticket_up_again(place: Town) -> None:
    ticket, ann = await opened(place)
    await place.support.close(ticket_id=ticket.id, by_staff=True, now=NOW)
    again = await place.support.say(
        ticket_id=ticket.id, person_id=ann.id, author="Ann", text="Still!", files=[], key="u:2",
        now=NOW, bot="customer",
    )  # fmt: skip
    assert (again.id, again.state) == (ticket.id, TicketState.OPEN)
    rows = await place.database.fetch("SELECT facts FROM outbox WHERE kind = 'ticket' ORDER BY id")
    assert [("again" in str(facts)) for (facts,) in rows] == [False, True]
