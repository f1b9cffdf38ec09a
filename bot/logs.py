"""Structured logs that hold no token and nothing personal: fields pass an allow-list, text passes a redactor."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, TextIO

import structlog

from core.trace import TRACE

# Ids, names of things and numbers; never names of people, texts, phones or places.
ALLOWED = frozenset(
    (
        *("event", "level", "timestamp", "logger", "exception", "error", "code", "seconds"),
        *("bot", "update", "lane", "kind", "method", "chat", "message", "outbox", "attempt"),
        *("order", "provider", "job", "version", "state", "count", "took_ms", "signal"),
        *("trace", "subject"),
        *("part", "host", "port", "dialect", "address", "path", "tables", "languages"),
    )
)
_TOKEN = re.compile(r"\b(?:bot)?\d{3,12}:[A-Za-z0-9_-]{8,}")
_SECRET_KEY = re.compile(r"\b(?:sk|rk|whsec)_[A-Za-z0-9_]{8,}")
_REDACTED = "[secret]"
_QUIET = (
    "httpx", "httpcore", "aiohttp.access", "aiogram.event", "alembic.runtime.plugins", "asyncpg",
    "apscheduler",
)  # fmt: skip

Event = MutableMapping[str, Any]


def redact(text: str) -> str:
    """Text without anything that looks like a bot token or a payment key."""
    return _SECRET_KEY.sub(_REDACTED, _TOKEN.sub(_REDACTED, text))


def _only_allowed(_logger: Any, _method: str, event: Event) -> Event:
    return {name: value for name, value in event.items() if name in ALLOWED}


def _traced(_logger: Any, _method: str, event: Event) -> Event:
    """Lines that come of the same update, timer or message say so."""
    if trace := TRACE.get():
        event.setdefault("trace", trace)
    return event


def _redacted(_logger: Any, _method: str, event: Event) -> Mapping[str, Any]:
    return {name: redact(v) if isinstance(v, str) else v for name, v in event.items()}


def _frames_only(_logger: Any, _method: str, event: Event) -> Event:
    """Where it broke and what kind of error; its words may quote what a person wrote."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else None
    if given and error is None:
        error = (given if isinstance(given, tuple) else sys.exc_info())[1]
    if error is not None:
        event["exception"] = "\nbecause of\n".join(_told(one) for one in _chain(error))
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{frames}{type(error).__module__}.{type(error).__qualname__}"


_SHARED: list[Any] = [
    _traced,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _frames_only,
]


def set_up(
    *, level: str = "INFO", json_lines: bool | None = None, to: TextIO | None = None
) -> None:
    """One format for our own lines and those of libraries; JSON unless somebody watches."""
    stream = to or sys.stderr
    if json_lines is None:
        json_lines = not stream.isatty()
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _only_allowed,
                _redacted,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
