"""Payments by month: what the companies' own books and the people at the door say, whichever way was paid."""

import random
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.customer.receipts import screens
from bot.i18n import Words
from core.orders.model import Pay
from core.payments.facts import Fact, Told
from core.people.model import Person, Provider
from tests.builders import ZONE
from tests.databases import DIALECTS, Blank
from tests.money.gateway import Gateway
from tests.money.house import House, house

pytestmark = pytest.mark.feature("C11")
WAYS = ("card", "wechat", "alipay", "invoice")
WORDS = Words("en", ZONE)
SHANGHAI = ZoneInfo(ZONE)
Row = tuple[str, bool, int]


@dataclass
class Companies:
    """Each way of paying with a company of its own; `rows` is what a customer should find, by month."""

    here: House
    ways: dict[str, Gateway]
    rows: dict[tuple[int, date], list[Row]] = field(default_factory=lambda: defaultdict(list))
    _payer: dict[str, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def notes(self, customer: int, way: str, back: bool, amount: int) -> None:
        month = self.here.now.astimezone(SHANGHAI).date().replace(day=1)
        self.rows[customer, month].append((way, back, amount))

    def looks(self, customer: int = 0) -> None:
        """What is new in the companies' books happened just now; new charges are of this customer."""
        for way, company in self.ways.items():
            for charge, (_, amount, _) in company.charges.items():
                if (key := f"{way}:{charge}") not in self._seen:
                    self._seen.add(key)
                    self._payer[key] = customer
                    self.notes(customer, way, False, amount)
            for number, (charge, amount) in company.refunds.items():
                if (key := f"{way}:back:{number}") not in self._seen:
                    self._seen.add(key)
                    self.notes(self._payer[f"{way}:{charge}"], way, True, amount)


@pytest.fixture(params=DIALECTS)
async def companies(
    request: pytest.FixtureRequest, tmp_path: Path, blank: Blank
) -> AsyncIterator[Companies]:
    # No two companies give their charges the same name.
    others = {code: Gateway(code, _number=count(1000 * n)) for n, code in enumerate(WAYS[1:], 1)}
    async with (
        blank(request.param, tmp_path) as url,
        house(url, tmp_path, migrated=True, methods=others) as here,
    ):
        yield Companies(here, {"card": here.gateway, **others})


async def paid(companies: Companies, way: str, customer: Person, provider: Provider) -> str:
    """A visit in two days, paid now; its charge."""
    here = companies.here
    here.gateway = companies.ways[way]
    day = (here.now.astimezone(SHANGHAI) + timedelta(days=2)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    await here.books(provider, customer=customer, start=day)
    known = set(here.gateway.charges)
    await here.pays()
    companies.looks(customer.id)
    [charge] = here.gateway.charges.keys() - known
    return charge


async def ends(companies: Companies, way: str, charge: str, chance: random.Random) -> None:
    """It stays so, goes back whole or in part, or the bank takes it and may give it up."""
    here, company = companies.here, companies.ways[way]
    how = chance.choice(["stays", "cancelled", "by hand", "taken", "regained"])
    here.now += timedelta(seconds=chance.choice([1, 40]))
    if how == "cancelled":
        await here.cancels()
    elif how == "by hand":
        await here.hears(company.refunds_by_hand(charge, chance.randrange(1, 9_000)))
    elif how in ("taken", "regained"):
        for told in (Told.DISPUTED, Told.DISPUTE_WON)[: 1 + (how == "regained")]:
            await here.hears(
                Fact(told, "", f"{told}_{charge}", reference=f"dp_{charge}", amount=20_000,
                     currency="CNY", charge=charge)
            )  # fmt: skip
    companies.looks()


async def at_the_door(companies: Companies, customer: Person, provider: Provider) -> None:
    here = companies.here
    here.gateway = companies.ways["card"]
    await here.books(provider, Pay.ON_SITE, customer=customer)
    await here.does_the_job()
    await here.names_cash(20_000)
    await here.confirms_cash(20_000)
    companies.notes(customer.id, "on_site", False, 20_000)


async def test_each_month_is_what_the_companies_have_in_their_books(companies: Companies) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance, here = random.Random(seed), companies.here
    providers = await here.opens(*(f"p{n}" for n in range(len(WAYS))))
    ann, ben = await here.customers(2)
    await at_the_door(companies, ann, providers[0])
    for month in (6, 7):
        # Some seconds before midnight in the place, so that part of it is in the next month.
        here.now = datetime(2026, month, 1, tzinfo=SHANGHAI) - timedelta(seconds=90)
        await here.sweep.run()
        companies.looks()
        for way, provider in zip(WAYS, providers, strict=True):
            charge = await paid(companies, way, chance.choice([ann, ben]), provider)
            await ends(companies, way, charge, chance)
        here.now += timedelta(minutes=5)
        await here.sweep.run()
        companies.looks()
    for person in (ann, ben):
        found = await here.core.receipts.months(customer_id=person.id)
        shown = {
            (person.id, month.first): sorted((m.method, m.back, m.amount) for m in month.moves)
            for month in found
        }
        told = {at: sorted(rows) for at, rows in companies.rows.items() if at[0] == person.id}
        assert shown == told
        assert [month.first for month in found] == sorted((at[1] for at in told), reverse=True)
        await says(here, person, told)
    await here.is_right()


async def says(here: House, person: Person, told: dict[tuple[int, date], list[Row]]) -> None:
    """The page of each month names its sums."""
    found = await here.core.receipts.months(customer_id=person.id)
    pages = [screens.months(found, {}, n, screens.FROM_ME, WORDS).text for n in range(20)]
    for (_, month), rows in told.items():
        [page] = {page for page in pages if f"{month:%B %Y}" in page}
        for back in (False, True):
            amount = sum(row[2] for row in rows if row[1] is back)
            assert not amount or WORDS.money(amount, "CNY") in page
