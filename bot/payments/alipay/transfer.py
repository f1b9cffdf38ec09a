"""Money to a provider's Alipay account: known at Alipay by the payout's number, however often it is sent."""

from collections.abc import Mapping
from typing import Final

from bot.payments.alipay.amounts import yuan
from bot.payments.alipay.client import Client
from bot.payments.alipay.codes import NO_TRANSFER, NOT_SENT, SHORT
from bot.payments.alipay.reply import Reply
from core.payments.method import NoAnswer
from core.payouts.sending import Sent, Transfer, Went

PRODUCT: Final = {"product_code": "TRANS_ACCOUNT_NO_PWD", "biz_scene": "DIRECT_TRANSFER"}
STATES: Final = {
    "SUCCESS": Went.DONE, "FAIL": Went.REFUSED, "CLOSED": Went.REFUSED, "REFUND": Went.REFUSED,
}  # fmt: skip
# What a provider is told where Alipay gives no code that we know.
NO_REASON: Final = "alipay_other"


class AlipaySender:
    """Sends with the account that payments come in to."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def send(self, *, transfer: Transfer) -> Sent:
        """The name is compared by Alipay: without one, or with another's, nothing is sent."""
        content = PRODUCT | {
            "out_biz_no": transfer.number,
            "trans_amount": yuan(transfer.amount),
            "order_title": transfer.number,
            "payee_info": {
                "identity": transfer.account,
                "identity_type": "ALIPAY_LOGON_ID",
                "name": transfer.name,
            },
        }
        return await self._told("alipay.fund.trans.uni.transfer", content, transfer)

    async def ask(self, *, transfer: Transfer) -> Sent:
        content = PRODUCT | {"out_biz_no": transfer.number}
        return await self._told("alipay.fund.trans.common.query", content, transfer)

    async def _told(self, method: str, content: Mapping[str, object], transfer: Transfer) -> Sent:
        try:
            reply = await self._client.call(method, content)
        except NoAnswer:
            return Sent(Went.UNKNOWN)
        if reply.ok:
            return _state(reply, transfer)
        if reply.why in NO_TRANSFER:
            return Sent(Went.NOT_THERE)
        if reply.why in SHORT:
            return Sent(Went.SHORT)
        if reason := NOT_SENT.get(reply.why):
            return Sent(Went.REFUSED, reason=reason)
        return Sent(Went.UNKNOWN)


def _state(reply: Reply, transfer: Transfer) -> Sent:
    """Another number, or another amount, is an answer to something else."""
    told = reply.text("trans_amount") or yuan(transfer.amount)
    if reply.text("out_biz_no") != transfer.number or told != yuan(transfer.amount):
        return Sent(Went.UNKNOWN)
    went = STATES.get(reply.text("status"), Went.UNKNOWN)
    reason = NOT_SENT.get(reply.text("error_code"), NO_REASON) if went is Went.REFUSED else ""
    if went is Went.REFUSED and reply.text("error_code") in SHORT:
        return Sent(Went.SHORT)
    return Sent(went, reply.text("order_id"), reason)
