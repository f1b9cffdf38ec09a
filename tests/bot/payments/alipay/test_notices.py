"""Notices: only what Alipay signed, for this app, seller and shop; a refund in parts is no payment."""

import random
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from alipay import AliPay

from bot.payments.alipay.amounts import written
from bot.payments.alipay.method import AlipayMethod
from bot.payments.alipay.signing import joined, private_key, sign
from core.payments.facts import Fact, Told
from core.payments.method import NoticeRefused
from tests.bot.payments.alipay_keys import APP, SELLER, keys, pair
from tests.bot.payments.stripe_town import NOW

METHOD = AlipayMethod(keys=keys(), shop="doorstep", notify_url="http://x/n", page=str)
REFUND = {"refund_fee": "20.00", "gmt_refund": "2026-05-04 12:00:00.123", "out_biz_no": "R77"}
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def fields(**more: str) -> dict[str, str]:
    return {
        "notify_time": written(NOW), "notify_type": "trade_status_sync", "notify_id": "n1",
        "charset": "utf-8", "version": "1.0", "app_id": APP, "seller_id": SELLER,
        "out_trade_no": "P1", "trade_no": "2026050422001", "trade_status": "TRADE_SUCCESS",
        "total_amount": "60.00", "subject": "空调维修 + 清洗", "passback_params": "doorstep",
        "buyer_logon_id": "138****0001",
    } | more  # fmt: skip


def signed(told: dict[str, str], *, by: str = "alipay") -> bytes:
    signature = sign(data=joined(told).encode(), key=private_key(pair(by)[0]))
    return urlencode(told | {"sign": signature, "sign_type": "RSA2"}).encode()


def read(raw: bytes, age: timedelta = timedelta()) -> Fact | None:
    return METHOD.read_notice(raw=raw, headers=FORM, now=NOW + age)


def refusal(raw: bytes, age: timedelta = timedelta()) -> str:
    with pytest.raises(NoticeRefused) as refused:
        read(raw, age)
    return refused.value.reason


@pytest.mark.parametrize("number", ["P1", "P1W", "P1P"])
@pytest.mark.parametrize("status", ["TRADE_SUCCESS", "TRADE_FINISHED"])
def test_whichever_trade_was_paid_the_payment_is(number: str, status: str) -> None:
    paid = read(signed(fields(out_trade_no=number, trade_status=status, refund_fee="0.00")))
    assert paid == Fact(
        Told.PAID, "P1", "n1", reference="2026050422001", amount=6000, currency="CNY"
    )


def test_a_trade_that_waits_tells_nothing_and_a_closed_one_has_run_out() -> None:
    assert read(signed(fields(trade_status="WAIT_BUYER_PAY"))) is None
    assert read(signed(fields(notify_type="something_new"))) is None
    assert read(signed(fields(trade_status="TRADE_CLOSED"))) == Fact(Told.EXPIRED, "P1", "n1")


@pytest.mark.parametrize("status", ["TRADE_SUCCESS", "TRADE_CLOSED"])
def test_a_refund_is_neither_a_payment_nor_the_end_of_a_link(status: str) -> None:
    back = read(signed(fields(trade_status=status, **REFUND)))
    assert back == Fact(
        Told.REFUNDED, "", "n1", reference="R77", currency="CNY", charge="2026050422001",
        refund_number="R77", total=2000,
    )  # fmt: skip
    by_hand = read(signed(fields(trade_status=status, **(REFUND | {"out_biz_no": "20260504ab"}))))
    assert by_hand is not None
    assert not by_hand.refund_number
    assert by_hand.total == 2000


def test_what_the_desk_gave_back_without_a_number_is_known_by_its_trade_and_second() -> None:
    told = fields(**REFUND)
    del told["out_biz_no"]
    back = read(signed(told))
    assert back is not None
    assert (back.reference, back.refund_number) == (f"2026050422001@{told['gmt_refund'][:19]}", "")


