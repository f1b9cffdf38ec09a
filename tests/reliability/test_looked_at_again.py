"""A step makes look again only where something stands about its order, or is on its way: nowhere else a row for it."""

from datetime import timedelta

import pytest

from core.letters import STANDING
from core.orders.model import Order, Pay
from core.people.model import Person, Provider
from db.cards import put_card
from db.ops import Op
from tests.listening import listening
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("X3", "C13")

START = NOON + timedelta(days=1)


async def offered(here: Town) -> tuple[Order, Provider, Person]:
    await here.service()
    provider = await here.provider(here.services[0])
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START, pay=Pay.ON_SITE)
    return await here.place(customer.id), provider, customer


async def all_sent(here: Town) -> None:
    await here.database.apply([Op("UPDATE outbox SET state = 'done' WHERE state = 'waiting'")])


async def accepts(here: Town, order: Order, provider: Provider) -> list[tuple[str, int | None]]:
    """(bot, person) of each chat that is looked at again for it."""
    await here.core.jobs.accept(order_id=order.id, person_id=provider.person_id, now=here.now)
    rows = await here.database.fetch(
        "SELECT bot, person_id FROM outbox WHERE kind = ? AND subject = ? ORDER BY bot",
        [STANDING, order.id],
    )
    return [(bot, person) for bot, person in rows]


async def stands(here: Town, order: Order, bot: str, person: Person | None = None) -> None:
    """A message about it has been sent to this side and stands there."""
    chat = person.telegram_id if person else 0
    letter = here.new_id()
    sent = (
        "INSERT INTO outbox (id, key, bot, chat_id, person_id, kind, subject, state)"
        " VALUES (?, ?, ?, ?, ?, 'paid', ?, 'done')"
    )
    of = person.id if person else None
    card = put_card(bot, chat or -100, 7, "paid", order.id, letter=letter)
    row = [letter, f"paid:{bot}:{order.id}", bot, chat, of, order.id]
    await here.database.apply([Op(sent, row), card])


async def test_where_nothing_stands_nothing_is_written(here: Town) -> None:
    order, provider, _ = await offered(here)
    await all_sent(here)
    assert await accepts(here, order, provider) == []


async def test_where_something_stands_that_chat_alone_is_looked_at(here: Town) -> None:
    order, provider, customer = await offered(here)
    await all_sent(here)
    await stands(here, order, "customer", customer)
    await stands(here, order, "admin")
    assert await accepts(here, order, provider) == [("admin", None), ("customer", customer.id)]


async def test_what_is_on_its_way_may_stand_when_it_arrives(here: Town) -> None:
    """It was perhaps put into words already, and is not yet noted as sent."""
    order, provider, _ = await offered(here)
    await here.database.apply(
        [Op("UPDATE outbox SET state = 'done' WHERE state = 'waiting' AND bot <> 'provider'")]
    )
    assert await accepts(here, order, provider) == [("provider", provider.person_id)]


async def test_another_order_of_the_same_people_changes_nothing(here: Town) -> None:
    order, provider, customer = await offered(here)
    await here.wants(customer, provider, START + timedelta(hours=5), pay=Pay.ON_SITE)
    other = await here.place(customer.id)
    await all_sent(here)
    await stands(here, other, "customer", customer)
    assert await accepts(here, order, provider) == []


async def test_it_costs_a_step_one_statement(here: Town) -> None:
    order, provider, _ = await offered(here)
    with listening(here.database) as heard:
        await accepts(here, order, provider)
    assert sum(" FROM card c JOIN outbox " in sql for sql in heard.written) == 1
