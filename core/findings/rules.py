"""The table of what can be found: each looks at the same records and says something only where it is true."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.catalog.model import Service
from core.distance import km_between
from core.figures.counting import Figures
from core.figures.model import Fate, Question
from core.findings.model import Code
from core.money import BASIS
from core.orders.model import Order
from core.orders.night import is_night
from core.people.model import Provider, Skill
from core.prices.market import Market
from core.rules import Rules
from core.waitlist.model import Waiting


@dataclass(frozen=True, slots=True)
class Look:
    """The records of four weeks, those of the four before, what was booked around with others, what people wait for
    there, and what others ask. `trade` are the services of the categories he works in; `unmet`: by service, how often
    it was looked for around him and nobody could come. `ends`: the last day of each certificate that runs out soon with
    no new one on its way, its kind, and a service that needs it. `photo_waits`: staff are looking at his new one.
    """

    provider: Provider
    now: Figures
    before: Figures
    today: date
    zone: ZoneInfo
    rules: Rules
    weekdays: frozenset[int]
    skills: tuple[Skill, ...] = ()
    around: tuple[Order, ...] = ()
    taken: frozenset[int] = frozenset()
    ends: tuple[tuple[date, str, int], ...] = ()
    trade: Mapping[int, Service] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    unmet: Mapping[int, int] = field(default_factory=dict)
    photo_waits: bool = False
    markets: Mapping[int, Market] = field(default_factory=dict)

    @property
    def times(self) -> int:
        """How often something has to happen before it is worth a word."""
        return self.rules.number("finding_times")

    @property
    def offered(self) -> frozenset[int]:
        return frozenset(skill.service_id for skill in self.skills)

    def km(self, place: Order | Waiting) -> float:
        lat, lon = self.provider.lat or 0.0, self.provider.lon or 0.0
        return km_between(one=(lat, lon), other=(place.lat, place.lon))

    def near(self, *, beyond: float = 0.0) -> Iterable[Order]:
        """Booked with others within the own area, or so many kilometres beyond it."""
        radius = self.provider.radius_m / 1000
        low = radius if beyond else -1.0
        return (one for one in self.around if low < self.km(one) <= radius + beyond)


@dataclass(frozen=True, slots=True)
class Found:
    code: Code
    subject: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


Finder = Callable[[Look], Found | None]


def paper(look: Look) -> Found | None:
    """What was never needed by an own service runs out without a word."""
    if not look.ends:
        return None
    day, kind, service_id = min(look.ends)
    return Found(Code.PAPER, service_id, {"day": day.toordinal(), "paper": kind})


def silent(look: Look) -> Found | None:
    n = look.now.fates[Fate.SILENT]
    return Found(Code.SILENT, 0, {"n": n}) if n >= look.times else None


def slow(look: Look) -> Found | None:
    """Several were asked at once and somebody else got it."""
    n = sum(
        one.together and one.fate is Fate.GONE and one.order_id in look.taken
        for one in look.now.past.questions
    )
    minutes = [
        _minutes(one) for one in look.now.past.questions
        if one.answered_at and not is_night(one.at.astimezone(look.zone), look.rules)
    ]  # fmt: skip
    if n < look.times or not minutes:
        return None
    return Found(Code.SLOW, 0, {"n": n, "minutes": max(1, round(median(minutes)))})


def _minutes(one: Question) -> float:
    return (one.answered_at - one.at).total_seconds() / 60 if one.answered_at else 0.0


def fell(look: Look) -> Found | None:
    now, before = look.now.acceptance, look.before.acceptance
    said = [sum(q.fate.counts for q in each.past.questions) for each in (look.now, look.before)]
    enough, fall = look.rules.number("finding_enough"), look.rules.number("finding_fall_bp")
    if now is None or before is None or min(said) < enough or before - now < fall:
        return None
    return Found(Code.FELL, 0, {"now": now, "before": before})


def late(look: Look) -> Found | None:
    n = sum(one.on_time is False for one in look.now.past.visits)
    return Found(Code.LATE, 0, {"n": n}) if n >= look.times else None


def day_off(look: Look) -> Found | None:
    days = Counter(
        order.starts_at.astimezone(look.zone).weekday()
        for order in look.near() if order.service_id in look.offered
    )  # fmt: skip
    free = [(n, -day) for day, n in days.items() if day not in look.weekdays and n >= look.times]
    if not free or not look.weekdays:
        return None
    n, day = max(free)
    return Found(Code.DAY_OFF, -day, {"n": n})


def outside(look: Look) -> Found | None:
    km = look.rules.number("finding_beyond_km")
    n = sum(order.service_id in look.offered for order in look.near(beyond=km))
    return Found(Code.OUTSIDE, 0, {"n": n, "km": km}) if n >= look.times else None


def unanswered(look: Look) -> Found | None:
    """Words of customers that nobody has replied to."""
    n = sum(bool(one.text) and not one.reply for one in look.now.past.reviews)
    return Found(Code.UNANSWERED, 0, {"n": n}) if n >= look.times else None


def wanted(look: Look) -> Found | None:
    """Looked or waited for in vain around him, in the own trade, and not on the list of services.

    Who looked in vain often waits then, so the two are never added up.
    """
    radius = look.provider.radius_m / 1000
    waits = Counter(one.service_id for one in look.waiting if look.km(one) <= radius)
    counts = {
        service_id: max(waits[service_id], look.unmet.get(service_id, 0))
        for service_id in look.trade if service_id not in look.offered
    }  # fmt: skip
    enough = [(n, -service_id) for service_id, n in counts.items() if n >= look.times]
    if not enough:
        return None
    n, service = max(enough)
    return Found(Code.WANTED, -service, {"n": n, "names": look.trade[-service].names})


def pricey(look: Look) -> Found | None:
    """The price that is furthest above what eight of ten others ask at the most."""
    least = BASIS + look.rules.number("finding_price_bp")
    above = [
        (skill.price * BASIS // there.high, skill)
        for skill in look.skills
        if (there := look.markets.get(skill.service_id)) and skill.service_id in look.trade
    ]
    share, skill = max(above, key=lambda one: one[0], default=(0, None))
    if skill is None or share < least:
        return None
    there = look.markets[skill.service_id]
    facts = {"price": skill.price, "low": there.low, "high": there.high,
             "names": look.trade[skill.service_id].names}  # fmt: skip
    return Found(Code.PRICEY, skill.service_id, facts)


def no_photo(look: Look) -> Found | None:
    bare = look.provider.photo_id is None and not look.photo_waits
    return Found(Code.NO_PHOTO) if bare else None


FINDERS: Final[tuple[Finder, ...]] = (
    paper, silent, slow, fell, late, day_off, outside, wanted, pricey, unanswered, no_photo,
)  # fmt: skip
"""In the order of their weight."""


def found(look: Look) -> list[Found]:
    return [one for finder in FINDERS if (one := finder(look)) is not None]
