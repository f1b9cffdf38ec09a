"""How measures, what they are split by, and their values are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from babel.dates import get_day_names

from bot import words as names
from bot.i18n import Words, mark
from core.catalog.service import Catalog
from core.errors import Unknown
from core.orders.model import State
from core.platform.facts import Cause
from core.platform.measures import MEASURES, Dimension, Key, Measure, Sort, Value

MEASURE_NAMES: Final = {
    Measure.ORDERS: mark("Orders placed"),
    Measure.DONE: mark("Jobs done"),
    Measure.AMOUNT: mark("Turnover"),
    Measure.COMMISSION: mark("Commission"),
    Measure.AVERAGE: mark("Average order"),
    Measure.REFUNDS: mark("Refunds"),
    Measure.CANCELLED: mark("Cancelled orders"),
    Measure.CANCEL_RATE: mark("Cancellation rate"),
    Measure.ON_TIME: mark("On-time rate"),
    Measure.RATING: mark("Stars"),
    Measure.REVIEWS: mark("Reviews written"),
    Measure.CUSTOMERS: mark("Customers who ordered"),
    Measure.NEW_USERS: mark("New users"),
    Measure.ACTIVE: mark("Active users"),
    Measure.SEARCHES: mark("Searches"),
    Measure.UNMET: mark("Unmet demand"),
}
DIMENSION_NAMES: Final = {
    Dimension.CATEGORY: mark("by category"),
    Dimension.SERVICE: mark("by service"),
    Dimension.DISTRICT: mark("by district"),
    Dimension.HOUR: mark("by hour"),
    Dimension.WEEKDAY: mark("by weekday"),
    Dimension.DAY: mark("by date"),
    Dimension.PROVIDER: mark("by provider"),
    Dimension.CAUSE: mark("by cause"),
    Dimension.STATE: mark("by state"),
}
CAUSES: Final = {
    Cause.CUSTOMER: mark("by the customer"),
    Cause.STAFF: mark("by us"),
    Cause.UNPAID: mark("not paid in time"),
    Cause.NOBODY: mark("no provider could come"),
    Cause.ABSENT: mark("nobody opened"),
}


def told(sort: Sort, value: Value, words: Words) -> str:
    """A value as it is written; nothing to count is a dash."""
    return "–" if value is None else _WRITTEN[sort](words, value)


_WRITTEN: Final[dict[Sort, Callable[[Words, float], str]]] = {
    Sort.NUMBER: lambda words, value: words.number(value),
    Sort.MONEY: lambda words, value: words.money(round(value)),
    Sort.SHARE: lambda words, value: words.percent(round(value / 100) * 100),
    Sort.STARS: lambda words, value: words.rating(value),
}


def written(measure: Measure, value: Value, words: Words) -> str:
    return told(MEASURES[measure].sort, value, words)


@dataclass(frozen=True, slots=True)
class Keys:
    """What the parts of a split are called; `providers` are the names of those that occur."""

    catalog: Catalog
    words: Words
    providers: Mapping[int, str] = field(default_factory=dict)

    def name(self, dimension: Dimension, key: Key) -> str:
        return _NAMED[dimension](self, key)

    def category(self, key: Key) -> str:
        if not key:
            return self.words.plain("no service of ours")
        try:
            found = self.catalog.category(category_id=int(key))
        except Unknown:
            return self.words.plain("Others")
        return self.words.pick(found.names)

    def service(self, key: Key) -> str:
        if not key:
            return self.words.plain("no service of ours")
        try:
            found = self.catalog.service(service_id=int(key))
        except Unknown:
            return self.words.plain("Others")
        return self.words.pick(found.names)

    def district(self, key: Key) -> str:
        """A place in no district we know is elsewhere."""
        if not key:
            return self.words.plain("Elsewhere")
        return self.words.area(str(key))

    def hour(self, key: Key) -> str:
        return f"{int(key):02d}:00–{(int(key) + 1) % 24:02d}:00"

    def weekday(self, key: Key) -> str:
        return str(get_day_names("wide", locale=self.words.language)[int(key)])

    def day(self, key: Key) -> str:
        return self.words.weekday_date(date.fromordinal(int(key)))

    def provider(self, key: Key) -> str:
        return self.providers.get(int(key), "–")

    def cause(self, key: Key) -> str:
        return self.words.plain(CAUSES[Cause(str(key))])

    def state(self, key: Key) -> str:
        return self.words.plain(names.STATES[State(str(key))][1])


_NAMED: Final[dict[Dimension, Callable[[Keys, Key], str]]] = {
    Dimension.CATEGORY: Keys.category,
    Dimension.SERVICE: Keys.service,
    Dimension.DISTRICT: Keys.district,
    Dimension.HOUR: Keys.hour,
    Dimension.WEEKDAY: Keys.weekday,
    Dimension.DAY: Keys.day,
    Dimension.PROVIDER: Keys.provider,
    Dimension.CAUSE: Keys.cause,
    Dimension.STATE: Keys.state,
}
