"""Against an implementation that is not ours: wechatpayv3 reads what our stand-in says, and signs like we do."""

import gzip
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from wechatpayv3.async_ import AsyncWeChatPay, WeChatPayType
from wechatpayv3.utils import load_private_key, load_public_key, rsa_decrypt, rsa_sign, rsa_verify

from bot.payments.wechat.signing import NotGenuine, Platform, Signer
from bot.sandbox.gateways.wechat.sealing import Pen
from core.payments.facts import Told
from core.payments.method import Outcome
from core.payouts.sending import Transfer, Went
from tests.bot.payments.towns import NOW
from tests.bot.payments.wechat_keys import SHOP, notice, pairs, payment
from tests.bot.payments.wechat_town import NUMBER, Town, asked, town

TRANSFER = Transfer("W12345678", 12_850, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "王伟")
HERE = {"scene_info": {"payer_client_ip": "203.0.113.7", "h5_info": {"type": "Wap"}}}


@pytest.fixture
async def wechat() -> AsyncIterator[Town]:
    async with town() as here:
        yield here


@pytest.fixture
async def sdk(wechat: Town) -> AsyncIterator[Any]:
    own = pairs()
    async with AsyncExitStack() as open_:
        other = await open_.enter_async_context(
            AsyncWeChatPay(
                wechatpay_type=WeChatPayType.NATIVE, mchid=own.merchant_id, appid=own.app_id,
                private_key=own.merchant.private, cert_serial_no=own.serial,
                apiv3_key=own.api_v3_key, notify_url=f"{wechat.base}/pay/wechat/notify",
                public_key=own.platform.public, public_key_id=own.key_id,
            )
        )  # fmt: skip
        other._core._gate_way = f"{wechat.base}/sandbox/wechat"
        yield other


def test_we_sign_to_the_byte_what_the_sdk_signs() -> None:
    key = pairs().merchant.private
    header = Signer(
        merchant_id="1900000109", serial="AB", private_key=key, clock=lambda: 1_777_867_200.9
    ).authorization(verb="POST", target="/v3/pay?a=空", body='{"a":"空调"}')
    given = dict(re.findall(r'(\w+)="([^"]*)"', header))
    said = f'POST\n/v3/pay?a=空\n1777867200\n{given["nonce_str"]}\n{{"a":"空调"}}\n'
    assert given["signature"] == rsa_sign(load_private_key(key), said)
    assert given["timestamp"] == "1777867200"


def test_we_believe_what_the_sdk_signs_and_it_what_the_stand_in_signs() -> None:
    own, body = pairs(), '{"id":"空"}'
    ours = Platform(public_key=own.platform.public, key_id=own.key_id)
    headers = {
        "Wechatpay-Timestamp": "1777867200", "Wechatpay-Nonce": "n",
        "Wechatpay-Serial": own.key_id,
        "Wechatpay-Signature": rsa_sign(
            load_private_key(own.platform.private), f"1777867200\nn\n{body}\n"
        ),
    }  # fmt: skip
    assert ours.check(raw=body.encode(), headers=headers) == 1_777_867_200
    with pytest.raises(NotGenuine):
        ours.check(raw=body.encode() + b" ", headers=headers)
    said = Pen(own).signed(raw=body.encode(), at=1_777_867_200)
    assert rsa_verify(
        said["Wechatpay-Timestamp"], said["Wechatpay-Nonce"], body, said["Wechatpay-Signature"],
        load_public_key(own.platform.public),
    )  # fmt: skip


async def test_the_sdk_pays_asks_gives_back_and_closes_at_our_stand_in(
    wechat: Town, sdk: Any
) -> None:
    amount = {"total": 6000, "currency": "CNY"}
    code, said = await sdk.pay(
        description="Repair", out_trade_no=NUMBER, amount=amount, attach=SHOP
    )
    assert (code, "code_url" in json.loads(said)) == (200, True)
    code, said = await sdk.pay(
        description="Repair", out_trade_no=NUMBER + "H", amount=amount, attach=SHOP,
        pay_type=WeChatPayType.H5, **HERE,
    )  # fmt: skip
    assert (code, "h5_url" in json.loads(said)) == (200, True)
    wechat.stand_in.paid(NUMBER)
    code, said = await sdk.query(out_trade_no=NUMBER)
    order = json.loads(said)
    assert (code, order["trade_state"], order["amount"]["total"]) == (200, "SUCCESS", 6000)
    code, said = await sdk.query(transaction_id=order["transaction_id"])
    assert (code, json.loads(said)["out_trade_no"]) == (200, NUMBER)
    part = {"refund": 2000, "total": 6000, "currency": "CNY"}
    code, said = await sdk.refund(out_refund_no="R1", amount=part, out_trade_no=NUMBER)
    assert (code, json.loads(said)["status"]) == (200, "PROCESSING")
    code, said = await sdk.query_refund(out_refund_no="R1")
    assert (code, json.loads(said)["status"]) == (200, "SUCCESS")
    code, _ = await sdk.close(NUMBER + "H")
    assert code == 204


