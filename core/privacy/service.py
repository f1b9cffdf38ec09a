"""What customers may ask about their data: what there is, a copy of it, and to be forgotten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.changes import Changes, Erase, Insert, Remove, Timer, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate, Unknown
from core.events import Event
from core.files.model import Copy, Kept
from core.orders.lifecycle import OPEN
from core.orders.model import Order, Step
from core.payments.model import Payment, PaymentState, Refund
from core.payments.service import REFUND_UNSETTLED
from core.people.model import Person, Provider, ProviderState, Staff
from core.ports import Erasures, FileStore, Holdings, Store
from core.privacy.map import HOLDINGS
from core.privacy.model import Erasure, Part
from core.support.model import Ticket
from core.support.service import ALIVE

MANY: Final = 100_000
SHARE: Final = 10
# An application that led to nothing is forgotten with the rest; whoever works with us leaves another way.
APPLICANTS: Final = frozenset({ProviderState.DRAFT, ProviderState.REJECTED})
# What may stand in the facts of a step as a word: codes of ours, never what somebody typed.
CODES: Final = frozenset({"was", "stage", "method", "currency", "by"})


@dataclass(frozen=True, slots=True)
class Hindrances:
    """Why somebody can't be forgotten yet; nothing of it: they can."""

    orders: tuple[Order, ...] = ()
    money: tuple[Order, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    works: bool = False
    frozen: bool = False

    @property
    def any(self) -> bool:
        return bool(self.orders or self.money or self.tickets or self.works or self.frozen)


@dataclass(frozen=True, slots=True)
class Copied:
    """Everything about one person, table by table as it is kept, and the files that are theirs."""

    person: Person
    rows: dict[str, list[dict[str, Any]]]
    files: tuple[Kept, ...]


class Privacy:
    def __init__(
        self, *, store: Store, holdings: Holdings, files: FileStore, erasures: Erasures,
        new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._holdings = holdings
        self._files = files
        self._erasures = erasures
        self._new_id = new_id

    async def held(self, *, person_id: int) -> dict[Part, int]:
        """How much there is under each heading, as far as it is told."""
        who = await self._who(person_id)
        found: dict[Part, int] = {}
        for holding in HOLDINGS:
            if holding.told:
                count = await self._holdings.count(holding, **who)
                found[holding.part] = found.get(holding.part, 0) + count
        found[Part.FILES] = len(await self._files_of(person_id, owned=True))
        return found

    async def _who(self, person_id: int) -> dict[str, int]:
        person = await self._store.get(Person, id=person_id)
        if person is None:
            raise Unknown("person")
        return {"person_id": person.id, "telegram_id": person.telegram_id}

    async def ask_copy(self, *, person_id: int, now: datetime) -> None:
        """A copy is made and sent by itself; asked again within ten minutes, it is the same one."""
        moment = int(now.timestamp()) // 600
        me = {"customer": person_id}
        files = await self._files_of(person_id, owned=True)
        shares = [
            Event("person.copy_files", person_id, moment * 1000 + number, me, {"share": number})
            for number in range(-(-len(files) // SHARE))
        ]
        told = Event("person.copy", person_id, moment, me)
        await self._store.apply(Changes().tell(told, *shares))

    async def share(self, *, person_id: int, number: int) -> list[Kept]:
        """Some of the person's files, counted from 0: as many as go into one message. Raises Unknown."""
        await self._who(person_id)
        files = await self._files_of(person_id, owned=True)
        return files[number * SHARE : (number + 1) * SHARE]

    async def copy(self, *, person_id: int) -> Copied:
        """Everything about this person and nothing about others. Raises Unknown."""
        who = await self._who(person_id)
        person = await self._store.get(Person, id=person_id)
        rows: dict[str, list[dict[str, Any]]] = {}
        for holding in HOLDINGS:
            if holding.told and (found := await self._holdings.rows(holding, **who)):
                rows.setdefault(holding.table, []).extend(found)
        assert person is not None
        return Copied(person, rows, tuple(await self._files_of(person_id, owned=True)))

    async def _files_of(self, person_id: int, *, owned: bool = False) -> list[Kept]:
        """Files they sent, and (unless only what is `owned` is asked for) those others sent about their orders."""
        mine = await self._store.find(Kept, owner_id=person_id, limit=MANY)
        if owned:
            covers = {file.cover_id for file in mine}
            return [file for file in mine if file.id not in covers]
        others = await self._holdings.files(**await self._who(person_id))
        others -= {file.id for file in mine}
        return [*mine, *(await self._store.find(Kept, id=others, limit=MANY) if others else [])]

    async def hindrances(self, *, person_id: int, now: datetime) -> Hindrances:
        """What must come to its end first: visits, money on its way, conversations, work."""
        person = await self._store.get(Person, id=person_id)
        if person is None:
            raise Unknown("person")
        orders = await self._store.find(Order, customer_id=person_id, limit=MANY)
        running = tuple(order for order in orders if order.state in OPEN)
        moving = await self._money_moves([o for o in orders if o.state not in OPEN], now)
        tickets = await self._store.find(Ticket, person_id=person_id, state=ALIVE)
        works = await self._works(person)
        return Hindrances(running, moving, tuple(tickets), works, person.frozen)

    async def _money_moves(self, orders: list[Order], now: datetime) -> tuple[Order, ...]:
        ids = [order.id for order in orders]
        if not ids:
            return ()
        unsure = {PaymentState.INTENDED, PaymentState.UNKNOWN, PaymentState.OPEN}
        payments = await self._store.find(Payment, order_id=ids, state=unsure, limit=MANY)
        refunds = await self._store.find(
            Refund, order_id=ids, state=set(REFUND_UNSETTLED), limit=MANY
        )
        moving = {payment.order_id for payment in payments if payment.expires_at > now}
        moving |= {refund.order_id for refund in refunds}
        return tuple(o for o in orders if o.id in moving or o.refund_due > o.refunded)

    async def _works(self, person: Person) -> bool:
        provider = await self._store.get(Provider, person_id=person.id)
        staff = await self._store.get(Staff, telegram_id=person.telegram_id, active=True)
        return bool(staff or (provider and provider.state not in APPLICANTS))

    async def forget(self, *, person_id: int, now: datetime) -> None:
        """Erases the person: all that is personal at once, the files right after. Raises Invalid("person", "busy")."""
        if (await self.hindrances(person_id=person_id, now=now)).any:
            raise Invalid("person", "busy")
        await self._forget(person_id, now)

    async def again(self, *, person_id: int, now: datetime) -> bool:
        """After a backup brought an erased person back: the erasure once more, whatever stood in its way."""
        person = await self._store.get(Person, id=person_id)
        if person is None or person.telegram_id < 0:
            return False
        await self._forget(person_id, now)
        return True

    async def catch_up(self, *, now: datetime) -> int:
        """At the start: whoever was erased and is back, out of an older backup, is erased again; how many."""
        return sum(
            [
                await self.again(person_id=person_id, now=now)
                for person_id in await self._erasures.noted()
            ]
        )

    async def _forget(self, person_id: int, now: datetime) -> None:
        who = await self._who(person_id)
        files = await self._files_of(person_id)
        orders = await self._store.find(Order, customer_id=person_id, limit=MANY)
        tickets = await self._store.find(Ticket, person_id=person_id, limit=MANY)
        ids, paths = [file.id for file in files], sorted({file.path for file in files})
        erasure = Erasure(id=self._new_id(), person_id=person_id, at=now, paths=paths)
        same = Update(
            Person, person_id, {"telegram_id": who["telegram_id"]},
            {"telegram_id": who["telegram_id"]}, OutOfDate(),
        )  # fmt: skip
        changes = Changes().add(same, *await self._bare_steps(orders), Erase(**who))
        if ids:
            changes.add(Remove(Copy, {"file_id": ids}), Remove(Kept, {"id": ids}))
        wipe = Timer("person.wipe", erasure.id, now, f"person.wipe:{erasure.id}")
        changes.add(Insert(erasure), wipe)
        changes.tell(*(await self._told(orders, tickets)))
        await self._store.apply(changes)

    async def _bare_steps(self, orders: list[Order]) -> list[Update]:
        """What was typed goes out of the timelines."""
        ids = [order.id for order in orders]
        steps = await self._store.find(Step, order_id=ids, limit=MANY) if ids else []
        bare = {step.id: _bare(step.facts) for step in steps}
        return [Update(Step, s.id, {"facts": bare[s.id]}) for s in steps if bare[s.id] != s.facts]

    async def _told(self, orders: list[Order], tickets: list[Ticket]) -> list[Event]:
        """Cards that others have of it are brought up to date, so that they show no more than we keep."""
        firms = await self._store.find(Provider, id={order.provider_id for order in orders})
        people = {firm.id: firm.person_id for firm in firms}
        about = [
            Event("order.forgotten", order.id, order.version,
                  {"provider": people[order.provider_id]} if order.provider_id in people else {})
            for order in orders
        ]  # fmt: skip
        return about + [Event("ticket.forgotten", one.id, one.version) for one in tickets]

    async def wipe(self, *, erasure_id: int) -> None:
        """The files leave the disk, and the list beside the database is told; may be done twice."""
        erasure = await self._store.get(Erasure, id=erasure_id)
        if erasure is None:
            return
        await self._erasures.note(person_id=erasure.person_id)
        await self._files.wipe(paths=erasure.paths)
        await self._store.apply(Changes().add(Update(Erasure, erasure.id, {"paths": []})))


def _bare(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in facts.items()
        if name in CODES or isinstance(value, bool | int | float | None)
    }
