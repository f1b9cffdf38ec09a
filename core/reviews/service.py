"""What customers think of a job: written once per finished order, shown at once, editable for some hours."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from core.alerts.raising import look_after
from core.anew import decided_anew
from core.changes import Change, Changes, Count, Insert, Timer, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.files.leaving import leaves
from core.files.model import Kept
from core.levels.table import level_due
from core.orders.model import Order, State
from core.people.model import Person, Provider, ProviderState
from core.ports import Store
from core.relay.masking import crossing, mask
from core.reviews.model import Review
from core.rules import Rules

REVIEWABLE = frozenset({State.FINISHED, State.DISPUTED, State.CLOSED})
MOST_FILES = 10
LONGEST = 1000
PAGE = 3


@dataclass(frozen=True, slots=True)
class Scores:
    """The three dimensions, 1 to 5 each."""

    quality: int
    attitude: int
    skill: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Some of what is said of a provider."""

    provider: Provider
    items: tuple[Review, ...]
    number: int
    pages: int


def reviewable(order: Order) -> bool:
    """Work was done and was to be paid: what went back after a complaint does not take the word away."""
    got = order.paid + (order.cash_confirmed or 0)
    return order.state in REVIEWABLE and not (got and order.refund_due - order.given_back >= got)


def rank_anew(review: Review, now: datetime) -> Timer:
    """The provider's place in the search follows from the stars."""
    at = int(now.timestamp() * 1000)
    return Timer("provider.reindex", review.provider_id, now, f"reindex:{review.provider_id}:{at}")


def short_name(*, name: str) -> str:
    """How strangers see the author: a Chinese surname and a blank, or a first name and an initial if there is one."""
    words = mask(name).text.split()
    if not words:
        return ""
    first = words[0]
    if not first.isascii() and first.lower() == first.upper():  # a script without capitals
        return f"{first[:1]}**"
    return f"{first[:12]} {words[-1][0]}." if len(words) > 1 else first[:12]


