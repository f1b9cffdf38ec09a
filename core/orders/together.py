"""Several services in one visit: what else the chosen provider could do, added to the draft and taken out again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.errors import Invalid, Unknown
from core.orders.booking import Booking, Bookings
from core.orders.model import Draft
from core.orders.tasks import Pick
from core.people.providers import Priced, Providers

MOST_SERVICES = 3
"""More in one visit would hardly be on time."""


class Together:
    def __init__(self, *, providers: Providers, bookings: Bookings) -> None:
        self._providers = providers
        self._bookings = bookings

    async def offered(self, *, booking: Booking, now: datetime) -> list[Priced]:
        """What else the provider may do today, things near the main service first."""
        if len(booking.services) >= MOST_SERVICES or booking.provider is None:
            return []
        taken = {service.id for service in booking.services}
        offers = await self._providers.offers(provider_id=booking.provider.id, now=now)
        left = [offer for offer in offers if offer.service.id not in taken]
        near = booking.service.category_id
        return sorted(left, key=lambda offer: offer.service.category_id != near)

    async def add(self, *, customer_id: int, service_id: int, now: datetime) -> Booking:
        """One service more; the chosen start stays, to be looked at again.

        Raises Unknown for one the provider doesn't do, Invalid("further", "too_many").
        """
        booking = await self._bookings.open(customer_id=customer_id)
        if service_id in [service.id for service in booking.services]:
            return booking
        if len(booking.services) >= MOST_SERVICES:
            raise Invalid("further", "too_many", {"most": MOST_SERVICES})
        if service_id not in [o.service.id for o in await self.offered(booking=booking, now=now)]:
            raise Unknown("service")
        further = [*booking.draft.further, Pick(service_id).as_dict()]
        return await self._fill(booking.draft, now, further=further)

    async def remove(self, *, customer_id: int, service_id: int, now: datetime) -> Booking:
        """Takes a further service out; the main one stays."""
        booking = await self._bookings.open(customer_id=customer_id)
        further = [one for one in booking.draft.further if one["service_id"] != service_id]
        return await self._fill(booking.draft, now, further=further)

    async def choose(
        self, *, customer_id: int, place: int, now: datetime,
        options: Mapping[str, int] | None = None, answers: Mapping[str, str] | None = None,
    ) -> Booking:  # fmt: skip
        """Sets options or answers of the service at this place (0 is the main one). Raises Unknown, Invalid."""
        booking = await self._bookings.open(customer_id=customer_id)
        if not 0 <= place < len(booking.services):
            raise Unknown("service")
        pick = booking.draft.picks[place]
        values: dict[str, Any] = {}
        if options is not None:
            values["options"] = pick.options | dict(options)
        if answers is not None:
            values["answers"] = pick.answers | dict(answers)
        if place:
            further = [dict(one) for one in booking.draft.further]
            further[place - 1] |= values
            values = {"further": further}
        return await self._fill(booking.draft, now, **values)

    async def _fill(self, draft: Draft, now: datetime, **values: Any) -> Booking:
        return await self._bookings.fill(
            customer_id=draft.customer_id, now=now, starts_at=draft.starts_at, **values
        )
