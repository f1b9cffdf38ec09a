"""What WeChat Pay checks in a request, by its codes: the stand-in is strict where the real one is."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

ORDER: Final = {
    "appid", "mchid", "description", "out_trade_no", "time_expire", "attach", "notify_url",
    "amount", "scene_info",
}  # fmt: skip
REFUND: Final = {
    "transaction_id", "out_trade_no", "out_refund_no", "reason", "notify_url", "amount",
}  # fmt: skip
TRANSFER: Final = {
    "appid", "out_bill_no", "transfer_scene_id", "openid", "user_name", "transfer_amount",
    "transfer_remark", "notify_url", "user_recv_perception", "transfer_scene_report_infos",
}  # fmt: skip
SCENE: Final = "1005"
REPORTED: Final = ["岗位类型", "报酬说明"]
LEAST, NAMED_FROM = 10, 200_000
PARTS: Final = 50
PAUSE_SECONDS: Final = 60
YEAR_SECONDS: Final = 365 * 86400
LONGEST_SECONDS: Final = 7 * 86400


class Refused(Exception):
    """An error as the platform answers it."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message}


def wrong(field: str) -> Refused:
    return Refused("PARAM_ERROR", f"参数错误: {field}")


def check_order(body: Mapping[str, Any], *, shop: tuple[str, str], now: float, phone: bool) -> None:
    _known(body, ORDER)
    if (body.get("mchid"), body.get("appid")) != shop:
        raise Refused("APPID_MCHID_NOT_MATCH", "商户号与appid不匹配")
    _number(body, "out_trade_no", 6, 32)
    _bytes(body, "description", 127)
    _address(body)
    if "attach" in body:
        _bytes(body, "attach", 128)
    amount = _amount(body)
    if set(amount) - {"total", "currency"}:
        raise wrong("amount")
    _fen(amount, "total")
    if "time_expire" in body and not 0 < _moment(body["time_expire"]) - now <= LONGEST_SECONDS:
        raise wrong("time_expire")
    if phone:
        scene = body.get("scene_info")
        if not isinstance(scene, Mapping) or not re.fullmatch(
            r"[0-9a-fA-F.:]{2,45}", str(scene.get("payer_client_ip", ""))
        ):
            raise wrong("scene_info.payer_client_ip")
        if (scene.get("h5_info") or {}).get("type") not in {"Wap", "iOS", "Android"}:
            raise wrong("scene_info.h5_info.type")


def check_refund(body: Mapping[str, Any]) -> tuple[int, int]:
    """(how much goes back, how much was paid)"""
    _known(body, REFUND)
    _number(body, "out_refund_no", 1, 64)
    if ("transaction_id" in body) == ("out_trade_no" in body):
        raise wrong("transaction_id, out_trade_no")
    if "notify_url" in body:
        _address(body)
    amount = _amount(body)
    if amount.get("currency") != "CNY":
        raise wrong("amount.currency")
    return _fen(amount, "refund"), _fen(amount, "total")


def check_part(
    *, order: Mapping[str, Any], earlier: list[Mapping[str, Any]], refund: int, total: int, now: float
) -> None:  # fmt: skip
    """Whether this much may go back now."""
    if total != order["total"]:
        raise Refused("INVALID_REQUEST", "订单金额不一致")
    if refund > order["total"] - sum(one["refund"] for one in earlier):
        raise Refused("INVALID_REQUEST", "申请退款金额超过订单可退金额")
    if now - order["paid_at"] > YEAR_SECONDS:
        raise Refused("INVALID_REQUEST", "订单已超过可退款期限")
    if len(earlier) >= PARTS:
        raise Refused("INVALID_REQUEST", "部分退款次数已达上限")
    if earlier and now - max(one["at"] for one in earlier) < PAUSE_SECONDS:
        raise Refused("FREQUENCY_LIMITED", "同一订单退款过于频繁，请稍后再试", status=429)


def check_transfer(body: Mapping[str, Any], *, app_id: str) -> None:
    """All but the name, which is locked."""
    _known(body, TRANSFER)
    if body.get("appid") != app_id:
        raise wrong("appid")
    if not re.fullmatch(r"[0-9A-Za-z]{1,32}", str(body.get("out_bill_no", ""))):
        raise wrong("out_bill_no")
    _short(body, "openid", 64)
    _short(body, "transfer_remark", 32)
    if body.get("transfer_scene_id") != SCENE:
        raise Refused("NO_AUTH", "商户没有该转账场景的权限", status=403)
    told = body.get("transfer_scene_report_infos") or []
    kinds = [one.get("info_type") for one in told]
    if kinds != REPORTED or not all(0 < len(one.get("info_content", "")) <= 32 for one in told):
        raise wrong("未传入完整且对应的转账场景报备信息")
    amount = _fen(body, "transfer_amount")
    if amount < LEAST:
        raise wrong("transfer_amount")
    if (amount >= NAMED_FROM) and not body.get("user_name"):
        raise wrong("user_name")
    _address(body)


def _short(body: Mapping[str, Any], field: str, longest: int) -> None:
    value = body.get(field)
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise wrong(field)


def _known(body: Mapping[str, Any], fields: set[str]) -> None:
    for name in body.keys() - fields:
        raise wrong(name)


def _number(body: Mapping[str, Any], field: str, shortest: int, longest: int) -> None:
    value = body.get(field)
    pattern = rf"[0-9A-Za-z_\-|*@]{{{shortest},{longest}}}"
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise wrong(field)


def _bytes(body: Mapping[str, Any], field: str, longest: int) -> None:
    value = body.get(field)
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= longest:
        raise wrong(field)


def _address(body: Mapping[str, Any]) -> None:
    """Public, and without a query."""
    value = body.get("notify_url")
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^?#\s]{1,240}", value):
        raise wrong("notify_url")


def _amount(body: Mapping[str, Any]) -> Mapping[str, Any]:
    amount = body.get("amount")
    if not isinstance(amount, Mapping) or amount.get("currency", "CNY") != "CNY":
        raise wrong("amount")
    return amount


def _fen(amount: Mapping[str, Any], field: str) -> int:
    value = amount.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 10_000_000_000:
        raise wrong(f"amount.{field}")
    return value


def _moment(text: Any) -> float:
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
    if not isinstance(text, str) or not re.fullmatch(pattern, text):
        raise wrong("time_expire")
    return datetime.fromisoformat(text).timestamp()
