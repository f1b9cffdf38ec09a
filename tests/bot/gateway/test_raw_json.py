"""What Telegram sends is read as it was written, also where a text is no sound Unicode."""

import json
from typing import Any

import pytest

from bot.gateway.raw_json import dumps, loads

UPDATES: list[Any] = [
    {"update_id": 2**53, "text": "你好🛠 \u0000 \u202e", "x": [1.5, None, True]},
    {"text": "Half \ud83d and \udc00 pairs"},
]


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_it_is_read_and_written_as_it_is(update: Any, ascii_only: bool) -> None:
    assert loads(json.dumps(update, ensure_ascii=ascii_only)) == update
    assert loads(dumps(update)) == update


@pytest.mark.parametrize("bad", ["", "{", "\ud83d", b"\xff"])
def test_what_is_no_json_is_a_value_error(bad: str | bytes) -> None:
    with pytest.raises(ValueError):
        loads(bad)
