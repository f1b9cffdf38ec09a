"""Certificates of an application, judged by staff one by one."""

from datetime import date

from core.changes import Changes, Update
from core.errors import Invalid, OutOfDate, Unknown
from core.events import Event
from core.people.model import Certificate, CertificateState, Provider
from core.ports import Store


class Papers:
    """Each act changes one certificate; the provider's version moves on, so nobody judges an old dossier."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def one(self, *, paper_id: int) -> tuple[Certificate, Provider]:
        """Raises Unknown."""
        paper = await self._store.get(Certificate, id=paper_id)
        provider = await self._store.get(Provider, id=paper.provider_id) if paper else None
        if paper is None or provider is None:
            raise Unknown("certificate")
        return paper, provider

    async def judge(self, *, paper_id: int, good: bool, today: date) -> Provider:
        """Verified or not good. Raises Invalid("expires_on", "over") for one that has run out, Unknown."""
        paper, provider = await self.one(paper_id=paper_id)
        if good and paper.expires_on is not None and paper.expires_on < today:
            raise Invalid("expires_on", "over")
        state = CertificateState.VERIFIED if good else CertificateState.REJECTED
        await self._set(paper, provider, state=state)
        return provider

    async def expire_on(self, *, paper_id: int, day: date | None, today: date) -> Provider:
        """Staff correct the last day (None: for good). Raises Invalid("expires_on", "over"), Unknown."""
        if day is not None and day < today:
            raise Invalid("expires_on", "over")
        paper, provider = await self.one(paper_id=paper_id)
        await self._set(paper, provider, expires_on=day)
        return provider

    async def _set(self, paper: Certificate, provider: Provider, **values: object) -> None:
        version = provider.version + 1
        event = Event(
            "application.judged", provider.id, version, {}, {"bot": "provider", "paper": paper.kind}
        )
        changes = Changes().add(
            Update(Certificate, paper.id, dict(values), expect={"state": paper.state}),
            Update(
                Provider, provider.id, {"version": version}, expect={"version": provider.version},
                otherwise=OutOfDate(),
            ),
        )  # fmt: skip
        await self._store.apply(changes.tell(event))
