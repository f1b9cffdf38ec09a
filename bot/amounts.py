"""What people type as an amount of money, the same in all bots; full-width digits are as good as any."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from core.money import to_minor


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def read_amount(text: str, currency: str) -> int | None:
    """128, ¥128.50 or 128元 in minor units; None for what is no amount."""
    bare = re.sub(r"[¥$€\s,元块]|CNY|RMB", "", folded(text), flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{1,9}(\.\d{1,3})?", bare):
        return None
    try:
        return to_minor(value=Decimal(bare), currency=currency)
    except (ValueError, InvalidOperation):
        return None