class Reviews:
    def __init__(self, *, store: Store, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._rules = rules
        self._new_id = new_id

    async def of_order(self, *, order_id: int) -> Review | None:
        return await self._store.get(Review, order_id=order_id)

    async def shown(self, *, review_id: int) -> Review:
        """Raises Unknown, also for a hidden one."""
        review = await self._store.get(Review, id=review_id, hidden=False)
        if review is None:
            raise Unknown("review")
        return review

    async def of_provider(self, *, provider_id: int, page: int) -> ReviewPage:
        """The latest first; hidden ones are not among them. Raises Unknown for a provider who isn't approved."""
        provider = await self._store.get(Provider, id=provider_id, state=ProviderState.APPROVED)
        if provider is None:
            raise Unknown("provider")
        total = await self._store.count(Review, provider_id=provider_id, hidden=False)
        pages = max(1, -(-total // PAGE))
        number = min(max(page, 0), pages - 1)
        items = await self._store.find(
            Review, provider_id=provider_id, hidden=False, order="-created_at", limit=PAGE,
            offset=number * PAGE,
        )  # fmt: skip
        return ReviewPage(provider, tuple(items), number, pages)

    async def files(self, *, ids: Sequence[int]) -> list[Kept]:
        """Photos and videos in this order; those that are gone from the store are left out."""
        kept = {file.id: file for file in await self._store.find(Kept, id=list(ids))}
        return [kept[file_id] for file_id in ids if file_id in kept]

    def editable_until(self, *, review: Review) -> datetime:
        return review.created_at + timedelta(hours=self._rules.number("review_edit_hours"))

    def editable(self, *, review: Review, now: datetime) -> bool:
        """Within the rule's hours, and while staff have nothing against it."""
        return not review.hidden and now < self.editable_until(review=review)

    @decided_anew
    async def write(
        self, *, order_id: int, customer_id: int, scores: Scores, text: str, files: list[int],
        now: datetime,
    ) -> Review:  # fmt: skip
        """Writes the review of a finished order, or changes it within the rule's hours.

        Raises Unknown (somebody else's order), NotAllowedNow (not finished, all paid back, or too late to change),
        Invalid (also for a review of oneself), and AlreadyDone or OutOfDate where a rival was faster.
        """
        order = await self._finished(order_id, customer_id)
        _check(scores, files)
        files = [one.id for one in await self.files(ids=files) if one.owner_id == customer_id]
        known = await self.of_order(order_id=order_id)
        if known is not None:
            return await self._change(known, scores, text, files, now)
        author = await self._author(order)
        review = Review(
            id=self._new_id(), order_id=order.id, provider_id=order.provider_id,
            customer_id=customer_id, service_id=order.service_id, text=self._told(text),
            author=short_name(name=author.name), files=files, created_at=now,
            **asdict(scores),
        )  # fmt: skip
        changes = Changes().add(
            Insert(review, otherwise=AlreadyDone()),
            Update(Order, order.id, {"reviewed": True}, {"reviewed": False}, AlreadyDone()),
            Count(Provider, order.provider_id, "rating_count", 1),
            *sums(review.provider_id, scores, Scores(0, 0, 0)),
            rank_anew(review, now),
            level_due(provider_id=review.provider_id, now=now),
            look_after(order_id=order.id, cause="review", now=now),
        )
        changes.tell(
            await self._event("review.written", review, version=1),
            Event("order.reviewed", order.id, 1, {"customer": customer_id}),
        )
        await self._store.apply(changes)
        return review

    def _told(self, text: str) -> str:
        """Anybody reads it: a number or a link in it would lead past the platform."""
        return crossing(text=text.strip()[:LONGEST], rules=self._rules).text

    async def _finished(self, order_id: int, customer_id: int) -> Order:
        order = await self._store.get(Order, id=order_id, customer_id=customer_id)
        if order is None:
            raise Unknown("order")
        if not reviewable(order):
            raise NotAllowedNow(verb="review", state=order.state)
        return order

    async def _author(self, order: Order) -> Person:
        """Whoever booked, unless that is the provider under another account: the same phone gives them away."""
        author = await self._store.get(Person, id=order.customer_id)
        provider = await self._store.get(Provider, id=order.provider_id)
        if author is None or provider is None:
            raise Unknown("order")
        other = await self._store.get(Person, id=provider.person_id)
        if other and (author.id == other.id or (author.phone and author.phone == other.phone)):
            raise Invalid("review", "own_work")
        return author

    async def _change(
        self, review: Review, scores: Scores, text: str, files: list[int], now: datetime
    ) -> Review:
        if not self.editable(review=review, now=now):
            raise NotAllowedNow(verb="review", state="reviewed")
        before = Scores(review.quality, review.attitude, review.skill)
        values = asdict(scores) | {"text": self._told(text), "files": files, "edited_at": now}
        expect = asdict(before) | {"edited_at": review.edited_at, "hidden": False}
        changes = Changes().add(
            Update(Review, review.id, values, expect, OutOfDate()),
            *sums(review.provider_id, scores, before),
            rank_anew(review, now),
            level_due(provider_id=review.provider_id, now=now),
            *leaves(file_ids=set(review.files) - set(files), now=now),
        )
        version = int(now.timestamp() * 1000)
        changes.tell(await self._event("review.edited", review, version=version))
        await self._store.apply(changes)
        return review.model_copy(update=values)

    async def came(self, *, customer_id: int, files: Sequence[int], now: datetime) -> None:
        """Photos and videos sent for a review: if it is not published within the rule's days, they leave the disk."""
        until = now + timedelta(days=self._rules.number("review_draft_days"))
        await self.take_out(customer_id=customer_id, files=files, now=until)

    async def take_out(self, *, customer_id: int, files: Sequence[int], now: datetime) -> None:
        """Photos and videos that were sent for a review and are not to be in it after all."""
        mine = await self._store.find(Kept, id=list(files), owner_id=customer_id)
        await self._store.apply(Changes().add(*leaves(file_ids=[one.id for one in mine], now=now)))

    async def _event(self, name: str, review: Review, *, version: int) -> Event:
        provider = await self._store.get(Provider, id=review.provider_id)
        people = {"customer": review.customer_id}
        if provider is not None:
            people["provider"] = provider.person_id
        facts = {"order": review.order_id, "provider": review.provider_id}
        return Event(name, review.id, version, people, facts)


def _check(scores: Scores, files: list[int]) -> None:
    if not all(1 <= score <= 5 for score in asdict(scores).values()):
        raise Invalid("scores", "missing")
    if len(files) > MOST_FILES:
        raise Invalid("photos", "too_many", {"most": MOST_FILES})


def sums(provider_id: int, scores: Scores, before: Scores) -> list[Change]:
    """The provider's rating sums moved by the difference; only what differs is touched."""
    moved = {name: value - asdict(before)[name] for name, value in asdict(scores).items()}
    return [Count(Provider, provider_id, f"{name}_sum", by) for name, by in moved.items() if by]
