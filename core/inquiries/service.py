"""Staff ask, the applicant answers; the application stays where it is meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from core.anew import decided_anew
from core.changes import Changes, Insert, Once, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.inquiries.model import Inquiry
from core.people.model import Provider, ProviderState
from core.ports import Store

LONGEST_QUESTION, LONGEST_ANSWER, MOST_FILES, MOST_OPEN = 300, 1500, 5, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with whom it is put to; `open` while the application is to be decided."""

    inquiry: Inquiry
    provider: Provider

    @property
    def open(self) -> bool:
        return self.provider.state is ProviderState.APPLIED


class Inquiries:
    def __init__(self, *, store: Store, new_id: NewId) -> None:
        self._store = store
        self._new_id = new_id

    async def look(self, *, inquiry_id: int) -> Asked:
        """Raises Unknown."""
        inquiry = await self._store.get(Inquiry, id=inquiry_id)
        provider = await self._store.get(Provider, id=inquiry.provider_id) if inquiry else None
        if inquiry is None or provider is None:
            raise Unknown("inquiry")
        return Asked(inquiry, provider)

    async def own(self, *, inquiry_id: int, person_id: int) -> Asked:
        """The same for the applicant. Raises Unknown for another's."""
        asked = await self.look(inquiry_id=inquiry_id)
        if asked.provider.person_id != person_id:
            raise Unknown("inquiry")
        return asked

    async def ask(
        self, *, provider_id: int, staff_id: int, name: str, text: str, now: datetime
    ) -> Inquiry:
        """Raises Invalid("inquiry", "missing" | "too_many"), NotAllowedNow once it was decided, Unknown."""
        text = " ".join(text.split())[:LONGEST_QUESTION]
        if not text:
            raise Invalid("inquiry", "missing")
        provider = await self._store.get(Provider, id=provider_id)
        if provider is None:
            raise Unknown("application")
        if provider.state is not ProviderState.APPLIED:
            raise NotAllowedNow(verb="ask", state=provider.state)
        where = {"provider_id": provider_id, "answered_at": None}
        if await self._store.count(Inquiry, **where) >= MOST_OPEN:
            raise Invalid("inquiry", "too_many", {"most": MOST_OPEN})
        fresh = Inquiry(
            id=self._new_id(), provider_id=provider_id, staff_id=staff_id, asked_by=name[:64],
            text=text, asked_at=now,
        )  # fmt: skip
        changes = Changes().add(Insert(fresh, otherwise=OutOfDate()))
        await self._store.apply(
            changes.tell(_event("inquiry.asked", fresh, provider), _heard(provider, now))
        )
        return fresh

    @decided_anew
    async def answer(
        self, *, inquiry_id: int, person_id: int, text: str, files: list[int], key: str,
        now: datetime,
    ) -> Asked:  # fmt: skip
        """Words and files, added to those of before; `key` names the update that brought them.

        Raises Invalid("text", "missing"), Invalid("answer", "too_long" | "too_many"), NotAllowedNow, Unknown.
        """
        asked = await self.own(inquiry_id=inquiry_id, person_id=person_id)
        inquiry, text = asked.inquiry, text.strip()
        if not asked.open:
            raise NotAllowedNow(verb="answer", state=asked.provider.state)
        if not text and not files:
            raise Invalid("text", "missing")
        values = {
            "answer": _short("\n".join(part for part in (inquiry.answer, text) if part)),
            "files": _few([*inquiry.files, *files]), "answered_at": now,
            "version": inquiry.version + 1,
        }  # fmt: skip
        changes = Changes().add(
            Once(f"inquiry:{key}"),
            Update(Inquiry, inquiry.id, values, {"version": inquiry.version}, OutOfDate()),
        )
        fresh = inquiry.model_copy(update=values)
        said = _event("inquiry.answered", fresh, asked.provider, files=files)
        try:
            await self._store.apply(changes.tell(said, _heard(asked.provider, now)))
        except AlreadyDone:
            pass
        return await self.look(inquiry_id=inquiry_id)

    async def of(self, *, provider_id: int) -> list[Inquiry]:
        """All about one application, in order."""
        return await self._store.find(Inquiry, provider_id=provider_id, order="asked_at")


def _event(
    name: str, inquiry: Inquiry, provider: Provider, *, files: list[int] | None = None
) -> Event:
    facts = {"bot": "provider", "files": files or []}
    return Event(name, inquiry.id, inquiry.version, {"person": provider.person_id}, facts)


def _heard(provider: Provider, now: datetime) -> Event:
    """The card of the application goes along."""
    return Event("application.heard", provider.id, int(now.timestamp() * 1000))


def _short(text: str) -> str:
    if len(text) > LONGEST_ANSWER:
        raise Invalid("answer", "too_long", {"most": LONGEST_ANSWER})
    return text


def _few(files: list[int]) -> list[int]:
    if len(files) > MOST_FILES:
        raise Invalid("answer", "too_many", {"most": MOST_FILES})
    return files


def over(*, inquiries: list[Inquiry], provider: Provider) -> list[Event]:
    """The application is decided or taken back: what was asked needs no answer any more."""
    return [
        Event(
            "inquiry.over",
            one.id,
            provider.version,
            {"person": provider.person_id},
            {"bot": "provider"},
        )
        for one in inquiries
    ]
