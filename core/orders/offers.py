"""What a provider may know of an order: as an offer nothing that leads to a person, as a job all he needs.

An `Offer` has no field for a name, a phone, a door or an exact point, so no screen made of it can tell them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.availability.zones import local_date
from core.distance import km_between, minutes_for
from core.errors import Unknown
from core.extras.model import Extra
from core.income import expected
from core.ledger.service import Earning
from core.orders.asks import terms_of
from core.orders.lifecycle import PROMISED
from core.orders.model import Answer, Ask, Order, Stage, State, Step, WorkPhoto
from core.orders.repricing import taken
from core.orders.service import Orders
from core.orders.tasks import Task
from core.people.model import Person, Provider
from core.people.own import provider_of
from core.places import written
from core.ports import Geography, Store
from core.relay.masking import mask
from core.rules import Rules


class Gone(StrEnum):
    """Why an offer is no longer open for somebody."""

    TAKEN = "taken"  # by somebody else, or it is with somebody else now
    WITHDRAWN = "withdrawn"
    LATE = "late"
    UNSEEN = "unseen"  # the card could not reach him
    DECLINED = "declined"
    DROPPED = "dropped"  # promised and given back
    MINE = "mine"  # this provider has accepted it


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything needed to decide. `km` is rounded to half a kilometre, and the time of the way is made of that;
    `area` is a quarter or a landmark.
    """

    order_id: int
    number: str
    tasks: tuple[Task, ...]
    starts_at: datetime
    minutes: int
    area: str
    km: float | None
    notes: str
    photos: tuple[int, ...]
    earning: Earning
    cash: int
    currency: str
    until: datetime | None
    gone: Gone | None = None
    travel_min: int | None = None
    work_photos: str = "none"
    rhythm: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """An order as its provider sees it. Only a promised one has name, door and point.

    `extra` is the proposal that waits for the customer's word.
    """

    order: Order
    earning: Earning
    customer: str = ""
    detail: str = ""
    point: tuple[float, float] | None = None
    photos: tuple[WorkPhoto, ...] = ()
    extra: Extra | None = None

    def shown(self, stage: Stage) -> int:
        """How many photos of this stage there are."""
        return sum(photo.stage is stage for photo in self.photos)

    def lacks(self, stage: Stage) -> bool:
        return self.order.asks(stage) and not self.shown(stage)


# There is nobody who has it, or is asked for it alone.
NOBODYS = frozenset({State.UNPAID, State.SEARCHING, State.CHOOSING})
# How an ask that is over looks to whoever was asked.
ENDS = {
    Answer.OPEN: None, Answer.WON: Gone.MINE, Answer.NO: Gone.DECLINED, Answer.SILENT: Gone.LATE,
    Answer.UNSEEN: Gone.UNSEEN, Answer.GONE: Gone.TAKEN,
}  # fmt: skip


def first_name(*, name: str) -> str:
    """How the customer is addressed at the door: the first of the words, or the Chinese name as it is."""
    words = mask(name).text.split()
    return words[0][:20] if words else ""


class Offers:
    def __init__(self, *, store: Store, orders: Orders, places: Geography, rules: Rules) -> None:
        self._places = places
        self._store = store
        self._rules = rules
        self._orders = orders

    async def offer(self, *, order_id: int, person_id: int) -> Offer:
        """The offer as this person sees it now, open or gone. Raises Unknown for whoever was never asked."""
        order = await self._store.get(Order, id=order_id)
        provider = await self._store.get(Provider, person_id=person_id)
        if order is None or provider is None:
            raise Unknown("order")
        steps = await self._orders.timeline(order_id=order_id)
        if not _asked(order, provider, steps):
            raise Unknown("order")
        kmh = self._rules.number("city_kmh")
        if ask := await self._ask(order, provider):
            order = order.model_copy(update=terms_of(order=order, ask=ask))
            return as_offer(order, provider, ENDS[ask.answer], kmh)
        return as_offer(order, provider, _gone(order, provider, steps), kmh)

    async def _ask(self, order: Order, provider: Provider) -> Ask | None:
        """The last time this one was asked at once with others, as long as he is not the one who has the order."""
        if order.provider_id == provider.id and order.state is not State.SEARCHING:
            return None
        found = await self._store.find(
            Ask, order_id=order.id, provider_id=provider.id, order="-until", limit=1
        )
        return found[0] if found else None

    async def job(self, *, order_id: int, person_id: int) -> Job:
        """The order of its present provider. Raises Unknown for others, and before anybody was asked."""
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        if view.order.state in NOBODYS:
            raise Unknown("order")
        waits = view.order.extra_id
        extra = await self._store.get(Extra, id=waits) if waits is not None else None
        return as_job(view.order, view.customer, view.photos, extra)

    async def jobs(
        self, *, person_id: int, states: Iterable[State], latest: bool = False
    ) -> list[Order]:
        """A provider's orders in these states, the next visit first (or the latest)."""
        provider = await provider_of(store=self._store, person_id=person_id)
        states = frozenset(states)
        found = await self._store.find(
            Order, provider_id=provider.id, state=sorted(states), limit=1000,
            order="-starts_at" if latest else "starts_at",
        )  # fmt: skip
        mine = [order for order in found if _was_asked(order)]
        return mine + (await self._with_others(provider) if State.OFFERED in states else [])

    async def _with_others(self, provider: Provider) -> list[Order]:
        """Orders this one is asked for at once with others, at his price."""
        asks = await self._store.find(Ask, person_id=provider.person_id, answer=Answer.OPEN)
        ids = [ask.order_id for ask in asks]
        orders = {o.id: o for o in await self._store.find(Order, id=ids, state=State.SEARCHING)}
        return [
            order.model_copy(update=terms_of(order=order, ask=ask) | {"state": State.OFFERED})
            for ask in asks
            if (order := orders.get(ask.order_id))
        ]

    async def search(
        self, *, person_id: int, text: str, between: tuple[datetime, datetime] | None = None,
        limit: int = 20,
    ) -> list[Order]:  # fmt: skip
        """The provider's orders that the typed words mean: service, place, district, notes, the customer's first name.

        The latest first; with `between` those that begin in that time, the earliest first, whatever the words if none.
        """
        wanted = text.split()
        states = frozenset(State) - NOBODYS - ({State.CANCELLED} if between else set())
        orders = await self.jobs(person_id=person_id, states=states, latest=between is None)
        if between:
            orders = [order for order in orders if between[0] <= order.starts_at < between[1]]
        ids = sorted({order.customer_id for order in orders if order.state in PROMISED})
        people = {p.id: p for p in await self._store.find(Person, id=ids, limit=1000)}
        return [
            order
            for order in orders
            if (wanted or between)
            and says(order, text, _called(order, people), around(order, places=self._places))
        ][:limit]

    async def on_day(self, *, person_id: int, day: date, zone: str) -> list[Order]:
        """Promised and offered visits of one local date."""
        states = (PROMISED | {State.OFFERED}) - {State.FINISHED, State.DISPUTED}
        found = await self.jobs(person_id=person_id, states=states)
        return [o for o in found if local_date(zone=zone, moment=o.starts_at) == day]


