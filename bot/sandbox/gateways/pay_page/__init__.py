"""The page on which people pay in the sandbox: phone width, each company's look, in the language of the payment."""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from babel.numbers import format_currency

from bot.sandbox.gateways.bill import Bill
from core.money import to_decimal

_FOLDER: Final = Path(__file__).parent
_PAGE: Final = Template((_FOLDER / "page.html").read_text("utf-8"))
_WORDS: Final[dict[str, dict[str, Any]]] = json.loads((_FOLDER / "words.json").read_text("utf-8"))
_ACT: Final = '<button class="side" name="action" value="{}">{}</button>'
_LOCALES: Final = {"zh": "zh_CN", "en": "en"}


def page(*, bill: Bill | None, company: str, shop: str, cancelled: bool, prefers: str) -> str:
    """The page as `bill` stands; an address that does not exist has a page too."""
    wanted = bill.language if bill else "auto"
    language = (prefers if wanted == "auto" else wanted)[:2].lower()
    language = language if language in _WORDS else "en"
    words = _WORDS[language]
    state = _state(bill, cancelled=cancelled)
    means = words["companies"][company]
    return _PAGE.substitute(
        language=_LOCALES[language].replace("_", "-"),
        state=state,
        company=company,
        shop=escape(shop),
        amount=escape(_amount(bill, _LOCALES[language])),
        title=escape(bill.title if bill else ""),
        back=escape(bill.back if bill else "/"),
        headline=means["title"] if state == "open" else words[f"{state}_title"],
        explanation=words[f"{state}_text"],
        means=means["means"],
        number=means["number"],
        acts="".join(_ACT.format(act, words["acts"][act]) for act in bill.possible) if bill else "",
        **{
            name: words[name]
            for name in ("pay", "twice", "cancel", "to_chat", "pretend", "pretend_twice", "later")
        },
    )


def _state(bill: Bill | None, *, cancelled: bool) -> str:
    if bill is None:
        return "unknown"
    return "cancelled" if cancelled and bill.state == "open" else bill.state


def _amount(bill: Bill | None, locale: str) -> str:
    if bill is None:
        return ""
    value = to_decimal(amount=bill.amount, currency=bill.currency)
    return format_currency(value, bill.currency, locale=locale).replace("CN¥", "¥")
