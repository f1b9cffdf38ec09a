"""Work photos: what the provider shows of the place before and after the work, where the service asks for it."""

from datetime import datetime
from typing import Final

from core.anew import decided_anew
from core.changes import Changes, Insert, Remove, Update
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow, OutOfDate
from core.events import Event
from core.orders.advance import By, note
from core.orders.lifecycle import Actor
from core.orders.model import Order, Stage, State, WorkPhoto
from core.orders.service import Orders, OrderView
from core.ports import Store

MOST_PHOTOS: Final = 5
# While an order is in this state, photos of this stage are taken.
STAGES: Final = {State.ARRIVED: Stage.BEFORE, State.WORKING: Stage.AFTER}


def stage_now(*, order: Order) -> Stage | None:
    """The stage of which photos are asked at this moment, if any."""
    stage = STAGES.get(order.state)
    return stage if stage and order.asks(stage) else None


class JobPhotos:
    """Every method is of the present provider. All raise Unknown for anybody else, NotAllowedNow out of time."""

    def __init__(self, *, store: Store, orders: Orders, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._new_id = new_id

    @decided_anew
    async def add(self, *, order_id: int, person_id: int, file_id: int, now: datetime) -> OrderView:
        """Keeps a photo of the present stage. Raises Invalid("work_photos", "too_many")."""
        view, stage = await self._open(order_id, person_id)
        there = view.photos_of(stage)
        if len(there) >= MOST_PHOTOS:
            raise Invalid("work_photos", "too_many", {"most": MOST_PHOTOS})
        photo = WorkPhoto(
            id=self._new_id(), order_id=order_id, provider_id=view.provider.id, stage=stage,
            place=len(there), file_id=file_id, at=now,
        )  # fmt: skip
        changes = self._still(view.order) if there else self._begun(view, stage, now)
        await self._store.apply(changes.add(Insert(photo, otherwise=OutOfDate())))
        return await self._orders.view(order_id=order_id)

    async def _open(self, order_id: int, person_id: int) -> tuple[OrderView, Stage]:
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        stage = stage_now(order=view.order)
        if stage is None:
            raise NotAllowedNow(verb="show", state=view.order.state)
        return view, stage

    def _begun(self, view: OrderView, stage: Stage, now: datetime) -> Changes:
        """The first photo of a stage is a line of the timeline, and the customer's card gets its button."""
        return note(
            order=view.order, verb="show", by=By(Actor.PROVIDER, view.provider.id), now=now,
            new_id=self._new_id, people=view.people, facts={"stage": stage.value},
        )  # fmt: skip

    @staticmethod
    def _still(order: Order) -> Changes:
        """Nothing but the guard: the order may move on between reading and writing."""
        same = {"state": order.state, "provider_id": order.provider_id}
        return Changes().add(Update(Order, order.id, same, expect=same))

    async def clear(self, *, order_id: int, person_id: int, now: datetime) -> OrderView:
        """The photos of the present stage vanish, so that better ones can be taken."""
        view, stage = await self._open(order_id, person_id)
        where = {"order_id": order_id, "provider_id": view.provider.id, "stage": stage}
        moment = int(now.timestamp() * 1000)
        gone = Event("order.unshow", order_id, moment, view.people, {"stage": stage.value})
        changes = self._still(view.order).add(Remove(WorkPhoto, where))
        await self._store.apply(changes.tell(gone))
        return await self._orders.view(order_id=order_id)
