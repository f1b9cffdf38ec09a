"""The controls of the invariant checker: each invariant is red when the data it watches is spoilt."""

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.people.model import Provider
from db.engine import Database
from db.ledger_triggers import DROP
from tests.databases import DIALECTS, scratch_url
from tests.db.invariants import INVARIANTS, broken, questions
from tests.reliability.purse import banked, earns, withdraws
from tests.reliability.town import NOON, Town, town

START = NOON + timedelta(days=1)
WAITING = (
    "INSERT INTO waiting (id, person_id, service_id, day, first_min, last_min, minutes, lat, lon, wish, state,"
    " joined_at) SELECT id, customer_id, service_id, 1, 0, 1, 1, 0, 0, '{{}}', '{}', created_at FROM orders"
    " WHERE id = :paid"
)
SERIES = (
    "INSERT INTO series (id, customer_id, provider_id, service_id, rhythm, day, minute, zone, wish, price, next_index,"
    " state, created_at) SELECT 1, customer_id, provider_id, service_id, 'weekly', 1, 1, '', '{{}}', 1, 1, '{}',"
    " created_at FROM orders WHERE id = :paid"
)
SPOILT: dict[str, tuple[str, ...]] = {
    "claim_of_nobody": ("UPDATE slot_claim SET order_id = 5 WHERE order_id = :firm",),
    "asked_of_nobody": (
        "INSERT INTO ask (id, order_id, provider_id, person_id, prices, starts_at, until, wave, answer)"
        " SELECT id, id, provider_id, customer_id, '{}', starts_at, starts_at, 1, '' FROM orders"
        " WHERE id = :paid",
    ),
    "hold_or_firm": ("UPDATE slot_claim SET expires_at = NULL WHERE order_id = :held",),
    "time_not_claimed": (
        "DELETE FROM slot_claim WHERE order_id = :firm AND cell ="
        " (SELECT MAX(cell) FROM slot_claim WHERE order_id = :firm)",
    ),
    "proposed_not_held": (
        "DELETE FROM slot_claim WHERE order_id = :asked AND expires_at IS NOT NULL",
    ),
    "proposal_out_of_place": ("UPDATE orders SET proposed_by = '' WHERE id = :asked",),
    "two_at_once": (
        "UPDATE orders SET starts_at = (SELECT starts_at FROM orders WHERE id = :firm)"
        " WHERE id = :paid",
    ),
    "no_time_for_the_way": ("UPDATE orders SET lat = lat + 0.3 WHERE id = :paid",),
    "unbalanced": (
        "UPDATE ledger_leg SET amount = amount + 1 WHERE line = 1",
        "UPDATE balance SET amount = amount + 1 WHERE account LIKE 'gateway:%'",
    ),
    "unsealed": ("DELETE FROM ledger_transaction",),
    "balance_differs": ("UPDATE balance SET amount = amount - 1 WHERE account LIKE 'gateway:%'",),
    "charge_not_posted": ("""UPDATE payment SET charges = '{"other": 20000}'""",),
    "posting_not_charged": ("UPDATE payment SET charges = '{}'",),
    "refund_not_posted": ("UPDATE refund SET state = 'unknown'",),
    "dispute_not_posted": ("""UPDATE payment SET disputes = '{"du_1": 5}'""",),
    "posting_not_disputed": (
        "UPDATE ledger_transaction SET kind = 'charged_back' WHERE kind = 'captured'",
    ),
    "order_and_book_differ": ("UPDATE orders SET paid = paid - 1 WHERE id = :paid",),
    "customer_account_open": ("UPDATE orders SET state = 'closed' WHERE id = :paid",),
    "too_much_back": ("UPDATE orders SET refund_due = paid + 1 WHERE id = :paid",),
    "versions_with_gaps": ("DELETE FROM order_step WHERE order_id = :paid AND version = 1",),
    "state_without_history": ("UPDATE orders SET state = 'accepted' WHERE id = :paid",),
    "move_not_allowed": ("UPDATE order_step SET actor = 'customer' WHERE verb = 'pay'",),
    "coupon_count": ("UPDATE coupon SET used = used + 1",),
    "coupon_code": (
        "INSERT INTO coupon_code (id, coupon_id, code, holder_id, order_id)"
        " SELECT 1, id, 'X', NULL, :held FROM coupon",
    ),
    "coupon_of_nobody": ("DELETE FROM coupon_use",),
    "day_too_full": ("UPDATE provider SET daily_max = 1",),
    "too_many_holds": ("UPDATE orders SET customer_id = (SELECT MIN(customer_id) FROM orders)"
                       " WHERE state = 'unpaid'",),
    "finished_count": ("INSERT INTO order_step (id, order_id, version, verb, from_state, to_state,"
                       " actor, actor_id, at, facts) SELECT id + 1000000000, order_id, 9, 'finish', 'working',"
                       " 'finished', 'provider', 1, at, facts FROM order_step"
                       " WHERE order_id = :firm AND version = 1",),
    "payout_not_posted": ("UPDATE payout SET state = 'paid'",),
    "payout_amount_differs": ("UPDATE payout SET amount = amount + 1",),
    "withdrawn_beyond_earned": ("UPDATE balance SET amount = 1 WHERE account LIKE 'provider:%:available'",),
    "approved_by_one": ("UPDATE payout SET state = 'approved'",),
    "no_timer_release": ("DELETE FROM timer WHERE kind = 'order.release'",),
    "no_timer_unpaid": ("DELETE FROM timer WHERE kind = 'order.expire'",),
    "no_timer_offered": ("DELETE FROM timer WHERE kind = 'order.time_out'",),
    "no_timer_proposal": ("DELETE FROM timer WHERE kind = 'order.proposal_over'",),
    "no_timer_search": ("UPDATE orders SET state = 'searching' WHERE id = :paid",),
    "no_timer_choice": ("UPDATE orders SET state = 'choosing' WHERE id = :paid",),
    "no_timer_late": ("UPDATE orders SET state = 'accepted' WHERE id = :firm",),
    "no_timer_told": (WAITING.format("told"),),
    "no_timer_line": (WAITING.format("waiting"),),
    "no_timer_cash": ("UPDATE orders SET state = 'finished', cash_stated = 1 WHERE id = :firm",),
    "no_timer_payment": ("UPDATE payment SET state = 'open'", "DELETE FROM timer"),
    "no_timer_refund": ("UPDATE refund SET state = 'pending'", "DELETE FROM timer"),
    "no_timer_notice": (
        "INSERT INTO notice (id, key, method, payment_number, fact, body, received_at)"
        " VALUES (1, 'k', 'card', '', '{}', '', '2026-05-04 02:00:00+00:00')",
    ),
    "no_timer_series": (SERIES.format("active"),),
    "no_timer_ask_pay": ("UPDATE orders SET series_id = 1 WHERE id = :held",),
    "timer_of_stopped_series": (
        SERIES.format("stopped"),
        "INSERT INTO timer (key, kind, subject_id, due_at) VALUES ('k', 'series.roll', 1, 1)",
    ),
    "letter_missing": ("DELETE FROM outbox WHERE kind = 'paid'",),
    "letter_in_no_state": ("UPDATE outbox SET state = 'done' WHERE kind = 'paid'",),
    "letter_waits": ("UPDATE outbox SET due_at = 0",),
    "letter_failed": ("UPDATE outbox SET state = 'failed', error = 'no'",),
    "update_waits": ("INSERT INTO inbox (bot, update_id, lane, body, received_at)"
                     " VALUES ('customer', 1, 1, '', 0)",),
    "update_parked": ("INSERT INTO inbox (bot, update_id, lane, body, received_at, parked_at)"
                      " VALUES ('customer', 1, 1, '', 0, 1)",),
    "timer_waits": ("UPDATE timer SET due_at = 0",),
}  # fmt: skip


