"""Updates and answers as Telegram's JSON, read and written by pydantic: a fifth of what Python's own reading takes."""

import json
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json


def loads(text: str | bytes) -> Any:
    """Raises ValueError for what is no JSON."""
    try:
        return from_json(text)
    except (ValueError, TypeError):  # Python's own takes half of a surrogate pair, too
        return json.loads(text)


def dumps(value: Any) -> str:
    try:
        return to_json(value).decode()
    except PydanticSerializationError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
