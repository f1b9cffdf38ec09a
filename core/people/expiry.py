"""Certificates that run out: provider and staff are warned twice before, by rule, then told that it is over."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from core.availability.zones import day_ends
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Changes, Timer, Update
from core.errors import OutOfDate, Unknown
from core.events import Event
from core.orders.lifecycle import HOLDING
from core.orders.model import Order
from core.orders.night import is_night
from core.people.model import Certificate, CertificateState, Provider, Skill
from core.ports import Store
from core.rules import Rules

_AT_ONCE = 20


class Warned(IntEnum):
    """How far a certificate's end has been told."""

    NOTHING = 0
    FIRST = 1
    SECOND = 2
    OVER = 3


class Endings(Protocol):
    """Verified papers of approved providers that near their end; see db/papers.py."""

    async def ending(
        self, *, today: date, first: date, second: date, limit: int
    ) -> list[Certificate]:
        """Those of which less was told than is due, the first to end first."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of a paper means: the services that need it, and the visits after its last day."""

    paper: Certificate
    provider: Provider
    services: tuple[Service, ...]
    orders: tuple[Order, ...]
    today: date

    @property
    def over(self) -> bool:
        """It counts no more: past its last day, or found not good."""
        return not self.paper.valid(today=self.today)


class Expiry:
    def __init__(
        self, *, store: Store, reads: Endings, catalog: Catalog, rules: Rules, zone: str
    ) -> None:
        self._store = store
        self._reads = reads
        self._catalog = catalog
        self._rules = rules
        self._zone = zone

    async def look(self, *, paper_id: int, now: datetime) -> Ending:
        """Raises Unknown for one that was replaced meanwhile."""
        paper = await self._store.get(Certificate, id=paper_id)
        provider = await self._store.get(Provider, id=paper.provider_id) if paper else None
        if paper is None or provider is None:
            raise Unknown("certificate")
        skills = await self._store.find(Skill, provider_id=provider.id, active=True)
        ids = {skill.service_id for skill in skills}
        services = [
            one for one in self._catalog.services() if one.id in ids and one.certificate == paper.kind
        ]  # fmt: skip
        return Ending(
            paper, provider, tuple(services), tuple(await self._after(paper)), self._today(now)
        )

    async def _after(self, paper: Certificate) -> list[Order]:
        """Visits that need it and lie where it doesn't count."""
        lasts = await self._others(paper, CertificateState.VERIFIED)
        last = max([paper.last, *(one.last for one in lasts)])
        if last == date.max:
            return []
        found = await self._store.find(
            Order, provider_id=paper.provider_id, state=sorted(HOLDING), order="starts_at"
        )
        ends = day_ends(zone=self._zone, day=last) if last != date.min else None
        return [
            order for order in found
            if (ends is None or order.starts_at >= ends)
            and any(paper.kind in task.needs for task in order.tasks)
        ]  # fmt: skip

    async def _others(self, paper: Certificate, state: CertificateState) -> Sequence[Certificate]:
        found = await self._store.find(
            Certificate, provider_id=paper.provider_id, kind=paper.kind, state=state
        )
        return [one for one in found if one.id != paper.id]

    def _today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self._zone)).date()

    # --- the clock

    async def begin(self, *, now: datetime) -> None:
        """The clock's look at them is set, where it isn't."""
        timer = Timer("paper.day", 0, self._next(now), "paper.day", kept=True)
        await self._store.apply(Changes().add(timer))

    async def every_day(self, *, now: datetime) -> datetime:
        """Tells what is due, never at night; when to go on. What was missed while we were down is told then."""
        if is_night(now.astimezone(ZoneInfo(self._zone)), self._rules):
            return now + timedelta(hours=1)
        today = self._today(now)
        papers = await self._reads.ending(
            today=today, first=today + timedelta(days=self._rules.number("paper_first_days")),
            second=today + timedelta(days=self._rules.number("paper_second_days")), limit=_AT_ONCE,
        )  # fmt: skip
        with suppress(OutOfDate):  # staff have just looked at one: the next turn comes at once
            await self._tell(papers, today, now)
        return now + timedelta(seconds=1) if papers else self._next(now)

    def _due(self, paper: Certificate, today: date) -> Warned:
        left = (paper.last - today).days
        if left < 0:
            return Warned.OVER
        near = left <= self._rules.number("paper_second_days")
        return Warned.SECOND if near else Warned.FIRST

    async def _tell(self, papers: Sequence[Certificate], today: date, now: datetime) -> None:
        """Each provider hears of his own; the staff of all that are warned of in one message, of each that is over."""
        changes, warned = Changes(), []
        for paper in papers:
            due, provider = self._due(paper, today), await self._provider(paper)
            values, expect = (
                {"warned": int(due)},
                {"warned": paper.warned, "expires_on": paper.expires_on},
            )
            changes.add(Update(Certificate, paper.id, values, expect, OutOfDate()))
            whom, version = {"provider": provider.person_id}, paper.last.toordinal() * 10 + due
            if due is Warned.OVER:
                key = f"provider.reindex:{provider.id}:paper:{paper.id}"
                changes.add(Timer("provider.reindex", provider.id, now, key))
                changes.tell(Event("paper.over", paper.id, version, whom))
            elif not await self._others(paper, CertificateState.SENT):
                changes.tell(Event("paper.ends", paper.id, version, whom))
                warned.append(paper.id)
        if warned:
            facts, version = {"papers": warned}, int(now.timestamp() * 1000)
            changes.tell(Event("papers.ending", today.toordinal(), version, {}, facts))
        await self._store.apply(changes)

    async def _provider(self, paper: Certificate) -> Provider:
        provider = await self._store.get(Provider, id=paper.provider_id)
        if provider is None:
            raise Unknown("provider")
        return provider

    def _next(self, now: datetime) -> datetime:
        """At the rule's hour, today or tomorrow."""
        local = now.astimezone(ZoneInfo(self._zone))
        clock = time(self._rules.number("paper_clock"))
        today = datetime.combine(local.date(), clock, local.tzinfo)
        return today if today > local else today + timedelta(days=1)
