"""What people type as an amount of money, the same in all bots; full-width digits and 一百二 are as good as any."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from bot.numerals import in_digits
from core.money import to_minor


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


_SIGNS = re.compile(r"[¥$€\s]|[元块圆](?:钱|整)?|CNY|RMB|人民币|\byuan\b|\bkuai\b", re.IGNORECASE)
_POINTED = re.compile(r"(\d+)[元块](\d{1,2})[毛角分]?$")
_DECIMAL_COMMA = re.compile(r"\d{1,7},\d{1,2}")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")


def read_amount(text: str, currency: str) -> int | None:
    """128, ¥128.50, 128元, 一百二 or 12,5 in minor units; None for what is no amount."""
    said = _POINTED.sub(r"\1.\2", in_digits(folded(text)))
    bare = _SIGNS.sub("", said)
    if _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    elif _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,3})?", bare):
        return None
    try:
        return to_minor(value=Decimal(bare), currency=currency)
    except (ValueError, InvalidOperation):
        return None