@pytest.mark.parametrize("missing", ["gmt_refund", "out_biz_no"])
def test_one_sign_of_a_refund_is_enough(missing: str) -> None:
    told = fields(**REFUND)
    del told[missing]
    back = read(signed(told))
    assert back is not None
    assert back.told is Told.REFUNDED


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"app_id": "2021000000000002"}, "app"),
        ({"seller_id": "2088000000000002"}, "seller"),
        ({"passback_params": "another"}, "shop"),
        ({"notify_time": "yesterday"}, "no time"),
        ({"total_amount": "60"}, ""),
        ({"total_amount": "60.001"}, "not a notice"),
        ({"total_amount": "-60.00"}, ""),
        ({"trade_no": ""}, "not a notice"),
        ({"notify_id": ""}, "not a notice"),
        ({"refund_fee": "60.01", "gmt_refund": "x"}, "not a notice"),
        ({"refund_fee": "", "gmt_refund": "x"}, "not a notice"),
    ],
)
def test_what_is_signed_must_also_be_meant_for_us_and_make_sense(
    more: dict[str, str], why: str
) -> None:
    raw = signed(fields(**more))
    if why:
        assert refusal(raw) == why
    else:
        fact = read(raw)
        assert fact is not None
        assert fact.amount in (6000, -6000)


@pytest.mark.parametrize("hours", [0, 1, 25])
def test_a_notice_repeated_for_a_day_is_heard(hours: int) -> None:
    assert read(signed(fields()), timedelta(hours=hours)) is not None


def test_one_that_is_older_or_from_tomorrow_is_not() -> None:
    assert refusal(signed(fields()), timedelta(hours=27)) == "too old"
    assert refusal(signed(fields()), timedelta(minutes=-6)) == "too old"


def test_another_key_no_key_and_forms_that_are_none_are_refused() -> None:
    assert refusal(signed(fields(), by="app")) == "signature"
    assert refusal(urlencode(fields()).encode()) == "not a form"
    for raw in (
        b"",
        b"&&&",
        b"\xff\xfe",
        b"a=1&a=2",
        b"{}",
        b"sign=&sign_type=RSA2",
        b"a" * 99_999,
    ):
        assert refusal(raw)
    twice = signed(fields()) + b"&out_trade_no=P2"
    assert refusal(twice) == "not a form"
    weak = urlencode(dict(parse_qsl(signed(fields()).decode())) | {"sign_type": "RSA"})
    assert refusal(weak.encode()) == "not a form"


def test_gbk_is_read_as_it_was_signed() -> None:
    told = fields(charset="gbk")
    signature = sign(data=joined(told).encode("gbk"), key=private_key(pair("alipay")[0]))
    raw = urlencode(told | {"sign": signature, "sign_type": "RSA2"}, encoding="gbk").encode()
    assert read(raw) is not None
    assert refusal(raw.replace(b"charset=gbk", b"charset=utf-8"))


ALTER: tuple[Callable[[bytearray, random.Random], None], ...] = (
    lambda b, rng: b.__setitem__(slice(p := rng.randrange(len(b)), p + 1), bytes([b[p] ^ (1 << rng.randrange(8))])),
    lambda b, rng: b.__setitem__(slice(p := rng.randrange(len(b)), p), rng.randbytes(rng.randrange(1, 9))),
    lambda b, rng: b.__delitem__(slice(p := rng.randrange(len(b)), p + rng.randrange(1, 50))),
    lambda b, rng: b.__setitem__(slice(p := rng.randrange(len(b)), p + 3), b"%%%02X" % rng.randrange(256)),
)  # fmt: skip


def test_3_000_altered_notices_are_all_refused() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng, raw = random.Random(seed), signed(fields())
    meant = parse_qsl(raw.decode())
    refused = 0
    while refused < 3000:
        body = bytearray(raw)
        rng.choice(ALTER)(body, rng)
        try:
            same = parse_qsl(bytes(body).decode("ascii"), keep_blank_values=True) == meant
        except ValueError:
            same = False
        if not same:  # %3A and %3a are one letter
            assert refusal(bytes(body))
            refused += 1


def test_the_sdk_signs_as_alipay_and_believes_what_we_believe() -> None:
    """python-alipay-sdk in both roles: with Alipay's key as the sender, with our settings as another receiver."""
    sender = AliPay(
        appid=APP, app_private_key_string=pair("alipay")[0], alipay_public_key_string=pair("app")[1]
    )
    receiver = AliPay(
        appid=APP, app_private_key_string=pair("app")[0], alipay_public_key_string=pair("alipay")[1]
    )
    raw = f"{sender.sign_data(fields())}&sign_type=RSA2".encode()
    assert read(raw) is not None
    ours = dict(parse_qsl(signed(fields()).decode()))
    assert receiver.verify(ours, ours.pop("sign"))