async def test_what_the_sdk_did_is_the_same_to_us(wechat: Town, sdk: Any) -> None:
    await sdk.pay(
        description="Repair", out_trade_no=NUMBER, amount={"total": 6000, "currency": "CNY"},
        attach=SHOP,
    )  # fmt: skip
    assert (await wechat.method.ask(intent=asked())).outcome is Outcome.OPEN
    wechat.stand_in.paid(NUMBER)
    answer = await wechat.method.ask(intent=asked())
    assert (answer.outcome, answer.amount) == (Outcome.PAID, 6000)
    part = {"refund": 2000, "total": 6000, "currency": "CNY"}
    await sdk.refund(out_refund_no="R1", amount=part, transaction_id=answer.reference)
    back = await wechat.method.refund(
        number="R1", charge=answer.reference, amount=2000, currency="CNY"
    )
    assert (back.outcome, back.amount) == (Outcome.PAID, 2000)


async def test_the_sdk_reads_our_stand_ins_notices(wechat: Town, sdk: Any) -> None:
    await wechat.method.open(intent=asked())
    wechat.stand_in.paid(NUMBER)
    answer = await wechat.method.ask(intent=asked())
    await wechat.method.refund(number="R1", charge=answer.reference, amount=6000, currency="CNY")
    await wechat.wait(lambda: len(wechat.notices) == 2)
    told = [sdk.callback(headers, raw) for raw, headers in wechat.notices]
    assert [one["event_type"] for one in told] == ["TRANSACTION.SUCCESS", "REFUND.SUCCESS"]
    assert told[0]["resource"]["out_trade_no"] == NUMBER
    assert told[1]["resource"]["out_refund_no"] == "R1"
    assert [fact.told for fact in wechat.facts] == [Told.PAID, Told.REFUNDED]


async def test_the_sdk_reads_what_our_tests_make_up(wechat: Town, sdk: Any) -> None:
    raw, headers = notice(payment())
    assert sdk.callback(headers, raw)["resource"] == payment()


async def test_the_sdk_fetches_the_same_statement(wechat: Town, sdk: Any) -> None:
    await wechat.method.open(intent=asked())
    wechat.stand_in.paid(NUMBER)
    wechat.clock.advance(days=1)
    code, said = await sdk.trade_bill(bill_date=f"{NOW:%Y-%m-%d}")
    assert code == 200
    code, raw = await sdk.download_bill(json.loads(said)["download_url"])
    text = gzip.decompress(raw).decode("utf-8-sig")
    assert (code, NUMBER in text) == (200, True)


async def test_the_sdk_sends_money_and_asks_at_our_stand_in(wechat: Town, sdk: Any) -> None:
    told = [
        {"info_type": kind, "info_content": "上门"} for kind in ("岗位类型", "报酬说明")
    ]  # fmt: skip
    code, said = await sdk.mch_transfer_bills(
        out_bill_no=TRANSFER.number, transfer_scene_id="1005", openid=TRANSFER.account,
        transfer_amount=TRANSFER.amount, transfer_remark="报酬", user_name=TRANSFER.name,
        transfer_scene_report_infos=told,
    )  # fmt: skip
    bill = json.loads(said)
    assert (code, bill["state"], bool(bill["package_info"])) == (200, "WAIT_USER_CONFIRM", True)
    code, said = await sdk.mch_transfer_bills_query(out_bill_no=TRANSFER.number)
    assert (code, json.loads(said)["transfer_amount"]) == (200, TRANSFER.amount)
    # The same to us: its name was locked as ours is, or the stand-in would call it another transfer.
    ours = await wechat.method.sender.send(transfer=TRANSFER)
    assert (ours.went, ours.ticket) == (Went.WAITS, bill["package_info"])
    # The SDK can't call off here: it signs no body and sends `null`.
    code, _ = await sdk.mch_transfer_bills_cancel(out_bill_no=TRANSFER.number)
    assert code == 401
    await wechat.method.sender.call_off(transfer=TRANSFER)
    code, said = await sdk.mch_transfer_bills_query(out_bill_no=TRANSFER.number)
    assert (code, json.loads(said)["state"]) == (200, "CANCELLED")
    assert (await wechat.method.sender.ask(transfer=TRANSFER)).went is Went.REFUSED
    await wechat.wait(lambda: len(wechat.notices) == 1)
    [(raw, headers)] = wechat.notices
    told = sdk.callback(headers, raw)
    assert (told["event_type"], told["resource"]["state"]) == (
        "MCHTRANSFER.BILL.FINISHED", "CANCELLED",
    )  # fmt: skip


def test_the_sdk_opens_the_name_that_we_lock() -> None:
    own = pairs()
    locked = Platform(public_key=own.platform.public, key_id=own.key_id).lock("王伟")
    assert rsa_decrypt(locked, load_private_key(own.platform.private)) == "王伟"
