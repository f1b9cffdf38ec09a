"""Parameters read by the official list of methods and types (schema.json): no check of a type is written by hand."""

import json
from pathlib import Path
from typing import Any

from bot.sandbox.refusals import Refused, bad

_SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))
METHODS: dict[str, dict[str, Any]] = _SCHEMA["methods"]
TYPES: dict[str, dict[str, Any]] = _SCHEMA["types"]
BY_LOWER = {name.lower(): name for name in METHODS}

# Telegram has words of its own for some missing parameters.
MISSING = {
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "animation": "there is no animation in the request",
    "sticker": "there is no sticker in the request",
    "media": "group send failed",
    "message_ids": "message identifiers are not specified",
    "from_chat_id": "from_chat_id is empty",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_TRUE = {"true", "yes", "1", "t", "y"}


def read(method: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Typed parameters of a call; unknown names are ignored, as Telegram does."""
    fields = METHODS[method]
    found = {}
    for name, (types, required) in fields.items():
        value = raw.get(name)
        if value is None or (value == "" and name != "url"):
            if required:
                raise bad(MISSING.get(name, f"{name} is empty"))
            continue
        found[name] = _coerce(name, value, types)
    return found


def nested(kind: str, value: Any, spoken: str) -> dict[str, Any]:
    """An object inside a parameter, against its type."""
    try:
        return _check_object(value, TYPES[kind])
    except Refused as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        raise bad(f"can't parse {spoken}: {reason}") from None


def _coerce(name: str, value: Any, types: list[str]) -> Any:
    if types == ["Integer"]:
        return _integer(name, value)
    if types == ["Boolean"] or types == ["True"]:
        return value if isinstance(value, bool) else str(value).lower() in _TRUE
    if types[0].startswith("Float"):
        return _float(name, value)
    if types == ["Integer", "String"]:
        return _chat(value)
    if types == ["String"]:
        return value if isinstance(value, str) else json.dumps(value)
    if "InputFile" in types or set(types) <= {"String", "InputFile"}:
        return value
    return _structure(name, value, types)


def _integer(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad(f'field "{name}" must be a valid Number') from None


def _float(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise bad(f"{name} is invalid") from None


def _chat(value: Any) -> int | str:
    text = str(value)
    return int(text) if text.lstrip("-").isdigit() else text


def _structure(name: str, value: Any, types: list[str]) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad(f"can't parse {_spoken(name)} JSON object") from None
    if len(types) > 1:
        return _one_of(name, value)
    try:
        return _check(value, types[0])
    except Refused as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        raise bad(f"can't parse {_spoken(name)}: {reason}") from None


def _one_of(name: str, value: Any) -> Any:
    if not isinstance(value, dict | list):
        raise bad(f"object expected as {_spoken(name)}")
    return value


def _spoken(name: str) -> str:
    return "reply keyboard markup" if name == "reply_markup" else name


def _check(value: Any, kind: str) -> Any:
    """A nested value against its type: required fields present, scalars of the right kind."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise bad("expected an Array")
        return [_check(item, kind.removeprefix("Array of ")) for item in value]
    if kind in TYPES:
        return _check_object(value, TYPES[kind])
    return _check_scalar(value, kind)


def _check_object(value: Any, fields: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad("expected an Object")
    found = {}
    for name, (types, required) in fields.items():
        item = value.get(name)
        if item is None:
            if required:
                raise bad(f'Can\'t find field "{name}"')
            continue
        found[name] = _check(item, types[0]) if len(types) == 1 else item
    return {**{k: v for k, v in value.items() if v is not None}, **found}


def _check_scalar(value: Any, kind: str) -> Any:
    if kind == "String" and not isinstance(value, str):
        raise bad("Field must be of type String")
    if kind == "Integer" and not isinstance(value, int):
        if isinstance(value, str) and value.lstrip("-").isdigit():
            return int(value)
        raise bad("Field must be of type Number")
    return value
