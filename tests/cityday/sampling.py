"""Where the main thread of the platform spends its CPU: a look at the stack at every hundredth second of it."""

import json
import signal
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY = 0.01
IDLE = "idle"
"""The main thread waits while another one works."""
PARTS = (
    ("tests/cityday", ""), ("bot/logs", "log"), ("structlog", "log"),
    ("bot/gateway/lanes", "inbox"), ("bot/gateway/inbox", "inbox"), ("bot/gateway/webhooks", "inbox"),
    ("bot/gateway/render", "screens"), ("bot/gateway/calls", "screens"), ("bot/gateway", "gateway"),
    ("/db/", "database"), ("sqlalchemy", "database"), ("asyncpg", "database"),
    ("babel", "screens"), ("gettext", "screens"), ("markupsafe", "screens"), ("bot/i18n", "screens"),
    ("screens.py", "screens"), ("letters.py", "screens"), ("bot/words", "screens"),
    ("aiogram", "aiogram"), ("pydantic", "entities"), ("/core/entity", "entities"), ("/core/", "core"),
    ("aiohttp", "HTTP"), ("httpx", "HTTP"), ("httpcore", "HTTP"), ("anyio", "HTTP"), ("h11", "HTTP"),
    ("/telegram/", "python-telegram-bot"), ("h3/", "core"), ("/bot/", "handlers"),
    ("selectors", IDLE), ("asyncio", "event loop"), ("json/", "JSON"),
)  # fmt: skip
"""The innermost frame that one of these names decides."""


class Sampler:
    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self._known: dict[str, str] = {}

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def write(self, path: Path) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        found = {"parts": dict(self.seen), "places": dict(self.places.most_common(60))}
        path.write_text(json.dumps(found))

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if frame is not None:
            code = frame.f_code
            self.places[f"{code.co_filename[-50:]}:{code.co_name}"] += 1
        while frame is not None:
            if part := self._part(frame.f_code.co_filename):
                self.seen[part] += 1
                return
            frame = frame.f_back
        self.seen["other"] += 1

    def _part(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = next((part for of, part in PARTS if of in name), "")
        return self._known[name]
