"""Money and time as Alipay writes them: yuan with two decimals, the clock of Beijing."""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

CURRENCY: Final = "CNY"
BEIJING: Final = ZoneInfo("Asia/Shanghai")
_YUAN: Final = re.compile(r"(-?)(\d{1,11})(?:\.(\d{1,2}))?", re.ASCII)


def yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def minor(text: str) -> int:
    """Raises ValueError for what is no amount."""
    found = _YUAN.fullmatch(text)
    if not found:
        raise ValueError("not an amount")
    sign, whole, part = found.groups()
    value = int(whole) * 100 + int((part or "").ljust(2, "0"))
    return -value if sign else value


def written(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def read_time(text: str) -> datetime:
    """Raises ValueError."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)
