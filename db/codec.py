"""The few places where SQLite and PostgreSQL spell values and placeholders differently.

Raw writes must leave exactly what an ORM read expects, so the text of an instant is the one
SQLAlchemy writes.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

_REPLACEMENT = "\ufffd"


def dump_json(value: Any) -> str:
    """JSON as both databases keep it: readable Chinese, no NUL (PostgreSQL refuses it)."""
    try:
        text = to_json(value).decode()
    except PydanticSerializationError:  # half of a surrogate pair
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in text:  # a NUL, or somebody typed these six letters
        text = json.dumps(_without_nul(value), ensure_ascii=False, separators=(",", ":"))
    return clean_text(text)


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", _REPLACEMENT)
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(each) for name, each in value.items()}
    return [_without_nul(each) for each in value] if isinstance(value, list | tuple) else value


def clean_text(value: str) -> str:
    """Text that every database can hold: no NUL, no half of a surrogate pair."""
    if "\x00" in value:
        value = value.replace("\x00", _REPLACEMENT)
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def millis(moment: datetime) -> int:
    """Epoch milliseconds: how due times and expiries are kept."""
    return int(moment.timestamp() * 1000)


def utc(value: datetime) -> datetime:
    """The same instant in UTC; a naive value is a mistake and refused."""
    if value.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC)


@lru_cache(maxsize=1024)
def _sqlite_instant(value: datetime) -> str:
    """The moment of a use case stands in most of its rows."""
    return utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def _same(value: Any) -> Any:
    return value


def _quoted(value: Any) -> str:
    """As PostgreSQL's own quote_literal does it, right whatever `standard_conforming_strings` says."""
    text = str(value).replace("'", "''")
    return f"""E'{text.replace(chr(92), chr(92) * 2)}'""" if "\\" in text else f"'{text}'"


_Encoders = dict[type, Callable[[Any], Any]]
_SQLITE: _Encoders = {
    bool: int,
    str: clean_text,
    datetime: _sqlite_instant,
    date: date.isoformat,
    dict: dump_json,
    list: dump_json,
    tuple: dump_json,
    int: _same,
    float: _same,
    bytes: _same,
    type(None): _same,
}
# Lists stay lists (asyncpg sends them as arrays); JSON columns have a codec on each connection.
_POSTGRES: _Encoders = dict.fromkeys(
    (bool, int, float, bytes, date, dict, list, tuple, type(None)), _same
)
_POSTGRES.update({str: clean_text, datetime: utc})
# Written out, as text that the server reads as whatever the statement wants there.
_LITERALS: _Encoders = {
    int: _quoted,
    str: lambda value: _quoted(clean_text(value)),
    type(None): lambda _none: "NULL",
    datetime: lambda value: _quoted(utc(value).isoformat()),
    bool: lambda value: "'true'" if value else "'false'",
    date: lambda value: _quoted(value.isoformat()),
    dict: lambda value: _quoted(dump_json(value)),
    list: lambda value: _quoted(dump_json(value)),
    tuple: lambda value: _quoted(dump_json(value)),
    float: _quoted,
    bytes: lambda value: _quoted("\\x" + value.hex()),
}
_AS_IT_IS = {int, float, bytes, type(None)}
_AS_SQLITE_TAKES_IT = {bool, *_AS_IT_IS}


def _encode(value: Any, encoders: _Encoders) -> Any:
    encoder = encoders.get(type(value))
    if encoder is not None:
        return encoder(value)
    if isinstance(value, Enum):
        return _encode(value._value_, encoders)  # `value` goes through two calls of Python
    for kind, other in encoders.items():
        if isinstance(value, kind):
            return other(kind(value))
    raise TypeError(f"no column holds a {type(value).__name__}")


def for_sqlite(params: Sequence[Any]) -> list[Any]:
    """Parameters as the sqlite3 module takes them."""
    return [v if type(v) in _AS_SQLITE_TAKES_IT else _encode(v, _SQLITE) for v in params]


def for_postgres(params: Sequence[Any]) -> list[Any]:
    """Parameters as asyncpg takes them."""
    return [v if type(v) in _AS_IT_IS else _encode(v, _POSTGRES) for v in params]


def literals(params: Sequence[Any]) -> str:
    """Parameters as PostgreSQL reads them in the text of a statement."""
    return ", ".join([_encode(value, _LITERALS) for value in params])


@lru_cache(maxsize=4096)
def numbered(sql: str) -> str:
    """`?` placeholders as PostgreSQL's `$1, $2, …`; question marks inside quotes stay."""
    parts, count, quote = [], 0, ""
    for char in sql:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "?":
            count += 1
            char = f"${count}"
        parts.append(char)
    return "".join(parts)


_BARE = len("2026-05-04 02:15:00.000000")
"""An instant as SQLite keeps it, without a zone."""


def as_time(value: Any) -> datetime | None:
    """An instant out of a raw read, whichever database it came from."""
    if isinstance(value, str):
        if len(value) == _BARE:
            return datetime.fromisoformat(value + "+00:00")
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.utcoffset() is None else value.astimezone(UTC)


_EMPTY: dict[str | bytes, Callable[[], Any]] = {"{}": dict, "[]": list}
"""What most columns of JSON hold."""


def as_json(value: Any) -> Any:
    """A JSON column out of a raw read, whichever database it came from."""
    if not isinstance(value, str | bytes):
        return value
    empty = _EMPTY.get(value)
    return empty() if empty else json.loads(value)