async def lived_in(here: Town) -> dict[str, Order]:
    """An order of each kind: on site, held twice, paid with a coupon, paid and cancelled again, asked to be moved;
    and a payout.
    """
    service = await here.service()
    provider = await here.provider(service)
    await here.coupon(uses=5)
    names = ["firm", "held", "held_too", "held_last", "paid", "gone", "asked"]
    orders: dict[str, Order] = {}
    for number, (name, who) in enumerate(zip(names, await here.customers(7), strict=True)):
        await here.wants(
            who, provider, START + timedelta(hours=number),
            pay=Pay.ON_SITE if name in ("firm", "asked") else Pay.FULL,
            coupon="SPRING" if name == "paid" else None,
        )  # fmt: skip
        orders[name] = await here.place(who.id)
    await here.core.payments.begin(
        order_id=orders["held"].id, customer_id=orders["held"].customer_id, language="en",
        now=here.now,
    )  # fmt: skip
    await here.pay(orders["paid"])
    await here.pay(orders["gone"])
    by = By(Actor.CUSTOMER, orders["gone"].customer_id)
    await here.core.orders.cancel(order_id=orders["gone"].id, by=by, now=here.now)
    asked = {"order_id": orders["asked"].id, "person_id": provider.person_id, "now": here.now}
    await here.core.jobs.accept(**asked)
    await here.core.moving.ask(start=START + timedelta(hours=8), **asked)
    await here.sweep.run()
    await _withdrawn(here, provider)
    return orders


async def _withdrawn(here: Town, provider: Provider) -> None:
    """Part of what he earned is on its way to him, something else is on hold."""
    here.core.rules.update({"payout_hold_days": "0"})
    await earns(here, provider, 20_000)
    await here.sweep.run()
    here.core.rules.update({})
    await earns(here, provider, 10_000)
    await here.sweep.run()
    await banked(here, provider)
    await withdraws(here, provider, 10_000)


async def breaks(url: str, statements: Sequence[str], question: str) -> bool:
    """Whether the question finds a breach after the damage, which is then taken back."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        connection = sqlite3.connect(address.database or "", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        for statement in (*DROP["sqlite"], *statements):
            connection.execute(statement)
        found: Sequence[Any] = connection.execute(question).fetchall()
        connection.execute("ROLLBACK")
        connection.close()
        return bool(found)
    server = await asyncpg.connect(
        address.set(drivername="postgresql").render_as_string(hide_password=False)
    )
    transaction = server.transaction()
    await transaction.start()
    for statement in (*DROP["postgresql"], *statements):
        await server.execute(statement)
    found = await server.fetch(question)
    await transaction.rollback()
    await server.close()
    return bool(found)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_each_invariant_is_red_when_its_data_is_spoilt(dialect: str, tmp_path: Path) -> None:
    async with scratch_url(dialect, tmp_path) as url:
        database = await Database.open(url)
        try:
            async with town(database, url, tmp_path) as here:
                orders = await lived_in(here)
                assert await broken(database, now=here.now) == {}
                asked = questions(dialect=dialect, now=here.now, quiet=True)
                assert asked.keys() == SPOILT.keys() == {each.name for each in INVARIANTS}
                dull = [
                    name
                    for name, statements in SPOILT.items()
                    if not await breaks(
                        url, [_with_ids(s, orders) for s in statements], asked[name]
                    )
                ]
                assert dull == []
                assert await broken(database, now=here.now) == {}
        finally:
            await database.close()


def _with_ids(statement: str, orders: dict[str, Order]) -> str:
    for name in sorted(orders, key=len, reverse=True):
        statement = statement.replace(f":{name}", str(orders[name].id))
    return statement
