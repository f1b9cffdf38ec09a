"""Answers: believed in Alipay's own spelling, signed by Alipay, under the name of what was asked; all else is none."""

import json
from itertools import product

import pytest
from alipay import AliPay

from bot.payments.alipay.amounts import minor, yuan
from bot.payments.alipay.reply import read_reply
from bot.payments.alipay.signing import private_key, public_key, sign
from core.payments.method import NoAnswer
from tests.bot.payments.alipay_keys import APP, pair

METHOD, NAME = "alipay.trade.query", "alipay_trade_query_response"
KEY = public_key(pair("alipay")[1])
BODIES = (
    '{"code":"10000","msg":"Success","total_amount":"88.80"}',
    '{ "code" : "10000" ,"subject":"a \\"}{\\" b","sub":{"x":[1,{"y":"}"}]} }',
    '{"msg":"空调\\u7ef4修","code":"10000","url":"https:\\/\\/qr.alipay.com\\/x"}',
    '{"code":10000}',
)


def answer(body: str, *, name: str = NAME, by: str = "alipay", form: str = "{{{0},{1}}}") -> bytes:
    signature = sign(data=body.encode(), key=private_key(pair(by)[0]))
    return form.format(f'"{name}":{body}', f'"sign":"{signature}"').encode()


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("form", ["{{{0},{1}}}", '{{ {1} ,\n"alipay_cert_sn":"x{{", {0} }}'])
def test_the_signature_covers_the_spelling(body: str, form: str) -> None:
    reply = read_reply(raw=answer(body, form=form), method=METHOD, key=KEY)
    assert reply.ok
    assert reply.body == json.loads(body)


@pytest.mark.parametrize(
    "body", [BODIES[0], BODIES[2], '{ "code" : "10000", "sub":{"x":[1,{"y":2}]} }']
)
def test_the_sdk_finds_the_same_text_to_be_signed(body: str) -> None:
    sdk = AliPay(
        appid=APP, app_private_key_string=pair("app")[0], alipay_public_key_string=pair("alipay")[1]
    )
    raw = answer(body)
    read = read_reply(raw=raw, method=METHOD, key=KEY)
    assert sdk._verify_and_return_sync_response(raw.decode(), NAME) == read.body


def test_failures_keep_their_code() -> None:
    body = '{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST"}'
    reply = read_reply(raw=answer(body), method=METHOD, key=KEY)
    assert not reply.ok
    assert reply.why == "ACQ.TRADE_NOT_EXIST"
    error = read_reply(raw=answer(body, name="error_response"), method=METHOD, key=KEY)
    assert error.why == "ACQ.TRADE_NOT_EXIST"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b"\xff", b"<html>502</html>", b'{"sign":"x"}',
        answer('{"code":"10000"}', by="app"), answer('{"code":"10000"}', name="alipay_other_response"),
        answer('{"code":"10000"}').replace(b"10000", b"10001"), answer('"10000"'),
        answer('{"code":"10000"}').replace(b'"sign"', b'"sing"'), b"[" * 100_000,
        b'{"alipay_trade_query_response":{"code":"10000"},' + answer('{"code":"40004"}')[1:],
        answer('{"code":"40004"}')[:-1] + b',"alipay_trade_query_response":{"code":"10000"}}',
    ],
)  # fmt: skip
def test_what_alipay_did_not_sign_is_no_answer(raw: bytes) -> None:
    with pytest.raises(NoAnswer):
        read_reply(raw=raw, method=METHOD, key=KEY)


def test_an_answer_with_any_one_bit_turned_is_never_believed() -> None:
    raw = answer(BODIES[1])
    for place, bit in product(range(len(raw)), range(8)):
        body = bytearray(raw)
        body[place] ^= 1 << bit
        with pytest.raises(NoAnswer):
            read_reply(raw=bytes(body), method=METHOD, key=KEY)


def test_amounts_are_never_floats() -> None:
    for value in (1, 10, 99, 100, 101, 6000, 1_000_000_01):
        assert minor(yuan(value)) == value
    assert (minor("88"), minor("88.8"), minor("-0.60")) == (8800, 8880, -60)
    for text in ("", "1.234", "1,000.00", "1e3", "１.00", "NaN", "+1.00", ".50", "1.", " 1.00"):
        with pytest.raises(ValueError, match="amount"):
            minor(text)
