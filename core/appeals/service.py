"""Appeals: written at leisure, sent once per freeze, decided by somebody else than who froze."""

from datetime import datetime
from typing import Any

from core.anew import decided_anew
from core.appeals.looking import Case, Paused, again_at, others
from core.appeals.model import Appeal, AppealState, Freeze
from core.changes import Changes, Insert, Once, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, OwnDecision, Unknown
from core.events import Event
from core.orders.model import Order
from core.people.freezing import Freezing
from core.people.model import Person, Provider, ProviderState, Staff
from core.people.own import provider_of
from core.ports import Store
from core.reasons import given
from core.rules import Rules
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

LONGEST, MOST_FILES = 2000, 10
SENT = (AppealState.OPEN, AppealState.LIFTED, AppealState.KEPT)


class Appeals:
    """`key` names the update that brought a message: handled twice, it is written once."""

    def __init__(self, *, store: Store, freezing: Freezing, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._freezing = freezing
        self._rules = rules
        self._new_id = new_id

    async def paused(self, *, person_id: int) -> Paused:
        """How it stands with this provider. Raises NotAllowedNow where nothing is frozen, Unknown."""
        provider = await provider_of(store=self._store, person_id=person_id)
        freeze = await self._freezing.present(provider_id=provider.id)
        if provider.state is not ProviderState.FROZEN or freeze is None:
            raise NotAllowedNow(verb="appeal", state=provider.state)
        found = await self._store.find(Appeal, freeze_id=freeze.id, order="-turn", limit=1)
        appeal = found[0] if found else None
        days = self._rules.number("appeal_again_days")
        members = await self._store.find(Staff, active=True)
        return Paused(
            freeze, appeal, again_at(appeal=appeal, days=days),
            by_another=bool(others(members=members, freeze=freeze)),
        )  # fmt: skip

    @decided_anew
    async def write(
        self, *, person_id: int, text: str, files: list[int], key: str, now: datetime
    ) -> Appeal:
        """Adds words and pictures to what is being written.

        Raises Invalid("text", "missing"), Invalid("appeal", "too_long" | "too_many"), NotAllowedNow, Unknown.
        """
        paused = await self._writable(person_id, now)
        text = text.strip()
        if not text and not files:
            raise Invalid("text", "missing")
        before = paused.appeal
        if before is None or before.state is not AppealState.DRAFT:
            return await self._begin(paused, person_id, text, files, key, now)
        together = "\n".join(part for part in (before.text, text) if part)
        return await self._change(
            before, key, text=_short(together), files=_few([*before.files, *files])
        )

    async def passed_on(self, *, paused: Paused) -> list[Order]:
        """The orders that really went from him, the next visit first."""
        ids, me = paused.freeze.passed_on, paused.freeze.provider_id
        found = await self._store.find(Order, id=ids, order="starts_at") if ids else []
        return [order for order in found if me in order.refused_by]

    async def numbers_passed_on(self, *, freeze: Freeze) -> list[str]:
        """The same as numbers, for the staff."""
        paused = Paused(freeze)
        return [order.number for order in await self.passed_on(paused=paused)]

    async def _writable(self, person_id: int, now: datetime) -> Paused:
        paused = await self.paused(person_id=person_id)
        if not paused.may_write(now=now):
            raise NotAllowedNow(verb="appeal", state="frozen")
        return paused

    async def _begin(
        self, paused: Paused, person_id: int, text: str, files: list[int], key: str,
        now: datetime,
    ) -> Appeal:  # fmt: skip
        turn = paused.appeal.turn + 1 if paused.appeal else 1
        fresh = Appeal(
            id=self._new_id(), freeze_id=paused.freeze.id, person_id=person_id, turn=turn,
            text=_short(text), files=_few(files), created_at=now,
        )  # fmt: skip
        changes = Changes().add(Once(f"appeal:{key}"), Insert(fresh, otherwise=OutOfDate()))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            return (await self.paused(person_id=person_id)).appeal or fresh
        return fresh

    async def _change(self, appeal: Appeal, key: str, **values: Any) -> Appeal:
        changes = Changes().add(Once(f"appeal:{key}"), _move(appeal, **values))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            pass
        return await self._appeal(appeal.id)

    @decided_anew
    async def start_over(self, *, person_id: int, now: datetime) -> None:
        """Empties what is being written; with nothing there it is fine. Raises NotAllowedNow, Unknown."""
        draft = (await self._writable(person_id, now)).appeal
        if draft is not None and draft.state is AppealState.DRAFT:
            await self._store.apply(Changes().add(_move(draft, text="", files=[])))

    @decided_anew
    async def send(self, *, person_id: int, now: datetime) -> Appeal:
        """To the staff; sending twice is fine. Raises Invalid("text", "missing"), NotAllowedNow, Unknown."""
        appeal = (await self.paused(person_id=person_id)).appeal
        if appeal is None or appeal.state is AppealState.KEPT or not appeal.text:
            raise Invalid("text", "missing")
        if appeal.state is AppealState.OPEN:
            return appeal
        changes = Changes().add(_move(appeal, state=AppealState.OPEN, sent_at=now))
        changes.tell(_event("appeal.sent", appeal))
        await self._store.apply(changes)
        return await self._appeal(appeal.id)

    async def waiting(self) -> list[Case]:
        """Those to be decided, the longest waiting first."""
        found = await self._store.find(Appeal, state=AppealState.OPEN, order="sent_at", limit=200)
        return [await self._case(appeal) for appeal in found]

    async def case(self, *, appeal_id: int) -> Case:
        """One that was sent, with all that must be known of it. Raises Unknown."""
        appeal = await self._appeal(appeal_id)
        if appeal.state not in SENT:
            raise Unknown("appeal")
        return await self._case(appeal)

    async def _appeal(self, appeal_id: int) -> Appeal:
        appeal = await self._store.get(Appeal, id=appeal_id)
        if appeal is None:
            raise Unknown("appeal")
        return appeal

    async def _case(self, appeal: Appeal) -> Case:
        freeze = await self._store.get(Freeze, id=appeal.freeze_id)
        person = await self._store.get(Person, id=appeal.person_id)
        provider = await self._store.get(Provider, person_id=appeal.person_id)
        if freeze is None or person is None or provider is None:
            raise Unknown("appeal")
        former = await self._store.count(Freeze, provider_id=provider.id) - 1
        members = await self._store.find(Staff, active=True)
        freezer = await self._store.get(Staff, id=freeze.staff_id)
        decider = None
        if appeal.decided_by:
            decider = await self._store.get(Staff, id=appeal.decided_by)
        return Case(
            appeal, freeze, former, provider, person, freezer, decider,
            others(members=members, freeze=freeze),
        )  # fmt: skip

    async def check(self, *, appeal_id: int, member: Staff) -> Case:
        """That this member may decide it now. Raises AlreadyDone, OwnDecision, Unknown."""
        case = await self.case(appeal_id=appeal_id)
        if case.appeal.state is not AppealState.OPEN:
            raise AlreadyDone()
        if not case.may_decide(member):
            raise OwnDecision()
        return case

    @decided_anew
    async def decide(
        self, *, appeal_id: int, member: Staff, lift: bool, answer: str, now: datetime
    ) -> Appeal:
        """Lifts the freeze at once, or keeps it and says why. Of two who decide at once the first does.

        Raises Invalid("reason", "missing"), AlreadyDone, OwnDecision, Unknown.
        """
        appeal = (await self.check(appeal_id=appeal_id, member=member)).appeal
        answer = given(reason=answer, most=300)
        if lift:
            await self._freezing.unfreeze(
                provider_id=(await self._frozen(appeal)).provider_id, staff_id=member.id, now=now,
                answer=answer, appeal_id=appeal.id,
            )  # fmt: skip
        else:
            await self._keep(appeal, member, answer, now)
        return await self._appeal(appeal_id)

    async def _frozen(self, appeal: Appeal) -> Freeze:
        freeze = await self._store.get(Freeze, id=appeal.freeze_id)
        if freeze is None:
            raise Unknown("appeal")
        return freeze

    async def _keep(self, appeal: Appeal, member: Staff, answer: str, now: datetime) -> None:
        move = _move(
            appeal, state=AppealState.KEPT, answer=answer, decided_by=member.id, decided_at=now
        )
        gone = in_nobodys_hands(matter=Matter.APPEAL, subject=appeal.id)
        await self._store.apply(Changes().add(move, gone).tell(_event("appeal.kept", appeal)))


def _move(appeal: Appeal, **values: Any) -> Update:
    values |= {"version": appeal.version + 1}
    guard = {"version": appeal.version}
    return Update(Appeal, appeal.id, values, expect=guard, otherwise=OutOfDate())


def _event(name: str, appeal: Appeal) -> Event:
    people = {"person": appeal.person_id}
    return Event(name, appeal.id, appeal.version + 1, people, {"bot": "provider"})


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise Invalid("appeal", "too_long", {"most": LONGEST})
    return text


def _few(files: list[int]) -> list[int]:
    if len(files) > MOST_FILES:
        raise Invalid("appeal", "too_many", {"most": MOST_FILES})
    return files
