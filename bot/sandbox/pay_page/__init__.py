"""The page on which people pay in the sandbox: phone width, in the language the payment was made in."""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from babel.numbers import format_currency

from core.money import to_decimal

_FOLDER: Final = Path(__file__).parent
_PAGE: Final = Template((_FOLDER / "page.html").read_text("utf-8"))
_WORDS: Final[dict[str, dict[str, str]]] = json.loads((_FOLDER / "words.json").read_text("utf-8"))
_LOCALES: Final = {"zh": "zh_CN", "en": "en"}


def page(*, session: dict[str, Any] | None, shop: str, cancelled: bool, prefers: str) -> str:
    """The page in the state of `session`; an address that does not exist has a page too."""
    wanted = (session or {}).get("locale") or "auto"
    language = (prefers if wanted == "auto" else wanted)[:2].lower()
    language = language if language in _WORDS else "en"
    words = _WORDS[language]
    state = _state(session, cancelled=cancelled)
    return _PAGE.substitute(
        language=_LOCALES[language].replace("_", "-"),
        state=state,
        shop=escape(shop),
        amount=escape(_amount(session, _LOCALES[language])),
        title=escape(session["title"] if session else ""),
        back=escape((session or {}).get("success_url") or "/"),
        headline=words[f"{state}_title"],
        explanation=words[f"{state}_text"],
        **{name: words[name] for name in ("pay", "twice", "cancel", "to_chat", "pretend", "card")},
    )


def _state(session: dict[str, Any] | None, *, cancelled: bool) -> str:
    if session is None:
        return "unknown"
    if session["payment_status"] == "paid":
        return "paid"
    if session["status"] == "expired":
        return "expired"
    return "cancelled" if cancelled else "open"


def _amount(session: dict[str, Any] | None, locale: str) -> str:
    if session is None:
        return ""
    currency = session["currency"].upper()
    value = to_decimal(amount=session["amount_total"], currency=currency)
    return format_currency(value, currency, locale=locale).replace("CN¥", "¥")
