"""A provider asks staff to look at a review; they keep it, or hide it and its stars with it."""

from dataclasses import dataclass
from datetime import datetime

from core.anew import decided_anew
from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.files.model import Kept
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.reviews.hiding import hidden
from core.reviews.model import Reason, Report, Review, Verdict
from core.reviews.received import Answering
from core.reviews.service import Reviews

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Case:
    """All that staff look at before they decide."""

    report: Report
    review: Review
    view: OrderView
    files: tuple[Kept, ...]


class Reporting:
    def __init__(
        self, *, store: Store, orders: Orders, reviews: Reviews, answering: Answering, new_id: NewId
    ) -> None:
        self._store = store
        self._orders = orders
        self._reviews = reviews
        self._answering = answering
        self._new_id = new_id

    @decided_anew
    async def report(
        self, *, person_id: int, review_id: int, reason: Reason, words: str, now: datetime
    ) -> Report:
        """Staff are asked. Raises Unknown, AlreadyDone, Invalid for no words, NotAllowedNow after their word."""
        one = await self._answering.one(person_id=person_id, review_id=review_id)
        words = words.strip()[:LONGEST]
        if reason is Reason.OTHER and not words:
            raise Invalid("text", "missing")
        if one.report and one.report.verdict is Verdict.OPEN:
            raise AlreadyDone()
        if not one.reportable:
            raise NotAllowedNow(verb="report", state="reported")
        return await (self._again if one.report else self._first)(one.review, reason, words, now)

    async def _first(self, review: Review, reason: Reason, words: str, now: datetime) -> Report:
        report = Report(
            id=self._new_id(), review_id=review.id, order_id=review.order_id,
            provider_id=review.provider_id, reason=reason, words=words, created_at=now,
        )  # fmt: skip
        await self._store.apply(
            Changes().add(Insert(report, otherwise=OutOfDate())).tell(_event("reported", report))
        )
        return report

    async def _again(self, review: Review, reason: Reason, words: str, now: datetime) -> Report:
        known = await self._store.get(Report, review_id=review.id)
        if known is None:
            raise OutOfDate()
        opened = {"reason": reason, "words": words, "verdict": Verdict.OPEN, "created_at": now,
                  "decided_by": None, "decided_at": None}  # fmt: skip
        return await self._move(known, "reported", opened, Changes(), {})

    async def _move(
        self, report: Report, verb: str, values: dict[str, object], changes: Changes,
        people: dict[str, int],
    ) -> Report:  # fmt: skip
        """One step of a report, if nobody else took one."""
        values = values | {"version": report.version + 1}
        expect = {"version": report.version}
        moved = report.model_copy(update=values)
        changes.add(Update(Report, report.id, values, expect, OutOfDate()))
        await self._store.apply(changes.tell(_event(verb, moved, people)))
        return moved

    async def waiting(self) -> list[Report]:
        """All that staff have not decided on, the longest waiting first."""
        return await self._store.find(Report, verdict=Verdict.OPEN, order="created_at")

    async def case(self, *, order_id: int) -> Case:
        """Raises Unknown for an order whose review nobody reported."""
        report = await self._store.get(Report, order_id=order_id)
        review = await self._store.get(Review, id=report.review_id) if report else None
        if report is None or review is None:
            raise Unknown("review")
        view = await self._orders.view(order_id=order_id)
        files = await self._reviews.files(ids=review.files)
        return Case(report, review, view, tuple(files))

    @decided_anew
    async def decide(self, *, order_id: int, hide: bool, by: int, now: datetime) -> Case:
        """Once: raises AlreadyDone for whoever comes second, Unknown."""
        case = await self.case(order_id=order_id)
        if case.report.verdict is not Verdict.OPEN:
            raise AlreadyDone()
        values = {"verdict": Verdict.HIDDEN if hide else Verdict.KEPT, "decided_by": by,
                  "decided_at": now}  # fmt: skip
        people = {"provider": case.view.people["provider"]} | (case.view.people if hide else {})
        changes = hidden(review=case.review, now=now) if hide else Changes()
        verb = "hidden" if hide else "kept"
        await self._move(case.report, verb, dict(values), changes, people)
        return await self.case(order_id=order_id)


def _event(verb: str, report: Report, people: dict[str, int] | None = None) -> Event:
    return Event(f"review.{verb}", report.order_id, report.version, people or {})
