"""The staff hear the other side of a ticket's order, too: in a talk of its own, so neither side learns of the other."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from core.changes import Changes, Insert, Once
from core.entity import NewId
from core.errors import AlreadyDone, NotAllowedNow, Unknown
from core.events import Event
from core.orders.lifecycle import FINAL, PROMISED
from core.orders.model import Order
from core.people.model import Person, Provider
from core.ports import Store
from core.relay.masking import crossing
from core.rules import Rules
from core.support.model import Heard, Ticket, TicketState
from core.support.service import words_of


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question to the other side is about, and in which bot it is read."""

    ticket: Ticket
    order: Order
    person: Person
    bot: str


class Hearing:
    def __init__(self, *, store: Store, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._rules = rules
        self._new_id = new_id

    async def asking(self, *, ticket_id: int) -> Asking:
        """Whom to ask: of a customer's ticket the provider of its order, of a provider's the customer.

        Raises Unknown, NotAllowedNow for a ticket that is closed, about no order, or about one that nobody has taken.
        """
        ticket = await self._ticket(ticket_id)
        order = await self._store.get(Order, id=ticket.order_id) if ticket.order_id else None
        if order is None or ticket.state is TicketState.CLOSED:
            raise NotAllowedNow(verb="hear", state=ticket.state)
        bot = "provider" if ticket.bot == "customer" else "customer"
        if bot == "provider" and order.state not in PROMISED | FINAL:
            raise NotAllowedNow(verb="hear", state=order.state)
        person = await self._store.get(Person, id=await self._person_id(order, bot))
        if person is None or person.id == ticket.person_id:
            raise Unknown("person")
        return Asking(ticket, order, person, bot)

    async def _ticket(self, ticket_id: int) -> Ticket:
        ticket = await self._store.get(Ticket, id=ticket_id)
        if ticket is None:
            raise Unknown("ticket")
        return ticket

    async def _person_id(self, order: Order, bot: str) -> int:
        if bot == "customer":
            return order.customer_id
        provider = await self._store.get(Provider, id=order.provider_id)
        return provider.person_id if provider else 0

    def crosses(self, *, text: str) -> str:
        """The question as it will be read: contact data of whoever asked goes to nobody."""
        return crossing(text=words_of(text, []), rules=self._rules).text

    async def ask(
        self, *, ticket_id: int, author: str, text: str, key: str, now: datetime
    ) -> Heard:
        """Raises Unknown, NotAllowedNow, Invalid("text", "missing")."""
        asking = await self.asking(ticket_id=ticket_id)
        heard = self._heard(asking.ticket, asking.person.id, asking.bot, author, now)
        return await self._tell("ticket.asked", heard, self.crosses(text=text), [], key, True)

    async def answer(
        self, *, heard_id: int, person_id: int, bot: str, author: str, text: str, files: list[int],
        key: str, now: datetime,
    ) -> Heard:  # fmt: skip
        """What the other side says to it, as often as they like while the ticket is open.

        Raises Unknown for somebody else's, NotAllowedNow, Invalid("text", "missing").
        """
        asked = await self.own(heard_id=heard_id, person_id=person_id, bot=bot)
        ticket = await self._ticket(asked.ticket_id)
        if ticket.state is TicketState.CLOSED:
            raise NotAllowedNow(verb="hear", state=ticket.state)
        heard = self._heard(ticket, person_id, asked.bot, author, now)
        return await self._tell("ticket.heard", heard, words_of(text, files), files, key, False)

    def _heard(self, ticket: Ticket, person_id: int, bot: str, author: str, now: datetime) -> Heard:
        return Heard(
            id=self._new_id(), ticket_id=ticket.id, person_id=person_id, bot=bot, from_staff=True,
            author=author[:64], at=now,
        )  # fmt: skip

    async def _tell(
        self, name: str, heard: Heard, text: str, files: list[int], key: str, from_staff: bool
    ) -> Heard:
        said = heard.model_copy(update={"text": text, "files": files, "from_staff": from_staff})
        people = {"person": said.person_id} if from_staff else {}
        told = Event(name, said.ticket_id, said.id, people, {"bot": said.bot, "heard": said.id})
        with suppress(AlreadyDone):
            await self._store.apply(Changes().add(Once(f"heard:{key}"), Insert(said)).tell(told))
        return said

    async def of_ticket(self, *, ticket_id: int) -> list[Heard]:
        """The whole talk, the oldest first."""
        return await self._store.find(Heard, ticket_id=ticket_id, order="at")

    async def one(self, *, heard_id: int) -> Heard:
        """Raises Unknown."""
        heard = await self._store.get(Heard, id=heard_id)
        if heard is None:
            raise Unknown("heard")
        return heard

    async def own(self, *, heard_id: int, person_id: int, bot: str) -> Heard:
        """What this person was asked. Raises Unknown, for what was asked in the other bot, too."""
        heard = await self.one(heard_id=heard_id)
        if (heard.person_id, heard.bot) != (person_id, bot):
            raise Unknown("heard")
        return heard

    async def open(self, *, heard: Heard) -> bool:
        """Whether the staff still want to know."""
        return (await self._ticket(heard.ticket_id)).state is not TicketState.CLOSED

    async def answered(self, *, heard: Heard) -> bool:
        """Whether the person has said something to it."""
        said = await self._store.find(
            Heard, ticket_id=heard.ticket_id, person_id=heard.person_id, from_staff=False
        )
        return any(one.at >= heard.at for one in said)
