"""Notices: only what the platform signed, just now, for this shop; all else is refused, and nothing falls over."""

import json
import random
import string
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.payments.wechat.signing import PROBE
from bot.sandbox.gateways.wechat.sealing import Pen
from core.payments.facts import Fact, Told
from core.payments.method import NoticeRefused
from tests.bot.payments.wechat_keys import NOW, method, notice, pairs, payment, refund, transfer

ALTERED = 10_000
ENDED = "MCHTRANSFER.BILL.FINISHED"


def refusal(raw: bytes, headers: dict[str, str], *, age: int = 0, **other: str) -> str:
    with pytest.raises(NoticeRefused) as refused:
        method(**other).read_notice(raw=raw, headers=headers, now=NOW + timedelta(seconds=age))
    return refused.value.reason


def told(raw: bytes, headers: dict[str, str]) -> Fact | None:
    return method().read_notice(raw=raw, headers=headers, now=NOW)


def test_a_payment_is_told_with_what_the_platform_calls_it() -> None:
    assert told(*notice(payment())) == Fact(
        Told.PAID, "P1234567", "EV-20260504-0001", reference="4200001", amount=6000, currency="CNY"
    )


def test_the_order_for_the_phone_pays_the_same_payment() -> None:
    fact = told(*notice(payment(out_trade_no="P1234567H", transaction_id="4200002")))
    assert fact is not None
    assert (fact.number, fact.reference) == ("P1234567", "4200002")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("SUCCESS", Told.REFUNDED),
        ("ABNORMAL", Told.REFUND_FAILED),
        ("CLOSED", Told.REFUND_FAILED),
    ],
)
def test_a_refund_is_told_by_its_number_and_its_charge(state: str, expected: Told) -> None:
    fact = told(*notice(refund(refund_status=state), kind=f"REFUND.{state}"))
    assert fact is not None
    assert (fact.told, fact.refund_number, fact.charge) == (expected, "R7654321", "4200001")
    assert (fact.reference, fact.amount, fact.currency) == ("5030001", 2000, "CNY")


@pytest.mark.parametrize("state", ["SUCCESS", "FAIL", "CANCELLED"])
def test_a_transfers_end_is_told_by_its_number_and_not_believed_further(state: str) -> None:
    assert told(*notice(transfer(state=state), kind=ENDED)) == Fact(
        Told.PAYOUT_ENDED, "W12345678", "EV-20260504-0001", reference="1330001", amount=5000,
        currency="CNY",
    )  # fmt: skip
    assert refusal(*notice(transfer(mch_id="1900000110"), kind=ENDED)) == "shop"
    assert refusal(*notice(transfer(out_bill_no=""), kind=ENDED)) == "not a notice"


def test_altered_notices_are_all_refused_and_none_is_a_fault() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    ours = method()
    samples = [
        notice(payment()), notice(refund(), kind="REFUND.SUCCESS"), notice(transfer(), kind=ENDED),
    ]  # fmt: skip
    assert all(ours.read_notice(raw=raw, headers=headers, now=NOW) for raw, headers in samples)
    accepted = 0
    for _ in range(ALTERED):
        raw, headers = _altered(rng, *rng.choice(samples))
        try:
            ours.read_notice(raw=raw, headers=headers, now=NOW)
            accepted += 1
        except NoticeRefused:
            pass
    assert accepted == 0


def _altered(
    rng: random.Random, raw: bytes, headers: dict[str, str]
) -> tuple[bytes, dict[str, str]]:
    body, place = bytearray(raw), rng.randrange(len(raw))
    kind = rng.randrange(6)
    if kind == 0:
        body[place] ^= 1 << rng.randrange(8)
    elif kind == 1:
        body[place:place] = rng.randbytes(rng.randrange(1, 9))
    elif kind == 2:
        del body[place : place + rng.randrange(1, 50)]
    elif kind == 3:
        return raw, _header(rng, headers)
    elif kind == 4:
        name = rng.choice(["Wechatpay-Signature", "Wechatpay-Nonce", "Wechatpay-Timestamp"])
        return raw, {key: value for key, value in headers.items() if key != name}
    else:
        return _field(rng, raw), headers
    return bytes(body), headers


