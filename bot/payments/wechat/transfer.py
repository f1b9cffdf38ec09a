"""Money to a provider's WeChat: accepted under the payout's number, and his once he said yes in WeChat within a day.

The fields are those of the merchant platform's page 4012716434, “transfer, new version” (2025): a payee is an openid of
our app; his name is locked with the platform's key, allowed from 0.30 yuan and asked for from 2,000 on; the scene 1005
(reward for work) is reported with the kind of the post and what the reward is for. A number that is asked for again
gives the same transfer with its `package_info`, which the question about it does not tell.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.payments.keys import WechatKeys
from bot.payments.wechat.client import Client, Reply
from bot.payments.wechat.orders import path
from bot.payments.wechat.signing import Platform
from bot.payments.wechat.transfer_codes import (
    FAILED,
    LATE,
    NO_TRANSFER,
    NOT_TAKEN,
    OTHER,
    SHORT,
    STATES,
)
from core.payments.method import NoAnswer
from core.payouts.sending import Sent, Transfer, Went

BILLS: Final = "/v3/fund-app/mch-transfer/transfer-bills"
# What the payee reads in WeChat, and what the scene wants to be told.
REMARK: Final = "上门服务报酬"
SCENE: Final = {
    "transfer_scene_id": "1005",
    "user_recv_perception": "劳务报酬",
    "transfer_scene_report_infos": [
        {"info_type": "岗位类型", "info_content": "上门服务人员"},
        {"info_type": "报酬说明", "info_content": "上门服务收入提现"},
    ],
}
NAMED_FROM: Final = 30
LASTS: Final = timedelta(hours=24)


class WechatSender:
    """Sends with the account that payments come in to."""

    def __init__(
        self, *, client: Client, platform: Platform, keys: WechatKeys, notify_url: str
    ) -> None:
        self._client, self._platform, self._keys = client, platform, keys
        self._notify_url = notify_url

    async def send(self, *, transfer: Transfer) -> Sent:
        """The name is compared by WeChat once the payee says yes."""
        body: dict[str, Any] = {
            "appid": self._keys.app_id, "out_bill_no": transfer.number,
            "openid": transfer.account, "transfer_amount": transfer.amount,
            "transfer_remark": REMARK, "notify_url": self._notify_url,
        } | SCENE  # fmt: skip
        if transfer.amount >= NAMED_FROM:
            body["user_name"] = self._platform.lock(transfer.name)
        try:
            reply = await self._client.post(BILLS, body)
        except NoAnswer:
            return Sent(Went.UNKNOWN)
        if reply.code in SHORT:
            return Sent(Went.SHORT)
        if reply.code in NOT_TAKEN:
            known = await self.ask(transfer=transfer)  # an earlier try may have been taken
            return Sent(Went.REFUSED, reason=OTHER) if known.went is Went.NOT_THERE else known
        return self._state(reply, transfer)

    async def ask(self, *, transfer: Transfer) -> Sent:
        try:
            reply = await self._client.get(f"{BILLS}{path('out-bill-no', transfer.number)}")
        except NoAnswer:
            return Sent(Went.UNKNOWN)
        if reply.code in NO_TRANSFER:
            return Sent(Went.NOT_THERE)
        if not reply.code and reply.body.get("transfer_amount") != transfer.amount:
            return Sent(Went.UNKNOWN)  # an answer to something else
        return self._state(reply, transfer)

    async def call_off(self, *, transfer: Transfer) -> None:
        """That it is called off is told by `ask`, whatever is said here."""
        try:
            await self._client.post(f"{BILLS}{path('out-bill-no', transfer.number, 'cancel')}")
        except NoAnswer:
            return

    def _state(self, reply: Reply, transfer: Transfer) -> Sent:
        said = reply.body
        if reply.code or said.get("out_bill_no") != transfer.number:
            return Sent(Went.UNKNOWN)
        if said.get("mch_id", self._keys.merchant_id) != self._keys.merchant_id:
            return Sent(Went.UNKNOWN)
        went = STATES.get(str(said.get("state")), Went.UNKNOWN)
        reason = _why(said) if went is Went.REFUSED else ""
        return Sent(
            went, _text(said, "transfer_bill_no"), reason, _text(said, "package_info"), _until(said)
        )


def _why(said: Mapping[str, Any]) -> str:
    """What was called off was so because nobody said yes in time."""
    if said.get("state") == "CANCELLED":
        return LATE
    return FAILED.get(_text(said, "fail_reason"), OTHER)


def _until(said: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(_text(said, "create_time")).astimezone(UTC) + LASTS
    except ValueError:
        return None


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
