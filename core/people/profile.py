"""Everything staff see of one person, read at once: who, which parts, orders, money, what others say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.appeals.model import Freeze
from core.errors import Unknown
from core.ledger.balances import Balances
from core.orders.model import Order, State
from core.people.model import Address, Person, Provider, Staff, StaffAct
from core.people.staff import StaffRoom
from core.ports import Ledger, Of, Store
from core.reviews.model import Review
from core.support.model import Ticket, TicketKind

States = Mapping[State, int]
MOST_ADDRESSES = 5


@dataclass(frozen=True, slots=True)
class AsCustomer:
    """`owed` is what is to go back to the customer, `owes` what is still to be paid of work that is done."""

    orders: States = field(default_factory=dict)
    paid: int = 0
    owed: int = 0
    owes: int = 0
    reviews: int = 0
    complaints: int = 0
    addresses: Sequence[Address] = ()


@dataclass(frozen=True, slots=True)
class AsProvider:
    """`complaints` are those of customers about his orders; `freeze` is the one that is not over."""

    provider: Provider
    balances: Balances
    orders: States = field(default_factory=dict)
    complaints: int = 0
    freezes: int = 0
    freeze: Freeze | None = None
    freezer: Staff | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    person: Person
    customer: AsCustomer
    provider: AsProvider | None
    member: Staff | None
    history: Sequence[StaffAct]
    tickets: int

    @property
    def gone(self) -> bool:
        """Erased: only books and numbers are left."""
        return self.person.telegram_id < 0

    @property
    def name(self) -> str:
        firm = self.provider.provider.name if self.provider else ""
        return self.person.name or firm

    @property
    def freezes(self) -> int:
        """How often somebody froze the person in whichever part."""
        said = sum(act.action == "people.freeze" for act in self.history)
        return max(said, self.provider.freezes if self.provider else 0)

    @property
    def frozen_by(self) -> StaffAct | None:
        """Who froze last."""
        return next((act for act in self.history if act.action == "people.freeze"), None)


class OrderSums(Protocol):
    """Orders of a person counted and added up."""

    async def states(self, *, column: str, value: int) -> dict[State, int]:
        """How many orders there are in each state; `column` is customer_id or provider_id."""

    async def money(self, *, customer_id: int) -> tuple[int, int, int]:
        """(paid, still to go back, still to be paid at the door of work that is done), in minor units."""


class Profiles:
    def __init__(
        self, *, store: Store, sums: OrderSums, ledger: Ledger, staff: StaffRoom, currency: str
    ) -> None:
        self._store = store
        self._sums = sums
        self._ledger = ledger
        self._staff = staff
        self._currency = currency

    async def look(self, *, person_id: int) -> Profile:
        """Raises Unknown."""
        person = await self._store.get(Person, id=person_id)
        if person is None:
            raise Unknown("person")
        provider = await self._store.get(Provider, person_id=person_id)
        return Profile(
            person=person,
            customer=await self._customer(person_id),
            provider=await self._provider(provider) if provider else None,
            member=await self._staff.member(telegram_id=person.telegram_id),
            history=await self._staff.about(person_id=person_id),
            tickets=await self._store.count(Ticket, person_id=person_id),
        )

    async def _customer(self, person_id: int) -> AsCustomer:
        paid, owed, owes = await self._sums.money(customer_id=person_id)
        return AsCustomer(
            orders=await self._sums.states(column="customer_id", value=person_id),
            paid=paid, owed=owed, owes=owes,
            reviews=await self._store.count(Review, customer_id=person_id),
            complaints=await self._store.count(
                Ticket, person_id=person_id, kind=TicketKind.COMPLAINT
            ),
            addresses=await self._store.find(
                Address, person_id=person_id, order="-used_at", limit=MOST_ADDRESSES
            ),
        )  # fmt: skip

    async def _provider(self, provider: Provider) -> AsProvider:
        key = provider.id
        freeze = await self._store.get(Freeze, provider_id=key, ended_at=None)
        about = Of(Order, "id", {"provider_id": key})
        return AsProvider(
            provider=provider,
            orders=await self._sums.states(column="provider_id", value=key),
            balances=await self._ledger.balances(provider_id=key, currency=self._currency),
            complaints=await self._store.count(
                Ticket, kind=TicketKind.COMPLAINT, bot="customer", order_id=about
            ),
            freezes=await self._store.count(Freeze, provider_id=key),
            freeze=freeze,
            freezer=await self._store.get(Staff, id=freeze.staff_id) if freeze else None,
        )
