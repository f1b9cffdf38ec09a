"""How often one order makes the customer's phone ring: every message that sounds is counted, edits and silent ones not.

In its ordinary life an order is paid (or not), accepted, reminded of twice, done and reviewed: six at most.
"""

from datetime import timedelta
from typing import Any

import pytest

from bot.customer import LETTERS
from bot.i18n import Words
from bot.screen import Screen
from core.letters import STANDING
from core.orders.model import Order, Pay
from core.people.model import Provider
from db.codec import as_json
from tests.reliability.test_moving import START, opened
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("C13", "C22")

MOST = 6


class Phone:
    """Reads the customer's outbox as delivery would, at once, and remembers what rang."""

    def __init__(self, here: Town) -> None:
        self.here, self.seen, self.rang = here, 0, list[str]()

    async def look(self) -> None:
        sql = (
            "SELECT id, kind, subject, version, person_id, facts FROM outbox"
            " WHERE bot = 'customer' AND id > ? ORDER BY id"
        )
        for row in await self.here.database.fetch(sql, [self.seen]):
            self.seen = row[0]
            if row[1] == STANDING:  # says nothing itself
                continue
            screen = await LETTERS[row[1]](
                self.here.core, _Letter(*row[2:]), Words("en", "Asia/Shanghai"), self.here.now
            )
            if screen is not None and _rings(screen):
                self.rang.append(row[1])


class _Letter:
    def __init__(self, subject: int, version: int, person_id: int, facts: Any) -> None:
        self.subject, self.version, self.person_id = subject, version, person_id
        self.facts = as_json(facts)


def _rings(screen: Screen) -> bool:
    edited = screen.card is not None and not screen.card.anew
    return not screen.quiet and not edited


@pytest.mark.parametrize("pay", [Pay.FULL, Pay.DEPOSIT, Pay.ON_SITE])
async def test_an_ordinary_order_rings_six_times_at_most(here: Town, pay: Pay) -> None:
    provider = await opened(here)
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START + timedelta(days=1, hours=4), pay=pay)
    order, phone = await here.place(customer.id), Phone(here)
    if pay is not Pay.ON_SITE:
        await here.pay(order)
    await phone.look()
    me = {"order_id": order.id, "person_id": provider.person_id}
    await here.core.jobs.accept(now=here.now, **me)
    await phone.look()
    while here.now < order.starts_at - timedelta(minutes=20):
        here.now += timedelta(minutes=20)
        await here.sweep.run()
        await phone.look()
    for verb in ("depart", "arrive", "start", "finish"):
        code = {"code": order.start_code} if verb == "start" else {}
        await getattr(here.core.jobs, verb)(now=here.now, **me, **code)
        await phone.look()
        here.now += timedelta(minutes=15)
    rest = (await _fresh(here, order)).to_pay_on_site
    if rest:
        await here.core.jobs.state_cash(amount=rest, now=here.now, **me)
        await phone.look()
        await here.core.cash.confirm(
            order_id=order.id, customer_id=customer.id, amount=rest, now=here.now
        )
    await here.sweep.run()
    await phone.look()
    print(pay, phone.rang)
    assert {"accepted", "remind_day", "remind_soon", "on_the_way", "arrived"} <= set(phone.rang)
    assert len(phone.rang) <= MOST


@pytest.mark.feature("C17")
async def test_whoever_is_failed_twice_in_a_row_still_hears_no_more_than_six(here: Town) -> None:
    """Each lateness and each new promise rings; so the way and the end of the third come without a sound."""
    provider = await opened(here)
    others = {p.id: p for p in [provider, await here.provider(), await here.provider()]}
    [customer] = await here.customers(1)
    await here.wants(customer, provider, START, pay=Pay.ON_SITE)
    order, phone = await here.place(customer.id), Phone(here)
    me = {"order_id": order.id, "person_id": provider.person_id}
    await here.core.jobs.accept(now=here.now, **me)
    here.now = order.starts_at
    for _ in range(2):
        await _is_late(here, phone, order)
        await here.core.lateness.replace(order_id=order.id, customer_id=customer.id, now=here.now)
        me = await _somebody_else(here, order, others)
        await phone.look()
    for verb in ("depart", "arrive", "start", "finish"):
        code = {"code": order.start_code} if verb == "start" else {}
        await getattr(here.core.jobs, verb)(now=here.now, **me, **code)
        await phone.look()
    await here.core.jobs.state_cash(
        amount=(await _fresh(here, order)).to_pay_on_site, now=here.now, **me
    )
    await phone.look()
    assert phone.rang == ["accepted", "late", "accepted", "late", "accepted", "arrived"]


async def _is_late(here: Town, phone: Phone, order: Order) -> None:
    while not (await _fresh(here, order)).running_late:
        await here.sweep.run()
        await phone.look()
        here.now += timedelta(minutes=5)


async def _somebody_else(here: Town, order: Order, who: dict[int, Provider]) -> dict[str, int]:
    """The first of those who are asked takes it."""
    await here.sweep.run()
    ask = (await here.core.at_once.open_asks(order_id=order.id))[0]
    me = {"order_id": order.id, "person_id": who[ask.provider_id].person_id}
    await here.core.jobs.accept(now=here.now, **me)
    return me


async def _fresh(here: Town, order: Order) -> Order:
    found = await here.built.store.get(Order, id=order.id)
    assert found is not None
    return found
