"""What an account of each kind looks like, and how much of it is ever shown."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from core.errors import Invalid
from core.payouts.model import AccountKind

_PHONE: Final = re.compile(r"1[3-9]\d{9}")
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+", re.ASCII)
HOLDER_MOST: Final = 40


def luhn(digits: str) -> bool:
    """Whether the last digit of a card fits the others: finds every single slip."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _card(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text)
    good = re.fullmatch(r"[0-9]{13,19}", digits) and len(set(digits)) > 1 and luhn(digits)
    return digits if good else ""


def _phone(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text).removeprefix("+86")
    return digits if _PHONE.fullmatch(digits) else ""


def _alipay(text: str) -> str:
    return _phone(text) or (text.lower() if _MAIL.fullmatch(text) else "")


# A WeChat is bound by its owner in WeChat itself: what is typed could be anybody's.
NUMBERS: Final[dict[AccountKind, Callable[[str], str]]] = {
    AccountKind.BANK: _card,
    AccountKind.ALIPAY: _alipay,
}


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def checked_holder(text: str) -> str:
    """The name as the bank has it. Raises Invalid("holder", "format")."""
    name = folded(text)
    letters = all(c.isalpha() or c in " .·•'’-" for c in name)
    if not (2 <= len(name) <= HOLDER_MOST and letters and any(c.isalpha() for c in name)):
        raise Invalid("holder", "format", {"most": HOLDER_MOST})
    return name


def checked_number(*, kind: AccountKind, text: str) -> str:
    """The number as it is kept. Raises Invalid("account", kind)."""
    check = NUMBERS.get(kind)
    number = check(folded(text)) if check else ""
    if not number:
        raise Invalid("account", kind.value)
    return number


def masked(*, kind: AccountKind, holder: str, number: str) -> str:
    """Enough for its owner to know it again: •••• 1234 · 王••"""
    if kind is AccountKind.BANK:
        shown = f"•••• {number[-4:]}"
    elif kind is AccountKind.WECHAT:
        return f"{holder[0]}••"  # what WeChat calls him by says nothing to him
    elif "@" in number:
        name, _, host = number.partition("@")
        shown = f"{name[:2]}•••@{host}"
    else:
        shown = f"{number[:3]}••••{number[-2:]}"
    return f"{shown} · {holder[0]}••"
