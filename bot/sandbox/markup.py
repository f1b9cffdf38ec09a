"""Keyboards checked as Telegram checks them: what each button may carry, how long, how many."""

import re
from typing import Any

from bot.sandbox.refusals import bad

Markup = dict[str, Any]
BUTTONS_MAX = 100
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
REQUESTS = (
    "request_users",
    "request_chat",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
STYLES = {"primary", "success", "danger"}
_URL = re.compile(r"(https?://)?([\w-]+(\.[\w-]+)+|localhost)(:\d+)?(/\S*|\?\S*|)$", re.IGNORECASE)
_TELEGRAM = re.compile(r"(tg|tonsite)://\S+$", re.IGNORECASE)


def check(markup: Any) -> Markup | None:
    """The keyboard as it will be shown, or a refusal."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return markup | {"keyboard": _reply(markup["keyboard"])}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    raise bad("can't parse reply keyboard markup: unsupported type")


def inline_only(markup: Any) -> Markup | None:
    checked = check(markup)
    if checked and "inline_keyboard" not in checked:
        raise bad("inline keyboard expected")
    return checked


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f"can't parse {what}: expected an Array of Arrays")
    found = [row for row in rows if row]
    if sum(map(len, found)) > BUTTONS_MAX:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return found


def _inline(rows: Any) -> Markup | None:
    checked = [[_inline_button(button) for button in row] for row in _rows(rows, "inline keyboard")]
    paying = [button for row in checked for button in row if button.get("pay")]
    if paying and checked[0][0] is not paying[0]:
        raise bad("BUTTON_POS_INVALID")
    return {"inline_keyboard": checked} if checked else None


def _inline_button(button: Any) -> Markup:
    _label(button, "inline keyboard button")
    actions = [name for name in ACTIONS if name in button and button[name] is not None]
    if not actions and "disabled" not in button and "force_reply" not in button:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad("BUTTON_TYPE_INVALID")
    for name in actions:
        CHECKS.get(name, _anything)(button[name])
    return {key: value for key, value in button.items() if value is not None}


def _label(button: Any, what: str) -> None:
    if not isinstance(button, dict):
        raise bad(f"can't parse {what}: expected an Object")
    if not isinstance(button.get("text"), str):
        raise bad(f"can't parse {what}: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad(f"{what} text must be non-empty")
    if button.get("style") not in (None, *STYLES):
        raise bad("BUTTON_STYLE_INVALID")


def _data(value: Any) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


def _url(value: Any) -> None:
    if not isinstance(value, str) or not (_URL.match(value) or _TELEGRAM.match(value)):
        raise bad(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def _copy(value: Any) -> None:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _web_app(value: Any) -> None:
    url = value.get("url", "") if isinstance(value, dict) else ""
    if not url.startswith("https://"):
        raise bad(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )


def _anything(value: Any) -> None:
    """Buttons whose content Telegram itself does not judge."""


CHECKS = {"callback_data": _data, "url": _url, "copy_text": _copy, "web_app": _web_app}


def _reply(rows: Any) -> list[list[Markup]]:
    return [[_reply_button(button) for button in row] for row in _rows(rows, "reply keyboard")]


def _reply_button(button: Any) -> Markup:
    made = {"text": button} if isinstance(button, str) else button
    _label(made, "keyboard button")
    if len([name for name in REQUESTS if made.get(name)]) > 1:
        raise bad("BUTTON_TYPE_INVALID")
    return {key: value for key, value in made.items() if value is not None}
