"""What a provider reads of himself, and the one answer he may give to each review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.anew import decided_anew
from core.changes import Changes, Update
from core.errors import AlreadyDone, Frozen, Invalid, OutOfDate, Unknown
from core.events import Event
from core.files.model import Kept
from core.orders.model import Order
from core.people.model import Person, Provider, ProviderState
from core.people.own import provider_of
from core.ports import Store
from core.privacy.model import FORMER
from core.records.model import LOW
from core.relay.masking import crossing
from core.reviews.model import Report, Review
from core.rules import Rules

MANY = 100_000


class Which(StrEnum):
    """The lists of reviews."""

    ALL = "all"
    UNANSWERED = "open"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """Some of what was said; `counts` are of all the lists."""

    provider: Provider
    items: tuple[Review, ...]
    number: int
    pages: int
    counts: dict[Which, int]


@dataclass(frozen=True, slots=True)
class Received:
    """One review before its provider; `erased`: whoever wrote it is forgotten, only the stars are left."""

    review: Review
    order: Order
    files: tuple[Kept, ...]
    report: Report | None
    erased: bool

    @property
    def answerable(self) -> bool:
        return not (self.review.reply or self.review.hidden or self.erased)

    @property
    def reportable(self) -> bool:
        """Staff were not asked yet, or it was changed since their word."""
        if self.report is None:
            return not self.erased
        decided, edited = self.report.decided_at, self.review.edited_at
        return bool(decided and edited and edited > decided)


def fits(review: Review, which: Which) -> bool:
    match which:
        case Which.UNANSWERED:
            return not review.reply
        case Which.LOW:
            return review.quality + review.attitude + review.skill <= 3 * LOW
    return True


class Answering:
    """`person_id` is the provider's own. All raise Unknown for anybody else's review, and for a hidden one."""

    def __init__(self, *, store: Store, rules: Rules) -> None:
        self._store = store
        self._rules = rules

    async def page(
        self, *, person_id: int, which: Which, page: int, size: int
    ) -> ReceivedPage:  # fmt: skip
        """The latest first."""
        provider = await provider_of(store=self._store, person_id=person_id)
        every = await self._store.find(
            Review, provider_id=provider.id, hidden=False, order="-created_at", limit=MANY
        )
        counts = {kind: sum(fits(one, kind) for one in every) for kind in Which}
        found = [one for one in every if fits(one, which)]
        pages = max(1, -(-len(found) // size))
        number = min(max(page, 0), pages - 1)
        items = tuple(found[number * size : (number + 1) * size])
        return ReceivedPage(provider, items, number, pages, counts)

    async def one(self, *, person_id: int, review_id: int) -> Received:
        provider = await provider_of(store=self._store, person_id=person_id)
        review = await self._store.get(Review, id=review_id, provider_id=provider.id, hidden=False)
        order = await self._store.get(Order, id=review.order_id) if review else None
        if review is None or order is None:
            raise Unknown("review")
        author = await self._store.get(Person, id=review.customer_id)
        report = await self._store.get(Report, review_id=review.id)
        files = await self._files(review.files)
        return Received(review, order, files, report, author is None or author.name == FORMER)

    async def _files(self, ids: Sequence[int]) -> tuple[Kept, ...]:
        kept = {file.id: file for file in await self._store.find(Kept, id=list(ids))}
        return tuple(kept[file_id] for file_id in ids if file_id in kept)

    def worded(self, *, text: str) -> str:
        """The answer as everybody would read it. Raises Invalid("reply", "missing" | "too_long")."""
        text, most = text.strip(), self._rules.number("review_reply_letters")
        if not text:
            raise Invalid("reply", "missing")
        if len(text) > most:
            raise Invalid("reply", "too_long", {"most": most, "n": len(text)})
        return crossing(text=text, rules=self._rules).text

    @decided_anew
    async def answer(self, *, person_id: int, review_id: int, text: str, now: datetime) -> Review:
        """For good: there is no second one. Raises AlreadyDone, Frozen, and what `worded` raises."""
        one = await self.one(person_id=person_id, review_id=review_id)
        provider, review = await provider_of(store=self._store, person_id=person_id), one.review
        if provider.state is ProviderState.FROZEN:
            raise Frozen()
        if review.reply:
            raise AlreadyDone()
        if not one.answerable:
            raise Unknown("review")
        values = {"reply": self.worded(text=text), "replied_at": now}
        expect = {"reply": "", "hidden": False, "author": review.author, "text": review.text}
        changes = Changes().add(Update(Review, review.id, values, expect, OutOfDate()))
        people = {"customer": review.customer_id}
        changes.tell(Event("review.answered", review.order_id, 1, people))
        await self._store.apply(changes)
        return review.model_copy(update=values)