def _header(rng: random.Random, headers: dict[str, str]) -> dict[str, str]:
    name = rng.choice([name for name in headers if name != "Content-Type"])
    value = headers[name]
    at = rng.randrange(len(value))
    other = rng.choice([c for c in string.printable + "é\udce9" if c != value[at]])
    return headers | {name: value[:at] + other + value[at + 1 :]}


def _field(rng: random.Random, raw: bytes) -> bytes:
    body = json.loads(raw)
    part = rng.choice([body, body["resource"]])
    name = rng.choice(list(part))
    part[name] = rng.choice(["", None, 0, [], {}, "x", part[name] * 2 if part is not body else 1])
    return json.dumps(body, ensure_ascii=False).encode()


@pytest.mark.parametrize("age", [301, -301, 30 * 86400])
def test_an_old_notice_is_refused_and_one_from_the_future_too(age: int) -> None:
    assert refusal(*notice(payment()), age=age) == "too old"


@pytest.mark.parametrize("age", [300, -300])
def test_five_minutes_are_allowed(age: int) -> None:
    raw, headers = notice(payment())
    assert method().read_notice(raw=raw, headers=headers, now=NOW + timedelta(seconds=age))


def test_a_probe_with_a_wrong_signature_is_refused() -> None:
    raw, headers = notice(payment())
    probe = headers | {"Wechatpay-Signature": PROBE + headers["Wechatpay-Signature"]}
    assert refusal(raw, probe) == "signature"


@pytest.mark.parametrize(
    "lacks",
    [{"api_v3_key": ""}, {"api_v3_key": " "}, {"public_key": ""}, {"public_key_id": ""}],
)
def test_without_all_secrets_nothing_is_believed(lacks: dict[str, str]) -> None:
    assert refusal(*notice(payment()), **lacks) == "no secret"


def test_what_another_platform_signed_or_locked_is_refused() -> None:
    assert refusal(*notice(payment(), by="others")) == "another key"
    raw, headers = notice(payment(), by="others")
    ours = Pen(pairs()).signed(raw=raw, at=NOW.timestamp())
    assert refusal(raw, ours) == "resource"
    assert refusal(raw, headers | {"Wechatpay-Serial": pairs().key_id}) == "signature"


@pytest.mark.parametrize(
    "other", [{"mchid": "1900000110"}, {"appid": "wx1"}, {"attach": "another"}]
)
def test_another_shop_is_refused(other: dict[str, str]) -> None:
    assert refusal(*notice(payment(**other))) == "shop"


def test_a_refund_of_another_shop_is_refused() -> None:
    assert refusal(*notice(refund(mchid="1900000110"), kind="REFUND.SUCCESS")) == "shop"


@pytest.mark.parametrize(
    "other",
    [
        {"out_trade_no": ""}, {"out_trade_no": 5}, {"transaction_id": None}, {"amount": None},
        {"amount": {}}, {"amount": {"total": "6000"}}, {"amount": {"total": True}},
    ],
)  # fmt: skip
def test_a_signed_thing_that_says_nothing_whole_is_refused(other: dict[str, Any]) -> None:
    assert refusal(*notice(payment(**other))) == "not a notice"


def test_another_currency_is_told_as_it_is_and_rings_the_alarm_later() -> None:
    fact = told(*notice(payment(amount={"total": 6000, "currency": "USD"})))
    assert fact is not None
    assert fact.currency == "USD"


def test_notices_of_other_kinds_tell_nothing() -> None:
    assert told(*notice({"mchid": pairs().merchant_id}, kind="COUPON.USE")) is None
    assert told(*notice(payment(trade_state="NOTPAY"))) is None


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"null", b"\xff", b'{"resource": 5}'])
def test_a_signed_thing_that_is_no_notice_is_refused(raw: bytes) -> None:
    headers = Pen(pairs()).signed(raw=raw, at=NOW.timestamp())
    assert refusal(raw, headers) == "not a notice"


def test_a_certificate_is_as_good_as_a_public_key() -> None:
    from tests.bot.payments.wechat_certificate import certificate

    pem, serial = certificate(pairs().platform.private)
    raw, headers = notice(payment())
    signed = Pen(replace(pairs(), key_id=serial)).signed(raw=raw, at=NOW.timestamp())
    ours = method(public_key=pem, public_key_id="")
    assert ours.read_notice(raw=raw, headers=signed, now=NOW)
    with pytest.raises(NoticeRefused):
        ours.read_notice(raw=raw, headers=headers, now=NOW)
