"""What customers usually do: how they look around, order and spend. Pure."""

from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.admin.stats.names import Keys, told
from bot.admin.stats.screens import ends
from bot.i18n import Words
from bot.screen import Screen, press
from bot.spans import span_name
from core.platform.facts import Facts
from core.platform.habits import Habits, habits
from core.platform.measures import Dimension, Sort


def usual(facts: Facts, keys: Keys, words: Words) -> Screen:
    found = habits(facts=facts)
    text = lines(
        words("🛒 <b>{span}</b>", span=span_name(facts.span, words)), Markup(""),
        *_looking(found, keys, words), Markup(""), *_ordering(found, keys, words), Markup(""),
        *_spending(found, words),
    )  # fmt: skip
    return Screen(text, [back(words, press("sto", *ends(facts.span)))])


def _looking(found: Habits, keys: Keys, words: Words) -> list[Markup | None]:
    each = found.searches / found.visitors if found.visitors else None
    looked = [
        f"{keys.name(Dimension.SERVICE, service)} {words.number(count)}"
        for service, count in found.looked
    ]
    return [
        words("👀 <b>Looking around</b>"),
        words("Looked for a service: {n} times, {each} per customer and day",
              n=words.number(found.searches), each=_one(each, words)),
        words("Most looked for: {services}", services=words.plain(", ").join(looked)) if looked else None,
    ]  # fmt: skip


def _one(value: float | None, words: Words) -> str:
    return "–" if value is None else words.rating(value)


def _ordering(found: Habits, keys: Keys, words: Words) -> list[Markup | None]:
    return [
        words("📦 <b>Ordering</b>"),
        words("{orders} by {customers}; twice or more: {again} of them",
              orders=words.plain_plural("{n} order", "{n} orders", found.orders),
              customers=words.plain_plural("{n} customer", "{n} customers", found.customers),
              again=told(Sort.SHARE, found.again, words)),
        words("For the same day: {share}; {days} days ahead on average",
              share=told(Sort.SHARE, found.same_day, words), days=_one(found.ahead, words)),
        words("Most wanted: {hour}, {weekday}", hour=keys.name(Dimension.HOUR, found.hour),
              weekday=keys.name(Dimension.WEEKDAY, found.weekday))
        if found.hour is not None and found.weekday is not None else None,
    ]  # fmt: skip


def _spending(found: Habits, words: Words) -> list[Markup | None]:
    return [
        words("💳 <b>Spending</b>"),
        words("Half of the orders settled cost {middle} or less",
              middle=told(Sort.MONEY, found.middle, words)),
        words("Per customer: {money}", money=told(Sort.MONEY, found.per_customer, words)),
        words("Something paid before the visit: {share} of the orders",
              share=told(Sort.SHARE, found.online, words)),
    ]  # fmt: skip
