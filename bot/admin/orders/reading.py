"""What staff type to find orders: states and days are understood, the rest is part of a name or number. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.i18n import Words, languages, mark
from bot.words import STATES
from core.orders.find import Wanted
from core.orders.lifecycle import OPEN
from core.orders.model import State

_NEAR = {
    "today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "yesterday": -1, "昨天": -1, "后天": 2,
}  # fmt: skip
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_OPEN = {"open", "进行中", "未完成", "所有进行中"}
FILTERS: tuple[tuple[str, frozenset[State]], ...] = (
    (mark("All open"), OPEN),
    (mark("Unpaid"), frozenset({State.UNPAID})),
    (mark("To be accepted"), frozenset({State.OFFERED, State.SEARCHING, State.CHOOSING})),
    (mark("Coming up"), frozenset({State.ACCEPTED})),
    (mark("Under way"), frozenset({State.ON_THE_WAY, State.ARRIVED, State.WORKING})),
    (mark("To be settled"), frozenset({State.FINISHED, State.DISPUTED})),
    (mark("Completed"), frozenset({State.CLOSED})),
    (mark("Cancelled"), frozenset({State.CANCELLED})),
)


@dataclass(frozen=True, slots=True)
class _Typed:
    text: str
    states: frozenset[State]
    day: date | None


def wanted(text: str, *, words: Words, now: datetime) -> Wanted:
    """`王 accepted tomorrow` → orders of a Wang that are accepted and begin tomorrow."""
    typed = _read(text, words, words.local(now).date())
    start, end = _span(typed.day, words.zone) if typed.day else (None, None)
    return Wanted(text=typed.text, states=typed.states, start=start, end=end)


def _read(text: str, words: Words, today: date) -> _Typed:
    folded = unicodedata.normalize("NFKC", text).strip()
    states: frozenset[State] = frozenset()
    for name, meant in sorted(_state_names(words).items(), key=lambda pair: -len(pair[0])):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded.casefold()):
            states |= meant
            folded = re.sub(re.escape(name), " ", folded, flags=re.IGNORECASE)
    rest, day = [], None
    for word in folded.split():
        found = _day(word.casefold(), today)
        day = found or day
        rest += [] if found else [word]
    return _Typed(" ".join(rest), states, day)


def _state_names(words: Words) -> dict[str, frozenset[State]]:
    """The states in all our languages, as they stand on the cards."""
    names: dict[str, frozenset[State]] = dict.fromkeys(_OPEN, OPEN)
    for language in languages():
        spoken = words.in_language(language)
        for state, (_, name) in STATES.items():
            names[spoken.plain(name).casefold()] = frozenset({state})
    return names


def _day(word: str, today: date) -> date | None:
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if found := _DATE.fullmatch(word):
        try:
            return date(int(found[1] or today.year), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None


def _span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), zone)
    return start, datetime.combine(day + timedelta(days=1), time(), zone)
