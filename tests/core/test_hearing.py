"""Whom the staff may ask about a ticket, what crosses to them, and who may answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import NotAllowedNow, Unknown
from core.support.hearing import Hearing
from core.support.model import Ticket
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("A5")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def hearing(place: Town) -> Hearing:
    return Hearing(store=place.store, rules=place.rules, new_id=place.new_id)


async def test_a_ticket_without_an_order_has_no_other_side(place: Town) -> None:
    ann = await place.person()
    ticket: Ticket = await place.support.open(
        person_id=ann.id, bot="customer", author="Ann", text="Hello?", files=[], key="u:1", now=NOW
    )
    with pytest.raises(NotAllowedNow):
        await hearing(place).asking(ticket_id=ticket.id)
    with pytest.raises(Unknown):
        await hearing(place).own(heard_id=1, person_id=ann.id, bot="customer")


async def test_contact_data_crosses_to_nobody(place: Town) -> None:
    said = hearing(place).crosses(text="  Call 13812345678 or mail a@b.com  ")
    assert "138" not in said
    assert "b.com" not in said
