"""Staff's side of applications: what waits, approving, sending back with what is to be mended."""

from collections.abc import Sequence
from datetime import datetime

from core.availability.service import Availability
from core.changes import Changes, Update
from core.errors import Invalid, NotAllowedNow, Unknown
from core.inquiries.model import Inquiry
from core.inquiries.service import over
from core.people.applications import Applications, moved
from core.people.dossier import PARTS, Application, ordered
from core.people.model import Certificate, CertificateState, Provider, ProviderState
from core.people.papers import found_anew
from core.ports import Store

LONGEST_REASON = 300


class Judging:
    def __init__(
        self, *, store: Store, applications: Applications, availability: Availability
    ) -> None:
        self._store = store
        self._applications = applications
        self._availability = availability

    async def waiting(self, *, limit: int = 100) -> list[Provider]:
        """Applications that staff have to look at, the oldest first."""
        return await self._store.find(Provider, state=ProviderState.APPLIED, limit=limit)

    async def look(self, *, provider_id: int) -> Application:
        """Everything the applicant answered. Raises Unknown."""
        return await self._applications.look(provider_id=provider_id)

    async def approve(self, *, provider_id: int, now: datetime) -> Application:
        """Staff have looked at everything: the papers count as verified, customers find the provider."""
        provider = await self._sent(provider_id, "approve")
        papers = await self._store.find(Certificate, provider_id=provider_id)
        seen = [
            Update(Certificate, p.id, {"state": CertificateState.VERIFIED})
            for p in papers
            if p.state is CertificateState.SENT
        ]
        again = found_anew(
            provider_id=provider_id, last_days=[p.expires_on for p in papers],
            zone=self._availability.zone, now=now,
        )  # fmt: skip
        changes = moved(provider, ProviderState.APPROVED, "application.approved", *seen, *again)
        await self._decide(provider, changes)
        return await self.look(provider_id=provider_id)

    async def reject(self, *, provider_id: int, parts: Sequence[str], reason: str) -> Application:
        """Sent back with a reason and the parts to mend; everything stays as it was answered."""
        if not {*parts} <= {*PARTS}:
            raise Invalid("part", "unknown")
        if not reason.strip():
            raise Invalid("text", "missing")
        provider = await self._sent(provider_id, "reject")
        changes = moved(
            provider, ProviderState.REJECTED, "application.rejected",
            reason=reason.strip()[:LONGEST_REASON], mend=ordered(parts=parts),
        )  # fmt: skip
        await self._decide(provider, changes)
        return await self.look(provider_id=provider_id)

    async def _decide(self, provider: Provider, changes: Changes) -> None:
        """With it, what staff asked meanwhile is over."""
        open_ = await self._store.find(Inquiry, provider_id=provider.id, answered_at=None)
        await self._store.apply(changes.tell(*over(inquiries=open_, provider=provider)))

    async def _sent(self, provider_id: int, verb: str) -> Provider:
        provider = await self._store.get(Provider, id=provider_id)
        if provider is None:
            raise Unknown("application")
        if provider.state is not ProviderState.APPLIED:
            raise NotAllowedNow(verb=verb, state=provider.state)
        return provider
