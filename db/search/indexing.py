"""Derives the tables of search from people, skills, certificates, hours and claims; may be run again at any time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from core.availability.masks import day_mask
from core.availability.service import Availability, Calendar
from core.catalog.model import Service
from core.levels.table import rank_bonus
from core.people.model import Certificate, Provider, ProviderState, Skill
from core.ports import Store
from core.rules import Rules
from core.search.rank import hundredths, rank
from core.search.terms import name_terms
from db.engine import Database
from db.ops import Op
from db.search import reach, terms
from db.search.masks import drop_before, put
from db.search.reach import Reach, forget, replace, rows_of
from db.search.terms import replace_terms

MASK_DAYS = 61
_AT_ONCE = 50
_WITHOUT = (
    "SELECT m.provider_id FROM day_mask m WHERE m.day = ? AND NOT EXISTS"
    " (SELECT 1 FROM day_mask l WHERE l.provider_id = m.provider_id AND l.day = ?) LIMIT 1"
)


class Indexer:
    """Implements core.ports.SearchIndexer."""

    def __init__(
        self, *, database: Database, store: Store, availability: Availability, rules: Rules
    ) -> None:
        self._db = database
        self._store = store
        self._availability = availability
        self._rules = rules

    async def provider(self, *, provider_id: int, now: datetime) -> None:
        provider = await self._store.get(Provider, id=provider_id)
        if provider is not None:
            await self._db.apply(await self.provider_ops(providers=[provider], now=now))

    async def provider_ops(self, *, providers: Sequence[Provider], now: datetime) -> list[Op]:
        """All rows of these providers as they must be; what is so already is not written again.

        Rewriting everybody at midnight kept the disk so busy that a whole city waited.
        """
        ids = [provider.id for provider in providers]
        skills = await self._store.find(Skill, provider_id=ids, active=True, limit=100_000)
        certificates = await self._store.find(Certificate, provider_id=ids, limit=100_000)
        needed = {s.id: s.certificate for s in await self._store.find(Service, limit=10_000)}
        found = await reach.known(self._db, provider_ids=ids)
        named = await terms.known(self._db, kind="provider", refs=ids)
        ops: list[Op] = []
        # A hold runs out by itself and nothing would put its quarters back, so it never takes them out.
        calendars = await self._availability.calendars(providers=providers, now=now, holds=False)
        for calendar in calendars:
            provider = calendar.provider
            today = self._availability.today(now=now)
            valid = {
                c.kind for c in certificates
                if c.provider_id == provider.id and c.valid(today=today)
            }  # fmt: skip
            offers = tuple(
                (s.service_id, s.price) for s in skills
                if s.provider_id == provider.id and needed.get(s.service_id) in valid | {None}
            )  # fmt: skip
            ops += self._reach(provider, offers, found[provider.id], verified=bool(valid))
            ops += self._masks(calendar, now)
            weights = name_terms(name=provider.name)
            if named[provider.id] != weights:
                ops += replace_terms(kind="provider", ref=provider.id, weights=weights)
        return ops

    def _reach(
        self, provider: Provider, offers: tuple[tuple[int, int], ...],
        found: set[tuple[Any, ...]], *, verified: bool,
    ) -> list[Op]:  # fmt: skip
        seen = provider.state is ProviderState.APPROVED and provider.working
        if not seen or provider.lat is None or provider.lon is None:
            return forget(provider.id) if found else []
        stars = provider.quality_sum + provider.attitude_sum + provider.skill_sum
        wanted = Reach(
            provider_id=provider.id, lat=provider.lat, lon=provider.lon,
            radius_m=provider.radius_m, verified=verified, offers=offers,
            rank=rank(
                total=stars / 3, count=provider.rating_count,
                bonus=rank_bonus(level=provider.level, rules=self._rules),
            ),
            stars=hundredths(total=stars, count=3 * provider.rating_count),
        )  # fmt: skip
        return [] if rows_of(wanted) == found else replace(wanted)

    def _masks(self, calendar: Calendar, now: datetime) -> list[Op]:
        today = self._availability.today(now=now)
        days = [today + timedelta(days=ahead) for ahead in range(MASK_DAYS)]
        masks = {
            day.toordinal(): day_mask(week=calendar.week, day=day, claimed=calendar.claimed)
            for day in days
        }
        return put(provider_id=calendar.provider.id, masks=masks)

    async def all_providers(self, *, now: datetime) -> None:
        """A new day has come into sight, papers may have run out: everybody anew, some at a time."""
        after = 0
        while ids := await self._db.fetch(
            "SELECT id FROM provider WHERE id > ? ORDER BY id LIMIT ?", [after, _AT_ONCE]
        ):
            after = ids[-1][0]
            providers = await self._store.find(Provider, id=[row[0] for row in ids])
            await self._db.apply(await self.provider_ops(providers=providers, now=now))
        today = self._availability.today(now=now).toordinal()
        await self._db.apply([drop_before(today - 1)])

    async def is_stale(self, *, now: datetime) -> bool:
        """Whether the last day people may book is not in everybody's masks yet: some have it by an order of today."""
        today = self._availability.today(now=now).toordinal()
        last = today + MASK_DAYS - 1
        rows = await self._db.fetch("SELECT MAX(day) FROM day_mask")
        return (rows[0][0] or 0) < last or bool(await self._db.fetch(_WITHOUT, [today, last]))
