"""Certificates that run out: two warnings by rule and the end, once each; what it means for orders."""

from datetime import date, timedelta

import pytest

from core.errors import DomainError
from core.findings.model import Code, Finding
from core.orders.model import Pay
from core.people.expiry import Warned
from core.people.model import Certificate, CertificateState, Provider
from tests.money.house import START, House

pytestmark = pytest.mark.feature("A2")
KIND = "gas"


async def certified(here: House, *, days: int) -> tuple[Provider, Certificate]:
    """Somebody whose service needs a certificate that lasts so many days from today."""
    [lin] = await here.opens("lin:200", certificate=KIND)
    paper = Certificate(
        id=here.new_id(), provider_id=lin.id, kind=KIND, number="G-1",
        expires_on=today(here) + timedelta(days=days), state=CertificateState.VERIFIED,
    )  # fmt: skip
    await here.insert([paper])
    await here.core.index.provider(provider_id=lin.id, now=here.now)
    await here.core.expiry.begin(now=here.now)
    return lin, paper


def today(here: House) -> date:
    return here.core.availability.today(now=here.now)


async def told(here: House, bot: str, *kinds: str) -> int:
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT COUNT(*) FROM outbox WHERE bot = ? AND kind IN ({marks})"
    return int((await here.database.fetch(sql, [bot, *kinds]))[0][0])


async def both(here: House) -> int:
    """What provider and staff were told; always the same."""
    provider = await told(here, "provider", "paper_ends")
    assert provider == await told(here, "admin", "papers_ending", "paper_over")
    return provider


async def found(here: House, provider: Provider) -> bool:
    sql = "SELECT COUNT(*) FROM cover WHERE provider_id = ?"
    return bool((await here.database.fetch(sql, [provider.id]))[0][0])


async def test_thirty_and_seven_days_before_and_when_it_is_over_once_each(here: House) -> None:
    lin, paper = await certified(here, days=40)
    for days, count in ((9, 0), (1, 1), (1, 1), (21, 1), (1, 2), (1, 2), (6, 2)):
        await here.later(days=days)
        assert await both(here) == count, f"{(paper.last - today(here)).days} days before"
    assert await found(here, lin), "its last day is a day of work"
    await here.later(days=1)
    assert await both(here) == 3
    assert not await found(here, lin)
    await here.later(days=20)
    assert await both(here) == 3


async def test_what_was_missed_is_told_once_and_never_at_night(here: House) -> None:
    await certified(here, days=40)
    await here.later(days=36)
    assert await both(here) == 1, "down for a month: one warning, not two"
    await here.later(hours=3)
    assert await both(here) == 1
    await certified(here, days=3)
    await here.later(hours=35)  # down over the day, up again in the middle of the night
    assert await both(here) == 1
    await here.later(hours=9)
    assert await both(here) == 2


async def test_the_staff_have_one_message_for_all_that_are_warned(here: House) -> None:
    for _ in range(3):
        await certified(here, days=20)
    await here.later(days=1)
    assert await told(here, "provider", "paper_ends") == 3
    assert await told(here, "admin", "papers_ending") == 1


async def test_the_rules_say_when(here: House) -> None:
    await here.rules(paper_first_days=60, paper_second_days=10)
    await certified(here, days=61)
    await here.later(days=1)
    assert await both(here) == 1
    await here.later(days=49)
    assert await both(here) == 1
    await here.later(days=1)
    assert await both(here) == 2


async def test_whoever_sent_a_new_one_is_not_warned_and_goes_on_with_it(here: House) -> None:
    lin, paper = await certified(here, days=31)
    sent = await here.core.prices.show_paper(
        person_id=lin.person_id, now=here.now, kind=KIND, number="G-2",
        expires_on=paper.last + timedelta(days=365), file_id=None,
    )  # fmt: skip
    await here.later(days=2)
    assert await both(here) == 0
    await here.core.papers.judge(paper_id=sent.id, good=True, now=here.now)
    await here.later(days=40)
    assert await both(here) == 0
    assert await found(here, lin)


async def test_no_order_beyond_the_last_day_and_booked_ones_are_for_the_staff(here: House) -> None:
    lin, paper = await certified(here, days=40)
    late, early = START + timedelta(days=20), START + timedelta(days=5)
    booked = await here.books(lin, Pay.ON_SITE, start=late)
    await here.accepts()
    await here.core.papers.expire_on(
        paper_id=paper.id, day=today(here) + timedelta(days=10), now=here.now
    )
    one = await here.core.expiry.look(paper_id=paper.id, now=here.now)
    assert [order.id for order in one.orders] == [booked.id]
    [mei] = await here.customers(1)
    with pytest.raises(DomainError):
        await here.books(lin, Pay.ON_SITE, customer=mei, start=late + timedelta(hours=2))
    await here.books(lin, Pay.ON_SITE, customer=mei, start=early)
    one = await here.core.expiry.look(paper_id=paper.id, now=here.now)
    assert [order.id for order in one.orders] == [booked.id], "before the end it is a good visit"


async def test_one_found_not_good_is_told_to_the_staff_with_its_visits(here: House) -> None:
    lin, paper = await certified(here, days=400)
    await here.books(lin, Pay.ON_SITE, start=START + timedelta(days=1))
    await here.core.papers.judge(paper_id=paper.id, good=False, now=here.now)
    assert await told(here, "admin", "paper_over") == 1
    assert await told(here, "provider", "paper_ends") == 0, (
        "he hears by another letter that it isn't accepted"
    )
    one = await here.core.expiry.look(paper_id=paper.id, now=here.now)
    assert len(one.orders) == 1
    assert one.over


@pytest.mark.feature("P10")
async def test_the_tip_comes_while_it_ends_soon_and_goes_with_the_new_one(here: House) -> None:
    lin, paper = await certified(here, days=31)
    assert await tips(here, lin) == []
    await here.later(days=7)
    [tip] = await tips(here, lin)
    assert tip.subject == here.services[0].id
    assert tip.facts == {"day": paper.last.toordinal(), "paper": KIND}
    await here.core.prices.show_paper(
        person_id=lin.person_id,
        now=here.now,
        kind=KIND,
        number="G-2",
        expires_on=None,
        file_id=None,
    )
    assert await tips(here, lin) == []


async def tips(here: House, provider: Provider) -> list[Finding]:
    """What is said of certificates, whatever else is."""
    found = await here.core.findings.shown(person_id=provider.person_id, now=here.now)
    return [one for one in found if one.code is Code.PAPER]


def test_the_stages_follow_each_other() -> None:
    assert list(Warned) == [0, 1, 2, 3]
