"""Notices: only what Stripe signed, just now, for this shop; late, twice or out of order they end alike."""

import json
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.payments.keys import StripeKeys
from bot.payments.stripe.method import StripeMethod
from bot.sandbox.gateways.stripe.stand_in import sign
from core.payments.facts import Told, merge
from core.payments.method import NoticeRefused
from core.payments.model import PaymentState, Purpose
from core.payments.service import intend
from tests.bot.payments.stripe_town import KEY, NOW, SECRET, Town, intent, town


@pytest.fixture
async def stripe() -> AsyncIterator[Town]:
    async with town() as here:
        yield here


def method(*, key: str = KEY, secret: str = SECRET, shop: str = "doorstep") -> StripeMethod:
    return StripeMethod(
        keys=StripeKeys(key, secret, "http://127.0.0.1:1"), shop=shop, return_url="/"
    )  # fmt: skip


def event(**session: Any) -> dict[str, Any]:
    thing = {
        "id": "cs_1", "object": "checkout.session", "client_reference_id": "P1",
        "metadata": {"shop": "doorstep", "number": "P1"}, "payment_status": "paid",
        "payment_intent": "pi_1", "amount_total": 6000, "currency": "cny",
    }  # fmt: skip
    return {
        "id": "evt_1", "object": "event", "type": "checkout.session.completed",
        "livemode": False, "data": {"object": thing | session},
    }  # fmt: skip


def signed(content: dict[str, Any], *, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    body = json.dumps(content)
    return body.encode(), {"stripe-signature": sign(body=body, secret=secret, at=NOW)}


def refusal(
    raw: bytes, headers: dict[str, str], by: StripeMethod | None = None, age: int = 0
) -> str:
    with pytest.raises(NoticeRefused) as refused:
        (by or method()).read_notice(raw=raw, headers=headers, now=NOW + timedelta(seconds=age))
    return refused.value.reason


def test_1_000_altered_notices_are_all_refused() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    raw, headers = signed(event())
    ours = method()
    assert ours.read_notice(raw=raw, headers=headers, now=NOW) is not None
    for _ in range(1000):
        body, signature = bytearray(raw), headers["stripe-signature"]
        kind = rng.randrange(4)
        place = rng.randrange(len(body))
        if kind == 0:
            body[place] ^= 1 << rng.randrange(8)
        elif kind == 1:
            body = body[:place] + bytes(rng.randbytes(rng.randrange(1, 9))) + body[place:]
        elif kind == 2:
            del body[place : place + rng.randrange(1, 50)]
        else:
            at = rng.randrange(signature.index("v1=") + 3, len(signature))
            other = rng.choice([c for c in "0123456789abcdef" if c != signature[at]])
            signature = signature[:at] + other + signature[at + 1 :]
        assert refusal(bytes(body), {"Stripe-Signature": signature}, ours)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "t=",
        "v1=",
        "t=1777867200",
        "t=x,v1=0",
        "t=1777867200,v0=0",
        "t=1777867200,v1=é",
        ",,,",
        "=" * 9,
    ],
)
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    raw, _ = signed(event())
    assert refusal(raw, {"stripe-signature": signature}) == "signature"
    assert refusal(raw, {}) == "signature"


@pytest.mark.parametrize("age", [301, -301, 30 * 86400])
def test_an_old_notice_is_refused_and_one_from_the_future_too(age: int) -> None:
    assert refusal(*signed(event()), age=age) == "too old"


@pytest.mark.parametrize("age", [300, -300, 0])
def test_five_minutes_are_allowed(age: int) -> None:
    raw, headers = signed(event())
    now = NOW + timedelta(seconds=age)
    assert method().read_notice(raw=raw, headers=headers, now=now) is not None


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_nothing_is_believed(secret: str) -> None:
    assert refusal(*signed(event(), secret=secret), by=method(secret=secret)) == "no secret"


def test_another_secret_shop_mode_or_number_is_refused() -> None:
    assert refusal(*signed(event(), secret="whsec_other")) == "signature"
    assert refusal(*signed(event()), by=method(shop="other")) == "shop"
    assert refusal(*signed(event()), by=method(key="sk_live_1")) == "mode"
    assert refusal(*signed(event(client_reference_id="P2"))) == "number"


