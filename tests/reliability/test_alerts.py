"""Each way in which something is not as it should be: found within a minute of its limit, once, ended when mended."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.alerts.model import Alert, Fate, Kind
from core.changes import Changes, Update
from core.errors import AlreadyDone, Invalid
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Late, Order, Pay
from core.people.model import Person, Provider
from core.reviews.model import Review
from core.rules import RULES
from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.db.invariants import broken
from tests.reliability.over import AHEAD, cancelled, done, review
from tests.reliability.purse import banked
from tests.reliability.test_moving import START, Visit, opened, visit
from tests.reliability.town import Town, settle

pytestmark = pytest.mark.feature("A6")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Story = Callable[[Visit], Awaitable[datetime]]
"""Leads a visit to what is wrong with it; the moment of the limit."""


@pytest.fixture(params=["sqlite"])
async def here(request: pytest.FixtureRequest, tmp_path: Path, blank: Blank) -> AsyncIterator[Town]:
    """On PostgreSQL, too, where SQL of its own is read."""
    async with blank(request.param, tmp_path) as url:
        database = await Database.open(url)
        try:
            yield await settle(database, tmp_path)
        finally:
            await database.close()


async def tapped(made: Visit, *verbs: str) -> None:
    """What the provider does, one after the other."""
    order = await made.now()
    for verb in verbs:
        more = {"code": order.start_code} if verb == "start" else {}
        await getattr(made.here.core.jobs, verb)(
            order_id=made.id, person_id=made.provider.person_id, now=made.here.now, **more
        )


async def nobody_accepts(made: Visit) -> datetime:
    """One after the other is asked, and each lets the time pass."""
    for _ in range(4):
        await opened(made.here)
    placed, here = (await made.now()).created_at, made.here
    while here.now < placed + 25 * MINUTE:
        await until(here, here.now + 5 * MINUTE)
    return placed + 30 * MINUTE


async def nobody_writes(made: Visit) -> datetime:
    await made.accepted()
    by = (await made.now()).contact_by
    assert by is not None
    return by


async def nobody_comes(made: Visit) -> datetime:
    await made.accepted()
    made.here.now = START - HOUR
    await tapped(made, "depart")
    return START + 10 * MINUTE


async def nobody_begins(made: Visit) -> datetime:
    await made.accepted()
    made.here.now = START - 5 * MINUTE
    await tapped(made, "arrive")
    return START + HOUR


async def nobody_ends(made: Visit) -> datetime:
    await made.accepted()
    made.here.now = START
    await tapped(made, "arrive", "start")
    return START + HOUR + HOUR


async def nobody_pays(made: Visit) -> datetime:
    await made.accepted()
    made.here.now = START
    await tapped(made, "arrive", "start", "finish")
    return START + 3 * HOUR


async def words_differ(made: Visit) -> datetime:
    await nobody_pays(made)
    await states(made, 20_000)
    await made.here.core.cash.confirm(
        order_id=made.id, customer_id=made.customer.id, amount=15_000, now=made.here.now
    )
    return made.here.now


async def states(made: Visit, amount: int) -> None:
    await made.here.core.jobs.state_cash(
        order_id=made.id, person_id=made.provider.person_id, amount=amount, now=made.here.now
    )


async def cancels(made: Visit) -> None:
    await made.here.core.orders.cancel(order_id=made.id, by=made.asks, now=made.here.now)


async def settles(made: Visit) -> None:
    await made.here.core.cash.settle(
        order_id=made.id, amount=20_000, staff_id=1, reason="called", now=made.here.now
    )


STORIES: dict[str, tuple[Kind, Story, Callable[[Visit], Awaitable[None]]]] = {
    "nobody accepts": (Kind.UNACCEPTED, nobody_accepts, cancels),
    "nobody writes": (Kind.UNCONTACTED, nobody_writes, lambda made: tapped(made, "depart")),
    "nobody comes": (Kind.LATE, nobody_comes, lambda made: tapped(made, "arrive")),
    "nobody begins": (Kind.UNFINISHED, nobody_begins, lambda made: tapped(made, "start")),
    "nobody ends": (Kind.UNFINISHED, nobody_ends, lambda made: tapped(made, "finish")),
    "nobody pays": (Kind.UNPAID, nobody_pays, lambda made: states(made, 20_000)),
    "words differ": (Kind.DISPUTED, words_differ, settles),
}


async def until(here: Town, moment: datetime) -> None:
    """The clock goes on by itself, and looks wherever it has to."""
    here.now = moment
    await here.sweep.run()


async def raised(here: Town, kind: Kind, fate: Fate | None = None) -> list[Alert]:
    more = {} if fate is None else {"fate": fate}
    return await here.built.store.find(Alert, kind=kind, **more)


async def letters(here: Town, kind: str) -> int:
    sql = "SELECT COUNT(*) FROM outbox WHERE kind = ? AND bot = 'admin'"
    rows = await here.database.fetch(sql, [kind])
    return int(rows[0][0])


async def looked(here: Town) -> Town:
    await here.core.watching.begin(now=here.now)
    return here


@pytest.mark.parametrize(("kind", "story", "mend"), STORIES.values(), ids=list(STORIES))
async def test_it_is_found_within_a_minute_once_and_ends_when_it_is_mended(
    here: Town, tmp_path: Path, kind: Kind, story: Story, mend: Callable[[Visit], Awaitable[None]]
) -> None:
    made = await visit(await looked(here), await opened(here))
    limit = await story(made)
    if limit > here.now:
        await until(here, limit - timedelta(seconds=1))
        assert await raised(here, kind) == []
    while not await raised(here, kind):
        assert here.now <= limit + MINUTE
        await until(here, here.now + timedelta(seconds=10))
    [alert] = await raised(here, kind)
    assert (alert.since, alert.order_id) == (limit, made.id)
    again = await settle(here.database, tmp_path)  # after a restart, and two processes at once
    for _ in range(2):
        await asyncio.gather(*(one.core.watching.look(now=here.now) for one in (here, again)))
    assert len(await raised(here, kind)) == await letters(here, kind.value) == 1
    assert [one.id for one in await here.core.alerts.open(kinds=[kind])] == [alert.id]
    await mend(made)
    await until(here, here.now + timedelta(seconds=10))
    [over] = await raised(here, kind)
    assert (over.fate, over.ended_at) == (Fate.MENDED, here.now)
    assert await letters(here, kind.value) == 1
    assert await broken(here.database, now=here.now) == {}


async def test_what_is_all_right_is_not_raised_again_and_a_new_promise_is(here: Town) -> None:
    made = await visit(await looked(here), await opened(here))
    await until(here, await nobody_writes(made))
    [alert] = await raised(here, Kind.UNCONTACTED)
    core = here.core.alerts
    with pytest.raises(Invalid):
        await core.explain(alert_id=alert.id, by=7, reason=" ", now=here.now)
    await core.explain(alert_id=alert.id, by=7, reason="They are neighbours", now=here.now)
    with pytest.raises(AlreadyDone):
        await core.explain(alert_id=alert.id, by=8, reason="Me, too", now=here.now)
    await until(here, here.now + HOUR)
    [over] = await raised(here, Kind.UNCONTACTED)
    assert (over.fate, over.ended_by, over.reason) == (Fate.EXPLAINED, 7, "They are neighbours")
    await here.core.jobs.drop(order_id=made.id, person_id=made.provider.person_id, now=here.now)
    other = await opened(here)
    await here.core.reassigning.to(
        order_id=made.id, provider_id=other.id, staff_id=1, reason="", now=here.now
    )
    await here.core.jobs.accept(order_id=made.id, person_id=other.person_id, now=here.now)
    await until(here, here.now + 3 * HOUR)
    assert len(await raised(here, Kind.UNCONTACTED)) == 2


async def test_a_changed_rule_counts_at_once_and_raises_nothing_twice(here: Town) -> None:
    made = await visit(await looked(here), await opened(here))
    await until(here, await nobody_begins(made) - 20 * MINUTE)
    assert await raised(here, Kind.UNFINISHED) == []
    here.core.rules.update({"alert_unfinished_minutes": "30"})
    await until(here, here.now + MINUTE)
    assert len(await raised(here, Kind.UNFINISHED, Fate.OPEN)) == 1
    here.core.rules.update({"alert_unfinished_minutes": "240"})
    await until(here, here.now + MINUTE)
    assert len(await raised(here, Kind.UNFINISHED, Fate.MENDED)) == 1
    here.core.rules.update({})
    await until(here, here.now + DAY)
    assert len(await raised(here, Kind.UNFINISHED)) == 1


# --- people


async def after(here: Town, one: Order, *more: Review) -> None:
    """It is in the records now, and looked at by two at once."""
    await here.insert([one, *more])
    here.now = max(here.now, one.starts_at + HOUR)
    look = here.core.patterns.after
    await asyncio.gather(*(look(order_id=one.id, now=here.now) for _ in range(2)))


async def booked(here: Town, customer: Person, provider: Provider, start: datetime) -> Order:
    await here.wants(customer, provider, start, pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    await here.core.jobs.accept(order_id=order.id, person_id=provider.person_id, now=here.now)
    return order


def mornings(count: int) -> Sequence[datetime]:
    return [START + (day + 1) * DAY for day in range(count)]


async def test_a_customer_who_cancels_often_is_raised_at_the_fourth_time_and_not_at_the_fifth(
    here: Town,
) -> None:
    provider = await opened(here)
    [person] = await here.customers(1)
    for place, start in enumerate(mornings(5)):
        await after(here, cancelled(here, person, provider, start, after=HOUR))
        assert len(await raised(here, Kind.CUSTOMER_CANCELS)) == (place > 2)
    [alert] = await raised(here, Kind.CUSTOMER_CANCELS)
    assert (alert.customer_id, alert.facts["n"], alert.facts["of"]) == (person.id, 4, 4)
    assert await letters(here, "pattern") == 1
    # The visits that are kept from now on mend it.
    await here.insert([done(here, person, provider, START + day * DAY) for day in range(7, 14)])
    await until(here, here.now + HOUR)
    [alert] = await raised(here, Kind.CUSTOMER_CANCELS)
    assert alert.fate is Fate.MENDED


async def test_one_who_cancels_in_the_chat_is_looked_at_by_the_clock(here: Town) -> None:
    """The step itself sets the look: nothing has to be asked for."""
    here.core.rules.update({"alert_customer_cancels": "2"})
    provider = await opened(here)
    [person] = await here.customers(1)
    for start in mornings(2):
        order = await booked(here, person, provider, start)
        here.now += HOUR
        by = By(Actor.CUSTOMER, person.id)
        await here.core.orders.cancel(order_id=order.id, by=by, now=here.now)
        await here.sweep.run()
    [alert] = await raised(here, Kind.CUSTOMER_CANCELS)
    assert alert.found_at == here.now


async def test_what_is_called_off_at_once_or_for_a_late_provider_lets_nobody_down(
    here: Town,
) -> None:
    provider = await opened(here)
    [person] = await here.customers(1)
    for start in mornings(5):
        await after(here, cancelled(here, person, provider, start, after=5 * MINUTE))
        late = cancelled(here, person, provider, start, after=AHEAD + HOUR, late=Late.TOLD)
        await after(here, late)
    assert await raised(here, Kind.CUSTOMER_CANCELS) == []


async def test_a_provider_who_gives_visits_back_is_raised_and_dealt_with_when_he_is_frozen(
    here: Town,
) -> None:
    await looked(here)
    provider, _ = await opened(here), await opened(here)
    people = await here.customers(4)
    for person, start in zip(people, mornings(4), strict=True):
        assert await raised(here, Kind.PROVIDER_CANCELS) == [] or person is people[-1]
        order = await booked(here, person, provider, start)
        here.now += HOUR
        await here.core.jobs.drop(order_id=order.id, person_id=provider.person_id, now=here.now)
        await here.sweep.run()
    [alert] = await raised(here, Kind.PROVIDER_CANCELS)
    assert alert.provider_id == provider.id
    assert alert.facts["n"] == 3
    await here.core.freezing.freeze(
        provider_id=provider.id, staff_id=1, reason="Comes to nobody", now=here.now
    )
    await until(here, here.now + MINUTE)
    [alert] = await raised(here, Kind.PROVIDER_CANCELS)
    assert alert.fate is Fate.BARRED


async def named(here: Town, person_id: int, phone: str) -> None:
    await here.built.store.apply(Changes().add(Update(Person, person_id, {"phone": phone})))


async def test_one_telephone_on_both_sides_is_raised_with_the_first_promise(here: Town) -> None:
    provider = await opened(here)
    one, other = await here.customers(2)
    await named(here, provider.person_id, "+8613800000001")
    await named(here, one.id, "13800000001")
    await named(here, other.id, "13800000002")
    for person, start in zip((one, other), mornings(2), strict=True):
        await booked(here, person, provider, start)
        await here.sweep.run()
    [alert] = await raised(here, Kind.SAME_PERSON)
    assert (alert.customer_id, alert.provider_id) == (one.id, provider.id)
    assert alert.facts["signs"] == ["phone"]
    await here.core.alerts.explain(alert_id=alert.id, by=7, reason="A family", now=here.now)
    await booked(here, one, provider, START + 9 * DAY)
    await here.sweep.run()
    assert len(await raised(here, Kind.SAME_PERSON)) == 1


async def test_one_payout_account_on_both_sides_is_raised(here: Town) -> None:
    provider, mine, other = await opened(here), await opened(here), await opened(here)
    for each, number in ((provider, "6222 0212 3456 7894"), (mine, "6222021234567894")):
        await banked(here, each, number)
    people = await here.built.store.find(Person, id=[mine.person_id, other.person_id])
    for person, start in zip(people, mornings(2), strict=True):
        await booked(here, person, provider, start)
        await here.sweep.run()
    [alert] = await raised(here, Kind.SAME_PERSON)
    assert (alert.customer_id, alert.facts["signs"]) == (mine.person_id, ["account"])


@pytest.mark.parametrize("here", DIALECTS, indirect=True)
async def test_two_who_deal_with_nobody_else_are_raised_and_a_regular_is_not(here: Town) -> None:
    lonely, liked = await opened(here), await opened(here)
    cheat, regular, *others = await here.customers(8)
    for day, start in enumerate(mornings(6)):
        await after(here, done(here, cheat, lonely, start))
        for other in (others[day], others[day - 1]):
            await after(here, done(here, other, liked, start))
        await after(here, done(here, regular, liked, start))
        assert len(await raised(here, Kind.EACH_OTHER)) == (day > 3)
    [alert] = await raised(here, Kind.EACH_OTHER)
    assert (alert.customer_id, alert.provider_id) == (cheat.id, lonely.id)
    assert alert.facts["n"] == 5


async def test_two_providers_who_order_of_nobody_but_each_other_are_raised(here: Town) -> None:
    one, other = await opened(here), await opened(here)
    people = {
        each.id: each for each in await here.built.store.find(Person)
    }  # fmt: skip
    me, you = people[one.person_id], people[other.person_id]
    others = await here.customers(4)
    for day, start in enumerate(mornings(3)):
        await after(here, done(here, me, other, start))
        await after(here, done(here, you, one, start))
        for provider in (one, other):  # busy enough by themselves
            for person in others:
                await after(here, done(here, person, provider, start))
        assert len(await raised(here, Kind.EACH_OTHER)) == (day > 1)
    [alert] = await raised(here, Kind.EACH_OTHER)
    assert alert.facts["mutual"]


@pytest.mark.parametrize("here", DIALECTS, indirect=True)
async def test_full_stars_for_visits_that_hardly_took_place_are_raised(here: Town) -> None:
    cheat, quick = await opened(here), await opened(here)
    puppets, people = await here.customers(4), await here.customers(4)
    for place, start in enumerate(mornings(4)):
        assert await raised(here, Kind.BOUGHT_REVIEWS) == []
        # Somebody who is fast, and whose customers know others, too.
        await after(here, done(here, people[place], cheat, start))
        for provider, person in ((quick, people[place]), (cheat, puppets[place])):
            one = done(here, person, provider, start, minutes=4)
            await after(here, one, review(here, one, start + HOUR))
    [alert] = await raised(here, Kind.BOUGHT_REVIEWS)
    assert alert.provider_id == cheat.id
    assert (alert.facts["n"], alert.facts["people"]) == (4, 4)


def test_every_limit_is_a_rule_with_bounds() -> None:
    limits = [rule for name, rule in RULES.items() if name.startswith("alert_")]
    assert len(limits) == 14
    assert all(rule.low <= int(rule.default) <= rule.high for rule in limits)