def _was_asked(order: Order) -> bool:
    """A hold that was never paid is nobody's business but the customer's."""
    return order.state is not State.CANCELLED or State.OFFERED.value in order.reached


def _called(order: Order, people: dict[int, Person]) -> str:
    person = people.get(order.customer_id) if order.state in PROMISED else None
    return first_name(name=person.name) if person else ""


def around(order: Order, *, places: Geography) -> str:
    """Its district, however it is written."""
    return written(places.district_at(lat=order.lat, lon=order.lon))


def says(order: Order, text: str, *more: str) -> bool:
    """Whether each typed word is part of what the order says, or of what is told about it beside."""
    names = [name for task in order.tasks for name in task.names.values()]
    told = " ".join([*names, order.place, order.notes, order.number, *more]).casefold()
    return all(word in told for word in text.casefold().split())


def _asked(order: Order, provider: Provider, steps: list[Step]) -> bool:
    """Whether the order is, or was, this provider's to decide."""
    if order.provider_id == provider.id:
        return order.state is not State.UNPAID and _was_asked(order)
    return provider.id in order.refused_by or any(
        step.facts.get("provider") == provider.id for step in steps
    )


def _gone(order: Order, provider: Provider, steps: list[Step]) -> Gone | None:
    mine = order.provider_id == provider.id
    if mine and order.state is State.OFFERED:
        return None
    if mine and order.state in PROMISED | {State.CLOSED}:
        return Gone.MINE
    lost = [step for step in steps if step.facts.get("provider") == provider.id]
    why = {
        "decline": Gone.DECLINED, "drop": Gone.DROPPED, "time_out": Gone.LATE, "unseen": Gone.UNSEEN,
    }  # fmt: skip
    for step in reversed(lost):
        if step.verb in why:
            return why[step.verb]
    return Gone.WITHDRAWN if mine or order.state is State.CANCELLED else Gone.TAKEN


def as_offer(order: Order, provider: Provider, gone: Gone | None, kmh: int) -> Offer:
    if order.state is State.OFFERED:
        order = order.model_copy(update=taken(order=order, prices=order.asking))
    km = None
    if provider.lat is not None and provider.lon is not None:
        exact = km_between(one=(provider.lat, provider.lon), other=(order.lat, order.lon))
        km = max(0.5, round(exact * 2) / 2)
    return Offer(
        order_id=order.id, number=order.number, tasks=order.tasks, starts_at=order.starts_at,
        minutes=order.minutes, area=order.place, km=km, notes=order.notes,
        photos=tuple(order.photos), earning=expected(order=order), cash=order.to_pay_on_site,
        currency=order.currency, until=order.asked_until, gone=gone, work_photos=order.work_photos,
        travel_min=None if km is None else minutes_for(km=km, kmh=kmh), rhythm=order.rhythm,
    )  # fmt: skip


def as_job(
    order: Order, customer: Person, photos: tuple[WorkPhoto, ...] = (), extra: Extra | None = None
) -> Job:
    if order.state not in PROMISED:
        return Job(order, expected(order=order))
    return Job(
        order, expected(order=order), customer=first_name(name=customer.name),
        detail=order.detail, point=(order.lat, order.lon), photos=photos, extra=extra,
    )  # fmt: skip
