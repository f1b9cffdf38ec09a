"""Findings of a week: made once, said in a letter, looked at any time; what was acted upon or put away rests."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Change, Changes, Insert, Timer, Update
from core.entity import NewId
from core.errors import OutOfDate, Unknown
from core.events import Event
from core.figures.counting import Figures
from core.figures.model import Earned, Past, Records
from core.figures.reading import Reading
from core.figures.spans import Span, Unit
from core.findings.model import Fate, Finding
from core.findings.rules import Found, Look, found
from core.orders.lifecycle import PROMISED
from core.orders.model import Order, State
from core.orders.night import is_night
from core.people.model import Certificate, CertificateState, Hours, Provider, Skill, last_day
from core.people.own import provider_of
from core.platform.traces import Traces
from core.portraits.model import Portrait, PortraitState
from core.ports import Geography, Store
from core.prices.market import Market
from core.prices.service import Prices
from core.rules import Rules
from core.waitlist.model import Waiting, WaitState

_BACK = timedelta(days=28)
_AT_ONCE = 20
_MANY = 1000
_IN_VAIN = frozenset({WaitState.WAITING, WaitState.PASSED, WaitState.LEFT, WaitState.OVER})
_HAD = PROMISED | {State.CLOSED}


class Findings:
    """`person_id` is the provider's own. All raise Unknown for somebody who never applied."""

    def __init__(
        self, *, store: Store, reading: Reading, records: Records, catalog: Catalog,
        prices: Prices, traces: Traces, places: Geography, rules: Rules, zone: str, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._prices = prices
        self._traces = traces
        self._places = places
        self._reading = reading
        self._records = records
        self._rules = rules
        self._zone = ZoneInfo(zone)
        self._new_id = new_id

    async def shown(self, *, person_id: int, now: datetime) -> list[Finding]:
        """This week's that nobody has acted upon or put away, and that are still true, as they are now."""
        provider = await provider_of(store=self._store, person_id=person_id)
        week = self._week(now)
        true = {(one.code, one.subject): one for one in found(await self._look(provider, now))}
        if provider.found_week < week:
            await self._store.apply(await self._said(provider, list(true.values()), now, week))
        said = await self._store.find(
            Finding, provider_id=provider.id, week=week, fate=Fate.OPEN, order="id"
        )
        return [
            one.model_copy(update={"facts": dict(true[one.code, one.subject].facts)})
            for one in said
            if (one.code, one.subject) in true
        ]

    async def take(self, *, person_id: int, finding_id: int) -> Finding:
        """Somebody does something about it. Raises Unknown for another's."""
        return await self._ended(person_id, finding_id, Fate.TAKEN)

    async def dismiss(self, *, person_id: int, finding_id: int) -> Finding:
        """It is not to be said again for a while. Raises Unknown for another's."""
        return await self._ended(person_id, finding_id, Fate.DISMISSED)

    async def _ended(self, person_id: int, finding_id: int, fate: Fate) -> Finding:
        provider = await provider_of(store=self._store, person_id=person_id)
        finding = await self._store.get(Finding, id=finding_id, provider_id=provider.id)
        if finding is None:
            raise Unknown("finding")
        if finding.fate is Fate.OPEN:
            await self._store.apply(Changes().add(Update(Finding, finding.id, {"fate": fate})))
        return finding

    async def _said(
        self, provider: Provider, every: list[Found], now: datetime, week: int
    ) -> Changes:
        """The weightiest few that do not rest; the week is marked, so that they are chosen once."""
        rest = self._rules.number("finding_rest_weeks") * 7
        ended = await self._store.find(
            Finding, provider_id=provider.id, fate=[Fate.TAKEN, Fate.DISMISSED], order="-week",
            limit=_MANY,
        )  # fmt: skip
        resting = {(one.code, one.subject) for one in ended if one.week >= week - rest}
        chosen = [one for one in every if (one.code, one.subject) not in resting]
        rows: list[Change] = [
            Insert(
                Finding(
                    id=self._new_id(), provider_id=provider.id, week=week, code=one.code,
                    subject=one.subject, facts=dict(one.facts), at=now,
                )
            )
            for one in chosen[: self._rules.number("findings_most")]
        ]  # fmt: skip
        expect = {"found_week": provider.found_week}
        return Changes().add(Update(Provider, provider.id, {"found_week": week}, expect), *rows)

    async def _look(self, provider: Provider, now: datetime) -> Look:
        past = await self._reading.past(
            provider_id=provider.id, first=now - 2 * _BACK, end=now + timedelta(seconds=1)
        )
        skills = await self._store.find(Skill, provider_id=provider.id, active=True)
        hours = await self._store.find(Hours, provider_id=provider.id)
        ids = [one.order_id for one in past.questions]
        orders = await self._store.find(Order, id=ids, state=sorted(_HAD), limit=len(ids) + 1)
        trade = self._trade(skills)
        return Look(
            provider, self._figures(past, now - _BACK, now + timedelta(seconds=1)),
            self._figures(past, now - 2 * _BACK, now - _BACK), now.astimezone(self._zone).date(),
            self._zone, self._rules,
            frozenset(one.weekday for one in hours), tuple(skills),
            tuple(await self._around(provider, now)),
            frozenset(one.id for one in orders if one.provider_id != provider.id),
            tuple(await self._ends(provider, skills, now)), trade,
            await self._waiting(provider, set(trade), now),
            await self._unmet(provider, set(trade), now), await self._photo_waits(provider),
            await self._markets(provider, skills),
        )  # fmt: skip

    def _trade(self, skills: Sequence[Skill]) -> dict[int, Service]:
        """The services of the categories he works in."""
        mine = {skill.service_id for skill in skills}
        kinds = {one.category_id for one in self._catalog.services() if one.id in mine}
        return {one.id: one for one in self._catalog.services() if one.category_id in kinds}

    async def _waiting(
        self, provider: Provider, services: set[int], now: datetime
    ) -> tuple[Waiting, ...]:
        """Who joined the line for one of these in the last weeks and got nothing."""
        found = await self._store.find(
            Waiting, service_id=sorted(services), state=sorted(_IN_VAIN), order="-joined_at",
            limit=_MANY,
        )  # fmt: skip
        return tuple(
            one for one in found
            if one.joined_at >= now - _BACK and one.provider_id in (None, provider.id)
        )  # fmt: skip

    async def _unmet(
        self, provider: Provider, services: set[int], now: datetime
    ) -> dict[int, int]:  # fmt: skip
        """How often each was looked for in vain in the districts around him."""
        if provider.lat is None or provider.lon is None:
            return {}
        districts = self._places.districts_around(
            lat=provider.lat, lon=provider.lon, km=provider.radius_m / 1000
        )
        return await self._traces.unmet(
            services=sorted(services), districts=districts, since=now - _BACK
        )

    async def _photo_waits(self, provider: Provider) -> bool:
        waits = {"provider_id": provider.id, "state": PortraitState.SENT}
        return await self._store.get(Portrait, **waits) is not None

    async def _markets(self, provider: Provider, skills: Sequence[Skill]) -> dict[int, Market]:
        found = {
            skill.service_id: await self._prices.around(
                provider=provider, service_id=skill.service_id
            )
            for skill in skills
        }
        return {service_id: there for service_id, there in found.items() if there}

    async def _ends(
        self, provider: Provider, skills: Sequence[Skill], now: datetime
    ) -> list[tuple[date, str, int]]:
        """See Look.ends."""
        today = now.astimezone(self._zone).date()
        soon = today + timedelta(days=self._rules.number("paper_first_days"))
        papers = await self._store.find(Certificate, provider_id=provider.id)
        coming = {one.kind for one in papers if one.state is CertificateState.SENT}
        ids = [skill.service_id for skill in skills]
        services = await self._store.find(Service, id=ids) if ids else []
        needed = [
            (s.certificate, s.id) for s in services if s.certificate and s.certificate not in coming
        ]
        ends = [(last_day(papers=papers, needs=[kind]), kind, sid) for kind, sid in needed]
        return [one for one in ends if today <= one[0] <= soon]

    def _figures(self, past: Past, first: datetime, end: datetime) -> Figures:
        """Of any stretch of time: the span only names the day on which it begins."""
        span = Span.of(Unit.DAY, first.astimezone(self._zone).date())
        return Figures(span, past.within(first, end), Earned())

    async def _around(self, provider: Provider, now: datetime) -> list[Order]:
        if provider.lat is None or provider.lon is None:
            return []
        km = provider.radius_m / 1000 + self._rules.number("finding_beyond_km")
        return await self._records.around(
            provider_id=provider.id, lat=provider.lat, lon=provider.lon, km=km, first=now - _BACK,
            end=now, limit=_MANY,
        )  # fmt: skip

    # --- the clock

    def _week(self, now: datetime) -> int:
        day = now.astimezone(self._zone).date()
        return day.toordinal() - day.weekday()

    async def begin(self, *, now: datetime) -> None:
        """The clock's look at them is set, where it isn't."""
        timer = Timer("finding.week", 0, self._next(now), "finding.week", kept=True)
        await self._store.apply(Changes().add(timer))

    async def every_week(self, *, now: datetime) -> datetime:
        """Says what was found to those who were asked for something lately; when to go on."""
        if is_night(now.astimezone(self._zone), self._rules):
            return now + timedelta(hours=1)
        ids = await self._records.asked_lately(
            week=self._week(now), since=now - _BACK, limit=_AT_ONCE
        )
        for provider in await self._store.find(Provider, id=ids):
            try:
                await self._tell(provider, now)
            except OutOfDate:  # he looked himself in this moment
                continue
        return now + timedelta(seconds=1) if ids else self._next(now)

    async def _tell(self, provider: Provider, now: datetime) -> None:
        week = self._week(now)
        changes = await self._said(provider, found(await self._look(provider, now)), now, week)
        if len(changes.items) > 1:
            facts = {"bot": "provider"}
            people = {"person": provider.person_id}
            changes.tell(Event("provider.findings", provider.id, week, people, facts))
        await self._store.apply(changes)

    def _next(self, now: datetime) -> datetime:
        """On the rule's weekday at the rule's hour."""
        local = now.astimezone(self._zone)
        ahead = (self._rules.number("finding_weekday") - 1 - local.weekday()) % 7
        at = datetime.combine(
            local.date() + timedelta(days=ahead), time(self._rules.number("finding_clock")),
            self._zone,
        )  # fmt: skip
        return at if at > local else at + timedelta(days=7)
