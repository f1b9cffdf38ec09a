"""Staff take a review down with a reason, or show it again; its stars go and come with it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from core.anew import decided_anew
from core.changes import Changes, Count, Update
from core.errors import AlreadyDone, OutOfDate, Unknown
from core.events import Event
from core.files.model import Kept
from core.levels.table import level_due
from core.orders.service import Orders, OrderView
from core.people.model import Provider, Staff
from core.people.staff import StaffRoom
from core.ports import Store
from core.reasons import given
from core.reviews.model import Report, Review, Verdict
from core.reviews.service import Reviews, Scores, rank_anew, sums

DECIDE = "reviews.decide"
NOTHING = Scores(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """A review with its order and pictures."""

    review: Review
    view: OrderView
    files: Sequence[Kept]


def hidden(*, review: Review, now: datetime) -> Changes:
    """Nobody reads it, and its stars count no more."""
    return _turned(review, now, hide=True)


def _turned(review: Review, now: datetime, *, hide: bool) -> Changes:
    scores = Scores(review.quality, review.attitude, review.skill)
    moved = (NOTHING, scores) if hide else (scores, NOTHING)
    expect = asdict(scores) | {"hidden": not hide}
    return Changes().add(
        Update(Review, review.id, {"hidden": hide}, expect, OutOfDate()),
        Count(Provider, review.provider_id, "rating_count", -1 if hide else 1),
        *sums(review.provider_id, *moved),
        rank_anew(review, now),
        level_due(provider_id=review.provider_id, now=now),
    )


class Hiding:
    """Of two who decide at once the second gets AlreadyDone."""

    def __init__(self, *, store: Store, orders: Orders, reviews: Reviews, staff: StaffRoom) -> None:
        self._store = store
        self._orders = orders
        self._reviews = reviews
        self._staff = staff

    async def hidden(self, *, limit: int = 200) -> list[Review]:
        """All that nobody sees, the latest first."""
        return await self._store.find(Review, hidden=True, order="-created_at", limit=limit)

    async def look(self, *, order_id: int) -> Seen:
        """Raises Unknown."""
        review = await self._reviews.of_order(order_id=order_id)
        if review is None:
            raise Unknown("review")
        files = await self._reviews.files(ids=review.files)
        return Seen(review, await self._orders.view(order_id=order_id), tuple(files))

    @decided_anew
    async def hide(self, *, order_id: int, member: Staff, reason: str, now: datetime) -> Seen:
        """Raises AlreadyDone, Invalid("reason", "missing"), Unknown."""
        reason = given(reason=reason, most=200)
        return await self._turn(order_id, member, reason, now, hide=True)

    @decided_anew
    async def restore(self, *, order_id: int, member: Staff, reason: str, now: datetime) -> Seen:
        """A report that had led to it counts as not upheld. Raises AlreadyDone, Unknown."""
        return await self._turn(order_id, member, reason, now, hide=False)

    async def _turn(
        self, order_id: int, member: Staff, reason: str, now: datetime, *, hide: bool
    ) -> Seen:
        seen = await self.look(order_id=order_id)
        if seen.review.hidden is hide:
            raise AlreadyDone()
        changes = _turned(seen.review, now, hide=hide)
        changes.add(
            self._staff.line(
                member=member, action=DECIDE, reason=reason, person=seen.view.customer, now=now
            ),
            *await self._reported(order_id, member, now, hide=hide),
        )
        verb = "taken_down" if hide else "restored"
        version, facts = int(now.timestamp() * 1000), {"reason": reason}
        changes.tell(Event(f"review.{verb}", order_id, version, seen.view.people, facts))
        await self._store.apply(changes)
        return await self.look(order_id=order_id)

    async def _reported(
        self, order_id: int, member: Staff, now: datetime, *, hide: bool
    ) -> list[Update]:
        """What a provider has against it is decided by this, too."""
        report = await self._store.get(Report, order_id=order_id)
        verdict = Verdict.HIDDEN if hide else Verdict.KEPT
        if report is None or report.verdict is verdict:
            return []
        values = {"verdict": verdict, "decided_by": member.telegram_id, "decided_at": now,
                  "version": report.version + 1}  # fmt: skip
        return [Update(Report, report.id, values, {"version": report.version}, OutOfDate())]
