"""Visits that are over, put into the records as they are: thousands of them in the time that one takes to be played."""

from datetime import datetime, timedelta
from typing import Any

from core.orders.model import Order, Pay, State, Step
from core.people.model import Person, Provider
from core.reviews.model import Review
from tests.reliability.town import CENTRE, Town

AHEAD = timedelta(hours=20)
"""So long before the visit it was booked."""
_VERBS = {
    State.OFFERED: "place", State.ACCEPTED: "accept", State.ON_THE_WAY: "depart",
    State.ARRIVED: "arrive", State.WORKING: "start", State.FINISHED: "finish",
    State.CLOSED: "close", State.CANCELLED: "cancel",
}  # fmt: skip


def order(
    here: Town, customer: Person, provider: Provider, start: datetime, state: State, **values: Any
) -> Order:
    """An order as it stands; `reached` says when it came where."""
    order_id = here.new_id()
    return Order(
        id=order_id, number=str(order_id), customer_id=customer.id, provider_id=provider.id,
        service_id=here.services[0].id, state=state, buffer_min=0,
        place="Centre", lat=CENTRE[0], lon=CENTRE[1], currency="CNY", total=20_000,
        pay=Pay.ON_SITE, method="on_site", due_now=0, commission_bp=1500, start_code="1234",
        **{"minutes": 60, "starts_at": start, "created_at": start - AHEAD} | values,
    )  # fmt: skip


def steps(here: Town, one: Order, *path: tuple[State, datetime, str]) -> list[Step]:
    """The timeline along these states; each with its moment and who led there."""
    found, source = [], ""
    for version, (state, at, actor) in enumerate(path, 1):
        found.append(Step(
            id=here.new_id(), order_id=one.id, provider_id=one.provider_id, version=version,
            verb=_VERBS[state], from_state=source, to_state=state, actor=actor, actor_id=0, at=at,
        ))  # fmt: skip
        source = state.value
    return found


def done(
    here: Town, customer: Person, provider: Provider, start: datetime, *, minutes: float = 60.0
) -> Order:
    """Worked on for so long, and paid."""
    ended = start + timedelta(minutes=minutes)
    reached = {
        State.ACCEPTED: start - AHEAD, State.ARRIVED: start, State.WORKING: start,
        State.FINISHED: ended, State.CLOSED: ended,
    }  # fmt: skip
    kept = {state.value: at.isoformat() for state, at in reached.items()}
    return order(here, customer, provider, start, State.CLOSED, reached=kept)


def cancelled(
    here: Town, customer: Person, provider: Provider, start: datetime, *, after: timedelta,
    **values: Any,
) -> Order:  # fmt: skip
    """Called off by the customer so long after the booking."""
    at = {State.CANCELLED.value: (start - AHEAD + after).isoformat()}
    values = {"cancelled_by": "customer", "reached": at} | values
    return order(here, customer, provider, start, State.CANCELLED, **values)


def review(here: Town, one: Order, at: datetime, stars: tuple[int, int, int] = (5, 5, 5)) -> Review:
    quality, attitude, skill = stars
    return Review(
        id=here.new_id(), order_id=one.id, provider_id=one.provider_id,
        customer_id=one.customer_id, service_id=one.service_id, quality=quality,
        attitude=attitude, skill=skill, created_at=at,
    )  # fmt: skip
