"""Certificates of an application, judged by staff one by one."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from core.availability.service import Availability
from core.availability.zones import day_ends
from core.changes import Changes, Remove, Timer, Update
from core.errors import Invalid, OutOfDate, Unknown
from core.events import Event
from core.people.model import Certificate, CertificateState, Provider, ProviderState
from core.ports import Store


def found_anew(
    *, provider_id: int, last_days: Iterable[date | None], zone: str, now: datetime
) -> Iterator[Timer]:
    """Who is found as verified follows the papers: now, and as soon as the last day of each is over."""
    ends = {day_ends(zone=zone, day=day) for day in last_days if day is not None}
    for at in sorted({now} | {end for end in ends if end > now}):
        key = f"provider.reindex:{provider_id}:{at.isoformat()}"
        yield Timer("provider.reindex", provider_id, at, key)


class Papers:
    """Each act changes one certificate; the provider's version moves on, so nobody judges an old dossier."""

    def __init__(self, *, store: Store, availability: Availability) -> None:
        self._store = store
        self._availability = availability

    async def one(self, *, paper_id: int) -> tuple[Certificate, Provider]:
        """Raises Unknown."""
        paper = await self._store.get(Certificate, id=paper_id)
        provider = await self._store.get(Provider, id=paper.provider_id) if paper else None
        if paper is None or provider is None:
            raise Unknown("certificate")
        return paper, provider

    async def judge(self, *, paper_id: int, good: bool, now: datetime) -> Provider:
        """Verified or not good. Raises Invalid("expires_on", "over") for one that has run out, Unknown."""
        paper, provider = await self.one(paper_id=paper_id)
        if good and self._over(paper.expires_on, now):
            raise Invalid("expires_on", "over")
        state = CertificateState.VERIFIED if good else CertificateState.REJECTED
        changes = Changes()
        if provider.state is ProviderState.APPROVED and state is not paper.state:
            whom, version = {"provider": provider.person_id}, provider.version + 1
            changes.tell(Event("paper.judged", paper.id, version, whom, {"good": good}))
            former = await self._former(paper) if good else []
            if paper.state is CertificateState.VERIFIED:  # visits may need it that are booked
                changes.tell(Event("paper.over", paper.id, version))
            changes.add(*(Remove(Certificate, {"id": one.id}) for one in former))
        await self._set(paper, provider, now, changes, state=state)
        return provider

    async def _former(self, paper: Certificate) -> list[Certificate]:
        """Those of the same kind that a renewed one takes the place of."""
        known = await self._store.find(Certificate, provider_id=paper.provider_id, kind=paper.kind)
        return [one for one in known if one.id != paper.id]

    async def expire_on(self, *, paper_id: int, day: date | None, now: datetime) -> Provider:
        """Staff correct the last day (None: for good). Raises Invalid("expires_on", "over"), Unknown."""
        if self._over(day, now):
            raise Invalid("expires_on", "over")
        paper, provider = await self.one(paper_id=paper_id)
        await self._set(paper, provider, now, Changes(), expires_on=day, warned=0)
        return provider

    def _over(self, day: date | None, now: datetime) -> bool:
        return day is not None and day < self._availability.today(now=now)

    async def _set(
        self,
        paper: Certificate,
        provider: Provider,
        now: datetime,
        changes: Changes,
        **values: Any,
    ) -> None:
        version = provider.version + 1
        event = Event(
            "application.judged", provider.id, version, {}, {"bot": "provider", "paper": paper.kind}
        )
        changes.add(
            Update(Certificate, paper.id, dict(values), expect={"state": paper.state}),
            Update(
                Provider, provider.id, {"version": version}, expect={"version": provider.version},
                otherwise=OutOfDate(),
            ),
            *found_anew(
                provider_id=provider.id, last_days=[values.get("expires_on", paper.expires_on)],
                zone=self._availability.zone, now=now,
            ),
        )  # fmt: skip
        await self._store.apply(changes.tell(event))
