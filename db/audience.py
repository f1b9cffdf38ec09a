"""Who is meant by an announcement, read in shares: reachable, not muted, of a side, a language and a city or district.

Places are not known to the database: people are told apart by the point (a hundred metres wide) where they were.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from core.announcements.model import Audience, Heads, Side
from core.announcements.ports import Hearer
from core.people.choices import Kind
from core.places import Area
from core.ports import Geography
from db.engine import Database

_MILLI: Final = 1000  # parts of a degree
_PAGE: Final = 500

# Whoever was only ever a provider or staff has never finished the customers' welcome.
_WHO: Final = {
    Side.ALL: "(p.onboarded OR v.id IS NOT NULL)",
    Side.CUSTOMERS: "p.onboarded",
    Side.PROVIDERS: "v.id IS NOT NULL",
}
_IN_CUSTOMER: Final = {
    Side.ALL: "p.onboarded", Side.CUSTOMERS: "TRUE", Side.PROVIDERS: "FALSE",
}  # fmt: skip
_HOME: Final = (
    "(SELECT a.{0} FROM address a WHERE a.person_id = p.id"
    " ORDER BY a.preferred DESC, a.used_at DESC LIMIT 1)"
)
_ORDERED: Final = "EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = p.id AND o.created_at >= ?)"
_CHOSEN: Final = {
    "sqlite": "json_extract(p.choices, '$.{0}')",
    "postgresql": "p.choices ->> '{0}'",
}


class CrowdTable:
    """Implements core.announcements.ports.Crowd. `language` is spoken to whoever never said or showed another."""

    def __init__(
        self, database: Database, *, places: Geography, languages: Sequence[str], language: str
    ) -> None:
        self._db = database
        self._places = places
        self._area_at = lru_cache(maxsize=65_536)(self._named)
        self._languages = languages
        self._language = language

    async def count(self, *, audience: Audience, kind: Kind, now: datetime) -> Heads:
        """People are counted by point, so however many there are, few rows are read."""
        people, params = self._people(audience, kind, now)
        by = "muted, blocked, lat, lon" if audience.placed else "muted, blocked, NULL, NULL"
        group = by.removesuffix(", NULL, NULL")
        sql = f"SELECT COUNT(*), {by} FROM ({people}) c GROUP BY {group}"
        found = [
            row for row in await self._db.fetch(sql, params) if self._near(audience, row[3], row[4])
        ]
        return Heads(
            reached=sum(n for n, muted, blocked, *_ in found if not muted and not blocked),
            muted=sum(n for n, muted, blocked, *_ in found if muted and not blocked),
            blocked=sum(n for n, _, blocked, *_ in found if blocked),
        )

    async def after(
        self, *, audience: Audience, kind: Kind, mark: int, limit: int, now: datetime
    ) -> list[Hearer]:
        people, params = self._people(audience, kind, now, after=mark)
        sql = (
            f"SELECT id, bot, lat, lon FROM ({people}) c WHERE muted = 0 AND blocked = 0"
            " ORDER BY id LIMIT ?"
        )
        if not audience.placed:
            return [
                Hearer(row[0], row[1], row[0])
                for row in await self._db.fetch(sql, [*params, limit])
            ]
        found: list[Hearer] = []
        while rows := await self._db.fetch(sql, [*params, _PAGE]):
            found += [
                Hearer(i, bot, i) for i, bot, lat, lon in rows if self._near(audience, lat, lon)
            ]
            if len(found) >= limit or len(rows) < _PAGE:
                break
            people, params = self._people(audience, kind, now, after=rows[-1][0])
        return found[:limit]

    def _near(self, audience: Audience, lat: int | None, lon: int | None) -> bool:
        if not audience.placed:
            return True
        if lat is None or lon is None:
            return False
        there = self._area_at(lat / _MILLI, lon / _MILLI)
        if audience.district:
            return there.district == audience.district
        return there.city == audience.city

    def _named(self, lat: float, lon: float) -> Area:
        return Area(
            self._places.city_at(lat=lat, lon=lon), self._places.district_at(lat=lat, lon=lon)
        )

    def _people(
        self, audience: Audience, kind: Kind, now: datetime, *, after: int = 0
    ) -> tuple[str, list[Any]]:
        """The statement, and its values."""
        in_customer = _IN_CUSTOMER[audience.side]
        bot = f"CASE WHEN {in_customer} THEN 'customer' ELSE 'provider' END"
        spoken, language = self._speaking(audience.language)
        ordered, since = _ordering(audience.ordered, now)
        sql = (
            f"SELECT p.id AS id, {bot} AS bot, {self._off(in_customer, kind)} AS muted,"
            f" CASE WHEN EXISTS (SELECT 1 FROM unreachable u WHERE u.bot = {bot}"
            " AND u.chat_id = p.telegram_id) THEN 1 ELSE 0 END AS blocked,"
            f" {_point('lat', in_customer)} AS lat, {_point('lon', in_customer)} AS lon FROM person p"
            " LEFT JOIN provider v ON v.person_id = p.id AND v.state = 'approved'"
            f" WHERE p.telegram_id > 0 AND NOT p.frozen AND p.id > ? AND {_WHO[audience.side]}{spoken}{ordered}"
        )
        return sql, [after, *language, *since]

    def _off(self, in_customer: str, kind: Kind) -> str:
        chosen = _CHOSEN[self._db.dialect]
        theirs, work = chosen.format(kind.value), chosen.format(Kind.WORK_NEWS.value)
        return (
            f"CASE WHEN COALESCE(CASE WHEN {in_customer} THEN {theirs} ELSE {work} END, '') = 'off'"
            " THEN 1 ELSE 0 END"
        )

    def _speaking(self, language: str) -> tuple[str, list[Any]]:
        """As bot/i18n.py chooses: the own choice, else by Telegram's code, else that of the place."""
        if not language:
            return "", []
        known = [_stem(one) for one in self._languages]
        code = "LOWER(SUBSTR(p.language_code, 1, 2))"
        by_code = f"{code} = ?"
        values: list[Any] = [language, *self._languages, _stem(language)]
        if language == self._language:
            by_code = f"({by_code} OR {code} NOT IN ({', '.join('?' * len(known))}))"
            values += known
        never_said = f"COALESCE(p.language, '') NOT IN ({', '.join('?' * len(self._languages))})"
        return f" AND (p.language = ? OR ({never_said} AND {by_code}))", values


def _stem(language: str) -> str:
    return language.split("_")[0].lower()


def _point(name: str, in_customer: str) -> str:
    """Where somebody was last, or lives; a provider where he works from."""
    theirs = f"COALESCE(p.{name}, {_HOME.format(name)})"
    where = f"CASE WHEN {in_customer} THEN {theirs} ELSE v.{name} END"
    return f"CAST(ROUND({where} * {_MILLI}) AS INTEGER)"


def _ordering(days: int, now: datetime) -> tuple[str, list[Any]]:
    if not days:
        return "", []
    return f" AND {'' if days > 0 else 'NOT '}{_ORDERED}", [now - timedelta(days=abs(days))]
