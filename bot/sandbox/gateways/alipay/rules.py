"""What Alipay checks in a request, and how it says no: the stand-in is strict where the real one is."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from bot.payments.alipay.amounts import minor, read_time
from bot.payments.alipay.signing import good, joined

COMMON: Final = {
    "app_id": r"\d{16}", "method": r"alipay(\.[a-z]+)+", "format": "JSON", "charset": "utf-8",
    "sign_type": "RSA2", "timestamp": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "version": r"1\.0",
    "biz_content": r"\{.*\}", "sign": r"[A-Za-z0-9+/]{342}==",
}  # fmt: skip
NUMBER: Final = re.compile(r"\w{1,64}", re.ASCII)
AMOUNT: Final = re.compile(r"\d{1,9}\.\d{2}", re.ASCII)
LONGEST: Final = timedelta(days=15)


class Refused(Exception):
    """An error as Alipay answers it."""

    def __init__(self, sub_code: str, *, code: str = "40004") -> None:
        super().__init__(sub_code)
        self.body = {"code": code, "msg": "Business Failed", "sub_code": sub_code, "sub_msg": ""}


def checked(fields: Mapping[str, str], *, app_id: str, key: RSAPublicKey) -> Any:
    """The content of a request that the app signed. Raises Refused."""
    for name, form in COMMON.items():
        if not re.fullmatch(form, fields.get(name, ""), re.DOTALL):
            raise Refused(f"isv.missing-or-invalid-{name.replace('_', '-')}", code="40002")
    if fields["app_id"] != app_id:
        raise Refused("isv.invalid-app-id", code="40002")
    signed = {name: value for name, value in fields.items() if name != "sign"}
    if not good(data=joined(signed).encode(), signature=fields["sign"], key=key):
        raise Refused("isv.invalid-signature", code="40002")
    try:
        return json.loads(fields["biz_content"])
    except ValueError as error:
        raise Refused("isv.invalid-parameter", code="40002") from error


def number(content: Mapping[str, Any], name: str = "out_trade_no") -> str:
    value = content.get(name)
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise Refused("ACQ.INVALID_PARAMETER")
    return value


def amount(content: Mapping[str, Any], name: str) -> int:
    """A string with two decimals, more than nothing: never a number."""
    value = content.get(name)
    if not isinstance(value, str) or not AMOUNT.fullmatch(value) or not minor(value):
        raise Refused("ACQ.INVALID_PARAMETER")
    return minor(value)


def subject(content: Mapping[str, Any]) -> str:
    value = content.get("subject")
    if not isinstance(value, str) or not 1 <= len(value) <= 256 or re.search("[/=&]", value):
        raise Refused("ACQ.INVALID_PARAMETER")
    return value


def ends(content: Mapping[str, Any], now: datetime) -> float:
    """When it can't be paid any more."""
    try:
        end = read_time(str(content.get("time_expire", "")))
    except ValueError as error:
        raise Refused("ACQ.INVALID_PARAMETER") from error
    if not now < end <= now + LONGEST:
        raise Refused("ACQ.INVALID_PARAMETER")
    return end.timestamp()
