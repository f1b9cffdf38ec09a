"""Reads a provider's past out of the rows of orders: what was asked and answered, done, lost and said."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from core.figures.model import Cause, Fate, Lost, Passage, Past, Question, Records, Visit
from core.orders.advance import reached_at
from core.orders.lifecycle import PROMISED
from core.orders.model import Answer, Ask, Order, State, Step
from core.ports import Store
from core.reviews.service import REVIEWABLE
from core.rules import Rules

_LONGEST_ASK = timedelta(hours=3)
_MANY = 100_000

ANSWERS = {
    "accept": Fate.ACCEPTED, "decline": Fate.DECLINED, "time_out": Fate.SILENT,
    "unseen": Fate.UNSEEN,
}  # fmt: skip
ASKS = {
    Answer.OPEN: Fate.OPEN, Answer.WON: Fate.ACCEPTED, Answer.NO: Fate.DECLINED,
    Answer.SILENT: Fate.SILENT, Answer.UNSEEN: Fate.UNSEEN, Answer.GONE: Fate.GONE,
}  # fmt: skip
OWN_WORD = frozenset({Fate.ACCEPTED, Fate.DECLINED})
LOST = {"drop": Cause.MINE, "replace": Cause.MINE, "reassign": Cause.STAFF, "absent": Cause.ABSENT}


class Reading:
    def __init__(self, *, store: Store, records: Records, rules: Rules) -> None:
        self._store = store
        self._records = records
        self._rules = rules

    async def past(self, *, provider_id: int, first: datetime, end: datetime) -> Past:
        passages = await self._records.passages(provider_id=provider_id, first=first, end=end)
        questions = [*_questions(passages), *await self._at_once(provider_id, first, end)]
        visits = await self._visits(provider_id, _done(passages, first, end))
        reviews = await self._records.reviews(provider_id=provider_id, first=first, end=end)
        whole = Past(
            tuple(sorted(questions, key=lambda one: (one.at, one.order_id))), tuple(visits),
            tuple(sorted(_lost(passages), key=lambda one: (one.at, one.order_id))), tuple(reviews),
        )  # fmt: skip
        return whole.within(first, end)

    async def _at_once(self, provider_id: int, first: datetime, end: datetime) -> list[Question]:
        asks = await self._records.asks(
            provider_id=provider_id, first=first, end=end + _LONGEST_ASK
        )
        ids = sorted({ask.order_id for ask in asks})
        verbs = ["ask", "take", "refuse"]
        steps = await self._store.find(Step, order_id=ids, verb=verbs, order="version", limit=_MANY)
        mine = [step for step in steps if step.facts.get("provider") == provider_id]
        return [_together(ask, [s for s in mine if s.order_id == ask.order_id]) for ask in asks]

    async def _visits(self, provider_id: int, done: dict[int, datetime]) -> list[Visit]:
        orders = await self._store.find(Order, id=sorted(done), limit=_MANY)
        earlier = await self._store.find(
            Order, provider_id=provider_id, state=sorted(REVIEWABLE), limit=_MANY,
            customer_id=sorted({order.customer_id for order in orders}),
        )  # fmt: skip
        since: dict[int, datetime] = {}
        for order in earlier:
            known = since.setdefault(order.customer_id, order.starts_at)
            since[order.customer_id] = min(known, order.starts_at)
        found = [
            Visit(
                order.id, done[order.id], order.customer_id, _worked(order), self._on_time(order),
                since.get(order.customer_id, order.starts_at) < order.starts_at,
            )
            for order in orders
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.at, one.order_id))

    def _on_time(self, order: Order) -> bool | None:
        """At the door before anybody is told that he is late."""
        arrived = reached_at(order=order, state=State.ARRIVED)
        if arrived is None:
            return None
        return arrived <= order.starts_at + timedelta(minutes=self._rules.number("late_minutes"))


def _worked(order: Order) -> timedelta:
    """From the start to the end of the work, or as long as it was booked where nobody noted both."""
    began = reached_at(order=order, state=State.WORKING)
    ended = reached_at(order=order, state=State.FINISHED)
    return ended - began if began and ended else timedelta(minutes=order.minutes)


def _by_order(passages: Sequence[Passage]) -> Iterable[list[Passage]]:
    for _, some in groupby(passages, key=lambda one: one.order_id):
        yield list(some)


def _questions(passages: Sequence[Passage]) -> Iterable[Question]:
    """An order comes to somebody as an offer, and the next step says what became of it."""
    for steps in _by_order(passages):
        for place, step in enumerate(steps):
            if step.target == State.OFFERED and step.source != State.OFFERED:
                yield _asked(step, steps[place + 1 : place + 2])


def _asked(step: Passage, then: Sequence[Passage]) -> Question:
    if not then:
        return Question(step.order_id, step.at)
    fate = ANSWERS.get(then[0].verb, Fate.GONE)
    return Question(step.order_id, step.at, fate, then[0].at if fate in OWN_WORD else None)


def _together(ask: Ask, steps: Sequence[Step]) -> Question:
    put = [step.at for step in steps if step.verb == "ask" and step.facts["wave"] == ask.wave]
    said = [
        step.at for step in steps if step.verb != "ask" and step.at >= min(put, default=step.at)
    ]
    fate = ASKS[ask.answer]
    answered = said[0] if said and fate in OWN_WORD else None
    return Question(ask.order_id, put[0] if put else ask.until, fate, answered, together=True)


def _done(passages: Sequence[Passage], first: datetime, end: datetime) -> dict[int, datetime]:
    """When the work of each was done; orders of old have no more than their end."""
    found: dict[int, datetime] = {}
    for step in passages:
        if step.target in (State.FINISHED, State.CLOSED) and step.source not in (
            State.FINISHED, State.DISPUTED,
        ):  # fmt: skip
            found[step.order_id] = step.at
    return {order_id: at for order_id, at in found.items() if first <= at < end}


def _lost(passages: Sequence[Passage]) -> Iterable[Lost]:
    for step in passages:
        if step.source in PROMISED:
            if step.verb in LOST:
                yield Lost(step.order_id, step.at, LOST[step.verb])
            elif step.verb == "cancel":
                yield Lost(step.order_id, step.at, Cause(step.actor))
