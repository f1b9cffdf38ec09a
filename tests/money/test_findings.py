"""Findings: each rule says something where it must and nothing where it must not; none is said twice in a row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.geography import Gazetteer
from core.catalog.model import Service
from core.changes import Changes, Remove, Update
from core.figures.counting import Figures
from core.figures.model import Earned, Fate, Past, Question, Visit
from core.figures.spans import Span, Unit
from core.files.model import Kept
from core.findings import service
from core.findings.model import Code, Finding
from core.findings.model import Fate as End
from core.findings.rules import Found, Look, found
from core.orders.model import Order, Pay, State
from core.people.model import Hours, Person, Provider, Skill
from core.places import Place
from core.platform.facts import Kind
from core.prices.market import Market
from core.reviews.model import Review
from core.rules import Rules
from core.waitlist.model import Waiting, WaitState
from tests.builders import ZONE
from tests.money.house import START, House
from tests.reliability.town import CENTRE

pytestmark = pytest.mark.feature("P10")
NOW = datetime(2026, 5, 6, 4, tzinfo=UTC)  # a Wednesday
ME = Provider(
    id=1, person_id=1, lat=31.23, lon=121.47, radius_m=5_000, photo_id=1, created_at=NOW
)  # fmt: skip
TRADE = {
    number: Service(id=number, category_id=1, code=str(number), names={"en": f"Service {number}"})
    for number in (7, 8)
}


def figures(*questions: Question, visits: tuple[Visit, ...] = (), **more: Any) -> Figures:
    past = Past(questions, visits, (), more.get("reviews", ()))
    return Figures(Span.of(Unit.DAY, NOW.date()), past, Earned())


def asked(fate: Fate, count: int, *, first: int = 0, minutes: int = 7) -> tuple[Question, ...]:
    said = NOW + timedelta(minutes=minutes) if fate in (Fate.ACCEPTED, Fate.DECLINED) else None
    return tuple(Question(first + n, NOW, fate, said, together=True) for n in range(count))


def order(service: int = 7, *, km: float = 1.0, day: int = 5, price: int = 20_000) -> Order:
    """With somebody else, so far to the north, on the weekday before."""
    at = NOW - timedelta(days=(NOW.weekday() - day) % 7 or 7)
    return Order(
        id=1, number="1", customer_id=2, provider_id=2, service_id=service, state=State.CLOSED,
        starts_at=at, minutes=60, buffer_min=0, place="", lat=31.23 + km / 111.2, lon=121.47,
        currency="CNY", total=price, pay=Pay.FULL, method="card", due_now=price,
        commission_bp=1500, start_code="1", created_at=NOW,
        lines=[{"names": {}, "count": 1, "amount": price}],
    )  # fmt: skip


PLAIN = Look(
    ME, figures(), figures(), NOW.date(), ZoneInfo(ZONE), Rules(), frozenset(range(5)),
    (Skill(id=1, provider_id=1, service_id=7, price=20_000),), trade=TRADE,
)  # fmt: skip


def said(count: int, **more: str) -> tuple[Review, ...]:
    words = {"text": "Good"} | more
    return tuple(
        Review(id=n, order_id=n, provider_id=1, customer_id=1, service_id=7, quality=5, attitude=5,
               skill=5, created_at=NOW, **words)
        for n in range(count)
    )  # fmt: skip


def late(count: int, on_time: bool | None = False) -> tuple[Visit, ...]:
    return tuple(Visit(n, NOW, 1, timedelta(hours=1), on_time) for n in range(count))


def waits(service: int = 8, *, km: float = 1.0, count: int = 3) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(id=n, person_id=n, service_id=service, day=1, minutes=60, lat=31.23 + km / 111.2,
                lon=121.47, joined_at=NOW)
        for n in range(count)
    )  # fmt: skip


def priced(high: int) -> dict[int, Market]:
    return {7: Market(10_000, high, 9)}


MUST: dict[str, tuple[Look, Code, dict[str, Any]]] = {
    "silence": (replace(PLAIN, now=figures(*asked(Fate.SILENT, 3))), Code.SILENT, {"n": 3}),
    "faster ones": (
        replace(PLAIN, now=figures(*asked(Fate.GONE, 3), *asked(Fate.ACCEPTED, 1, first=9)),
                taken=frozenset({0, 1, 2})),
        Code.SLOW, {"n": 3, "minutes": 7},
    ),
    "fewer accepted": (
        replace(PLAIN, now=figures(*asked(Fate.ACCEPTED, 3), *asked(Fate.DECLINED, 2)),
                before=figures(*asked(Fate.ACCEPTED, 5))),
        Code.FELL, {"now": 6_000, "before": 10_000},
    ),
    "late visits": (replace(PLAIN, now=figures(visits=late(3))), Code.LATE, {"n": 3}),
    "a day off": (replace(PLAIN, around=(order(),) * 3), Code.DAY_OFF, {"n": 3}),
    "just outside": (
        replace(PLAIN, around=(order(km=7, day=1),) * 3), Code.OUTSIDE, {"n": 3, "km": 3}
    ),
    "words without a reply": (
        replace(PLAIN, now=figures(reviews=said(3))), Code.UNANSWERED, {"n": 3}
    ),
    "a service that is waited for": (
        replace(PLAIN, waiting=waits()), Code.WANTED, {"n": 3, "names": {"en": "Service 8"}}
    ),
    "a service that is looked for in vain": (
        replace(PLAIN, unmet={8: 5}), Code.WANTED, {"n": 5, "names": {"en": "Service 8"}}
    ),
    "looked for in vain, then waited for": (
        replace(PLAIN, unmet={8: 5}, waiting=waits(count=4)), Code.WANTED,
        {"n": 5, "names": {"en": "Service 8"}},
    ),
    "far dearer than others": (
        replace(PLAIN, markets=priced(16_000)), Code.PRICEY,
        {"price": 20_000, "low": 10_000, "high": 16_000, "names": {"en": "Service 7"}},
    ),
    "no photo": (replace(PLAIN, provider=ME.model_copy(update={"photo_id": None})), Code.NO_PHOTO, {}),
}  # fmt: skip

NOT: dict[str, Look] = {
    "nothing at all": PLAIN,
    "too few silences": replace(PLAIN, now=figures(*asked(Fate.SILENT, 2))),
    "cards that never came": replace(PLAIN, now=figures(*asked(Fate.UNSEEN, 9))),
    "withdrawn, not taken": replace(
        PLAIN, now=figures(*asked(Fate.GONE, 5), *asked(Fate.ACCEPTED, 1, first=9))
    ),
    "few answers to compare": replace(
        PLAIN, now=figures(*asked(Fate.DECLINED, 2)), before=figures(*asked(Fate.ACCEPTED, 9))
    ),
    "a small fall": replace(
        PLAIN, now=figures(*asked(Fate.ACCEPTED, 9), *asked(Fate.DECLINED, 1)),
        before=figures(*asked(Fate.ACCEPTED, 9)),
    ),
    "on time": replace(PLAIN, now=figures(visits=late(9, True))),
    "nobody noted the arrival": replace(PLAIN, now=figures(visits=late(9, None))),
    "a working day": replace(PLAIN, around=(order(day=1),) * 9),
    "another's trade": replace(PLAIN, around=(order(10),) * 9),
    "far away": replace(PLAIN, around=(order(km=9),) * 9),
    "stars without words": replace(PLAIN, now=figures(reviews=said(9, text=""))),
    "replied to": replace(PLAIN, now=figures(reviews=said(9, reply="Thanks"))),
    "few wait": replace(PLAIN, waiting=waits(count=2)),
    "waited for, and offered": replace(PLAIN, waiting=waits(7)),
    "waited for in another trade": replace(PLAIN, waiting=waits(9)),
    "waited for outside the area": replace(PLAIN, waiting=waits(km=6)),
    "few look and few wait": replace(PLAIN, unmet={8: 2}, waiting=waits(count=2)),
    "looked for, and offered": replace(PLAIN, unmet={7: 9}),
    "looked for in another trade": replace(PLAIN, unmet={9: 9}),
    "a new photo is being looked at": replace(
        PLAIN, provider=ME.model_copy(update={"photo_id": None}), photo_waits=True
    ),
    "a little dearer than others": replace(PLAIN, markets=priced(17_000)),
    "others are dearer": replace(PLAIN, markets=priced(30_000)),
    "too few others to compare": replace(PLAIN, markets={}),
    "no hours at all yet": replace(PLAIN, around=(order(),) * 9, weekdays=frozenset()),
}  # fmt: skip


@pytest.mark.parametrize("case", MUST)
def test_what_must_be_found_is(case: str) -> None:
    look, code, facts = MUST[case]
    assert [(one.code, dict(one.facts)) for one in found(look)] == [(code, facts)]


@pytest.mark.parametrize("case", NOT)
def test_what_is_not_so_is_not_said(case: str) -> None:
    assert found(NOT[case]) == []


@pytest.mark.parametrize(
    ("case", "rule", "value"),
    [
        ("silence", "finding_times", 4), ("fewer accepted", "finding_enough", 6),
        ("fewer accepted", "finding_fall_bp", 4_100), ("just outside", "finding_beyond_km", 1),
        ("far dearer than others", "finding_price_bp", 2_600), ("late visits", "finding_times", 4),
        ("a service that is waited for", "finding_times", 4),
    ],
)  # fmt: skip
def test_each_threshold_is_a_rule(case: str, rule: str, value: int) -> None:
    look, _, _ = MUST[case]
    assert found(replace(look, rules=Rules({rule: str(value)}))) == []


def test_of_two_dear_services_the_dearer_is_named() -> None:
    skills = tuple(Skill(id=n, provider_id=1, service_id=n, price=20_000) for n in (7, 8))
    there = {7: Market(9_000, 15_000, 9), 8: Market(5_000, 10_000, 9)}
    [one] = found(replace(PLAIN, skills=skills, markets=there))
    assert (one.code, one.subject) == (Code.PRICEY, 8)


def test_the_day_off_with_the_most_orders_is_named() -> None:
    around = (*(order(day=5),) * 3, *(order(day=6),) * 4)
    [one] = found(replace(PLAIN, around=around))
    assert one.subject == 6


async def told(here: House) -> int:
    sql = "SELECT COUNT(*) FROM outbox WHERE bot = 'provider' AND kind = 'findings'"
    return int((await here.database.fetch(sql))[0][0])


async def opens(here: House, *names: str) -> list[Provider]:
    """Each with a photo on the page."""
    made = await here.opens(*names)
    for one in made:
        await pictured(here, one)
    return made


async def pictured(here: House, provider: Provider) -> None:
    file = Kept(id=here.new_id(), name="me.jpg", mime="image/jpeg", size=1, sha256=str(provider.id),
                path="me.jpg", created_at=here.now)  # fmt: skip
    await here.insert([file])
    await here.built.store.apply(
        Changes().add(Update(Provider, provider.id, {"photo_id": file.id}))
    )


async def silences(here: House, provider: Provider, count: int) -> None:
    """Offers that ran out."""
    [customer] = await here.customers(1)
    for number in range(count):
        start = START + timedelta(hours=number)
        await here.books(provider, Pay.ON_SITE, customer=customer, start=start)
        await here.later(minutes=11)


async def test_a_letter_a_week_and_none_about_what_was_put_away(here: House) -> None:
    [lin] = await opens(here, "lin:200")
    await here.core.findings.begin(now=here.now)
    await silences(here, lin, 3)
    assert await told(here) == 0
    here.now = START + timedelta(days=6)  # the next Monday, past nine
    await here.sweep.run()
    await here.later(seconds=2)
    assert await told(here) == 1
    who = {"person_id": lin.person_id}
    [one] = await here.core.findings.shown(now=here.now, **who)
    assert (one.code, one.facts) == (Code.SILENT, {"n": 3})
    # Nothing more this week, however often the clock looks.
    await here.later(days=1)
    assert await told(here) == 1
    await here.core.findings.dismiss(finding_id=one.id, **who)
    assert await here.core.findings.shown(now=here.now, **who) == []
    here.now += timedelta(days=7)
    await here.sweep.run()
    assert await told(here) == 1
    assert await here.core.findings.shown(now=here.now, **who) == []
    ended = await here.built.store.find(Finding, provider_id=lin.id)
    assert [one.fate for one in ended] == [End.DISMISSED]


async def test_what_nobody_acts_upon_is_said_again_and_what_is_over_is_gone(here: House) -> None:
    [lin] = await opens(here, "lin:200")
    await silences(here, lin, 3)
    who = {"person_id": lin.person_id}
    [first] = await here.core.findings.shown(now=here.now, **who)
    here.now += timedelta(days=7)
    [again] = await here.core.findings.shown(now=here.now, **who)
    assert (again.code, again.week) == (first.code, first.week + 7)
    here.now += timedelta(days=14)
    await here.built.indexer.all_providers(now=here.now)
    assert len(await here.core.findings.shown(now=here.now, **who)) == 1
    here.now += timedelta(days=10)
    assert await here.core.findings.shown(now=here.now, **who) == []


async def test_orders_of_others_on_a_day_off_are_seen_and_hours_end_it(here: House) -> None:
    lin, mei = await opens(here, "lin:200", "mei:200")
    sunday = START + timedelta(days=5)
    assert sunday.astimezone(ZoneInfo(ZONE)).weekday() == 6
    hours = await here.built.store.find(Hours, provider_id=lin.id, weekday=6)
    await here.built.store.apply(Changes().add(Remove(Hours, {"id": hours[0].id})))
    for number in range(3):
        [customer] = await here.customers(1)
        await here.books(
            mei, Pay.ON_SITE, customer=customer, start=sunday + timedelta(hours=2 * number)
        )
        await here.accepts()
    here.now = sunday + timedelta(days=1)
    who = {"person_id": lin.person_id}
    [one] = await here.core.findings.shown(now=here.now, **who)
    assert (one.code, one.subject, one.facts) == (Code.DAY_OFF, 6, {"n": 3})
    assert await here.core.findings.shown(person_id=mei.person_id, now=here.now) == []
    await here.insert([hours[0]])
    assert await here.core.findings.shown(now=here.now, **who) == []


async def test_the_weightiest_few_are_said(here: House) -> None:
    [lin] = await opens(here, "lin:200")
    await here.rules(findings_most=0)
    await silences(here, lin, 3)
    assert await here.core.findings.shown(person_id=lin.person_id, now=here.now) == []
    await here.built.store.apply(Changes().add(Update(Provider, lin.id, {"found_week": 0})))
    await here.rules(findings_most=3, finding_times=4)
    assert await here.core.findings.shown(person_id=lin.person_id, now=here.now) == []


async def test_of_all_that_is_true_three_are_said_by_rule_the_weightiest(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    [lin] = await opens(here, "lin:200")
    every = [Found(code) for code in (Code.SILENT, Code.LATE, Code.PRICEY, Code.UNANSWERED)]
    monkeypatch.setattr(service, "found", lambda _look: every)
    said = await here.core.findings.shown(person_id=lin.person_id, now=here.now)
    assert [one.code for one in said] == [Code.SILENT, Code.LATE, Code.PRICEY]


async def test_a_photo_a_price_and_people_who_wait_are_read_from_the_rows(here: House) -> None:
    [lin] = await here.opens("lin:400")
    for name in ("a", "b", "c", "d", "e"):
        person = await here.provider(price=20_000)
        assert person.id, name
    mine, other = here.services[0], await here.service()
    same = Update(Service, other.id, {"category_id": mine.category_id})
    await here.built.store.apply(Changes().add(same))
    await here.core.catalog.reload()
    who = {"person_id": lin.person_id}
    for customer in await here.customers(3):
        await here.insert([
            Waiting(id=here.new_id(), person_id=customer.id, service_id=other.id, day=1,
                    minutes=60, lat=CENTRE[0], lon=CENTRE[1], joined_at=here.now, state=WaitState.OVER)
        ])  # fmt: skip
    await here.rules(findings_most=5)
    found = {one.code: one for one in await here.core.findings.shown(now=here.now, **who)}
    assert found.keys() == {Code.WANTED, Code.PRICEY, Code.NO_PHOTO}
    assert (found[Code.WANTED].subject, found[Code.WANTED].facts["n"]) == (other.id, 3)
    assert (found[Code.PRICEY].facts["price"], found[Code.PRICEY].facts["high"]) == (40_000, 20_000)
    await pictured(here, lin)
    left = {one.code for one in await here.core.findings.shown(now=here.now, **who)}
    assert left == {Code.WANTED, Code.PRICEY}


def spot(district: str, north: float) -> Place:
    return Place(f"{district}{north}", "", CENTRE[0] + north, CENTRE[1], district)


CITY = (
    spot("黄浦区", 0), spot("黄浦区", 0.02), spot("静安区", 0.05), spot("静安区", 0.06),
    spot("静安区", 0.2), spot("浦东新区", 0.07), spot("浦东新区", 0.3), spot("浦东新区", 0.4),
)  # fmt: skip


def test_districts_around_are_the_own_one_and_those_mostly_within_reach() -> None:
    lat, lon = CENTRE
    city = Gazetteer(CITY)
    assert city.districts_around(lat=lat, lon=lon, km=8) == ["静安区", "黄浦区"]
    assert city.districts_around(lat=lat, lon=lon, km=3) == ["黄浦区"]
    assert city.districts_around(lat=lat + 0.4, lon=lon, km=3) == ["浦东新区"]
    assert city.districts_around(lat=lat + 3, lon=lon, km=3) == []


async def test_searches_that_found_nobody_are_counted_around_him_once_a_day_each(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here.built.core.findings._places, "_places", CITY)
    [lin] = await opens(here, "lin:200")
    mine, other = here.services[0], await here.service()
    same = Update(Service, other.id, {"category_id": mine.category_id})
    await here.built.store.apply(Changes().add(same))
    await here.core.catalog.reload()
    who = {"person_id": lin.person_id}
    first, second = await here.customers(2)
    far, day = (CENTRE[0] + 0.4, CENTRE[1]), timedelta(days=1)

    def looks(customer: Person, at: tuple[float, float] = CENTRE, kind: Kind = Kind.UNMET) -> None:
        here.core.traces.note(
            kind=kind, person_id=customer.id, service_id=other.id, lat=at[0], lon=at[1],
            now=here.now,
        )  # fmt: skip

    looks(first)
    here.now += timedelta(hours=2)
    looks(first)  # the same visitor
    looks(second, kind=Kind.SEEN)
    looks(second, far)
    here.now += timedelta(hours=2)
    looks(second)
    assert await here.core.findings.shown(now=here.now, **who) == []
    here.now += day
    looks(first)
    await here.built.store.apply(Changes().add(Update(Provider, lin.id, {"found_week": 0})))
    [one] = await here.core.findings.shown(now=here.now, **who)
    assert (one.code, one.subject, one.facts["n"]) == (Code.WANTED, other.id, 3)
    here.now += timedelta(days=27)  # what is older than four weeks counts no more
    assert await here.core.findings.shown(now=here.now, **who) == []