@pytest.mark.parametrize(
    "content", [{}, {"livemode": False, "data": 5}, {"livemode": False, "data": {}}]
)
def test_a_signed_thing_that_is_no_event_is_refused(content: dict[str, Any]) -> None:
    assert refusal(*signed(content)) in {"mode", "not an event"}


def test_events_of_other_kinds_tell_nothing() -> None:
    other = event() | {"type": "customer.created"}
    raw, headers = signed(other)
    assert method().read_notice(raw=raw, headers=headers, now=NOW) is None


async def test_another_amount_than_asked_is_believed_and_rings_the_alarm() -> None:
    payment = intend(
        new_id=lambda: 1, order_id=7, method="stripe", purpose=Purpose.FULL, amount=6000,
        currency="CNY", now=NOW, expires_at=NOW,
    )  # fmt: skip
    for content in (event(amount_total=1), event(currency="jpy")):
        raw, headers = signed(content)
        fact = method().read_notice(raw=raw, headers=headers, now=NOW)
        assert fact is not None
        merged = merge(payment=payment, fact=fact)
        assert merged.differs
        assert merged.state is not PaymentState.PAID


async def _pay_and_give_back(stripe: Town) -> None:
    opened = await stripe.method.open(intent=intent())
    await stripe.tap(opened.url, "pay")
    asked = await stripe.method.ask(intent=intent(reference=opened.reference))
    await stripe.method.refund(number="R1", charge=asked.reference, amount=6000, currency="CNY")


async def _settled(stripe: Town, facts: int) -> None:
    await stripe.wait(lambda: len(stripe.facts) == facts)
    await stripe.wait(lambda: not stripe.stand_in.book.waiting())
    payment = intend(
        new_id=lambda: 1, order_id=7, method="stripe", purpose=Purpose.FULL, amount=6000,
        currency="CNY", now=NOW, expires_at=NOW,
    )  # fmt: skip
    for fact in stripe.facts:
        payment = merge(payment=payment, fact=fact)
    assert (payment.state, payment.paid, payment.returned) == (PaymentState.PAID, 6000, 6000)
    assert not payment.differs


async def test_twice_delivered_counts_once(stripe: Town) -> None:
    await stripe.fault("twice", times=2)
    await _pay_and_give_back(stripe)
    await _settled(stripe, 4)


async def test_a_late_notice_arrives_after_the_next_one_and_ends_alike(stripe: Town) -> None:
    await stripe.fault("late", match="completed", seconds=0.5)
    await _pay_and_give_back(stripe)
    await _settled(stripe, 2)
    assert [fact.told for fact in stripe.facts] == [Told.REFUNDED, Told.PAID]


async def test_out_of_order_ends_alike(stripe: Town) -> None:
    await stripe.fault("out_of_order", match="completed")
    await _pay_and_give_back(stripe)
    await _settled(stripe, 2)
    assert [fact.told for fact in stripe.facts] == [Told.REFUNDED, Told.PAID]


async def test_a_lost_notice_and_a_deaf_door_are_tried_again(stripe: Town) -> None:
    stripe.deaf = 1
    await stripe.fault("lost", match="refund")
    await _pay_and_give_back(stripe)
    await _settled(stripe, 2)


@pytest.mark.parametrize(("kind", "status", "told"), [
    ("created", "needs_response", Told.DISPUTED), ("funds_withdrawn", "under_review", Told.DISPUTED),
    ("created", "warning_needs_response", None), ("updated", "needs_response", None),
    ("closed", "won", Told.DISPUTE_WON), ("funds_reinstated", "won", Told.DISPUTE_WON),
    ("closed", "lost", Told.DISPUTE_LOST), ("closed", "warning_closed", None),
])  # fmt: skip
def test_what_a_bank_takes_and_gives_up_is_told(kind: str, status: str, told: Told | None) -> None:
    dispute = {"id": "dp_1", "object": "dispute", "status": status, "amount": 6000,
               "currency": "cny", "payment_intent": "pi_1", "metadata": {}}  # fmt: skip
    content = event() | {"type": f"charge.dispute.{kind}", "data": {"object": dispute}}
    raw, headers = signed(content)
    fact = method().read_notice(raw=raw, headers=headers, now=NOW)
    if told is None:
        assert fact is None
        return
    assert fact is not None
    assert (fact.told, fact.charge, fact.reference) == (told, "pi_1", "dp_1")
    assert (fact.amount, fact.currency, fact.number) == (6000, "CNY", "")
