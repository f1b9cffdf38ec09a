"""Buttons made up by a stranger: whatever ids they carry, nothing of others changes and nothing of theirs shows.

Every verb of both bots is pressed on a real database with the ids of one family of objects, by somebody else and by the
other side of the order; what a button may carry is looked up by the name of the handler's argument.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

import bot.customer
import bot.provider
from bot.conversation import Handler, Incoming, Talk, arguments, merge
from bot.customer.booking.flow import tag
from bot.errors import sentence
from bot.i18n import Words
from bot.links import Links
from bot.screen import Screen
from core.changes import Changes, Update
from core.errors import DomainError
from core.extras.model import Extra, ExtraState
from core.findings.model import Code, Finding
from core.ids import spell_order_number
from core.inquiries.model import Inquiry
from core.orders.model import Order, Pay, State, Step
from core.people.model import Person, Provider
from core.prices.model import PriceRequest
from core.relay.model import Relayed
from core.reviews.model import Review
from core.series.model import Rhythm, Series, SeriesDate, Why
from core.support.model import Heard
from core.waitlist.model import Waiting, WaitState
from db.engine import Database
from tests.reliability.purse import banked, earns, withdraws
from tests.reliability.town import CENTRE, Town, town

pytestmark = pytest.mark.feature("C7", "C8", "C11", "C15", "C16", "C18", "C19", "C20", "C21", "C23")

DIALOGS = {"customer": merge(bot.customer.DIALOGS), "provider": merge(bot.provider.DIALOGS)}
# What tells that something is a customer's own, or her provider's.
SECRETS = {
    "name": "Quillon", "phone": "+8613912345678", "door": "Tower Zephyr 77",
    "notes": "Beware of the parrot Ignatius", "label": "Granny's nest", "word": "Bring the blue ladder",
    "reason": "Pipe cracked behind Ignatius", "ticket": "My parrot was insulted",
    "place": "Quince Corner", "account": "•••• 7894",
}  # fmt: skip
# Ids that name what belongs to somebody; all others are everybody's or mere numbers.
OWNED = frozenset(
    {
        "order_id",
        "address_id",
        "extra_id",
        "transaction_id",
        "ticket_id",
        "heard_id",
        "waiting_id",
        "series_id",
        "date_id",
        "payout_id",
        "finding_id",
        "inquiry_id",
        "tag",
    }
)
PUBLIC = frozenset(
    {"service_id", "provider_id", "category_id", "coupon_id", "review_id", "question_id", "topic_id",
     "announcement_id"}
)  # fmt: skip
# Words that a button may carry and what is tried for them; everything else that is no id is 0 and 1.
TEXTS = {
    "kind": "complaint", "code": "home", "manner": "off", "step": "summary", "view": "r0000",
    "name": "quality", "dimension": "quality", "pay": "full", "method": "card", "tab": "next",
    "language": "en", "preset": "day", "shape": "day",
}  # fmt: skip
# On no button: where typed words lead when they mean something else.
FOLLOWED = frozenset({"aside"})
NOWHERE = 4_242_424_242_424_242


@dataclass
class Family:
    """One customer with one of everything, her provider, and somebody who has nothing to do with either."""

    here: Town
    owner: Person
    provider: Provider
    partner: Person
    stranger: Person
    colleague: Person
    ids: dict[str, list[int | str]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=lambda: dict(SECRETS))

    def told(self, text: str) -> list[str]:
        return [name for name, secret in self.secrets.items() if secret in text]


@pytest.fixture
async def family(tmp_path: Path) -> AsyncIterator[Family]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'town.db'}"
    database = await Database.open(url)
    async with town(database, url, tmp_path) as here:
        yield await _settled(here)
    await database.close()


async def _settled(here: Town) -> Family:
    service = await here.service()
    provider, other = await here.provider(service), await here.provider(service)
    owner, stranger = await here.customers(2)
    people = here.core.people
    named = Changes().add(
        Update(
            Person, owner.id, {"name": f"{SECRETS['name']} Marchbanks", "phone": SECRETS["phone"]}
        )
    )
    await here.built.store.apply(named)
    partner = await people.get(person_id=provider.person_id)
    colleague = await people.get(person_id=other.person_id)
    made = Family(
        here, await people.get(person_id=owner.id), provider, partner, stranger, colleague
    )
    await _paid(made)
    for state in State:
        await _order(made, state)
    await _rest(made)
    await _withdrawn(made)
    return made


async def _withdrawn(family: Family) -> None:
    """Something of what her provider earned is on its way to him."""
    here, provider = family.here, family.provider
    here.core.rules.update({"payout_hold_days": "0"})
    await earns(here, provider, 20_000)
    await here.sweep.run()
    here.core.rules.update({})
    await banked(here, provider)
    family.ids["payout_id"] = [(await withdraws(here, provider, 10_000)).id]
    week = here.now.date().toordinal()
    tip = Finding(id=here.new_id(), provider_id=provider.id, week=week, code=Code.SLOW, at=here.now)
    asked = Inquiry(
        id=here.new_id(), provider_id=provider.id, staff_id=1, asked_by="Operator",
        text="Which tools?", asked_at=here.now,
    )  # fmt: skip
    await here.insert([tip, asked])
    family.ids["finding_id"] = [tip.id]
    family.ids["inquiry_id"] = family.ids["inquiry"] = [asked.id]


async def _paid(family: Family) -> None:
    """An order that was paid, so that there are payments and papers, and the draft it was made of."""
    here, owner = family.here, family.owner
    start = here.now + timedelta(days=1)
    draft = here.draft(owner, family.provider, start)
    draft.detail, draft.notes, draft.place = SECRETS["door"], SECRETS["notes"], SECRETS["place"]
    await here.insert([draft])
    order = await here.place(owner.id)
    assert await here.pay(order)
    moves = [
        one
        for month in await here.core.receipts.months(customer_id=owner.id)
        for one in month.moves
    ]
    family.ids["transaction_id"] = [one.transaction_id for one in moves]
    assert moves
    _keeps(family, order)
    await here.core.bookings.begin(
        customer_id=owner.id,
        service_id=order.service_id,
        provider_id=family.provider.id,
        now=here.now,
    )
    booking = await here.core.bookings.fill(
        customer_id=owner.id, now=here.now, detail=SECRETS["door"], notes=SECRETS["notes"]
    )
    family.ids["tag"] = [tag(booking)]


def _keeps(family: Family, order: Order) -> None:
    family.ids.setdefault("order_id", []).append(order.id)
    family.secrets[f"number {order.number}"] = order.number
    family.secrets[f"spelt {order.number}"] = spell_order_number(order.number)


async def _order(family: Family, state: State) -> None:
    """One in each state, with an open question about another time and a word that was passed on."""
    here, now = family.here, family.here.now
    number = len(family.ids["order_id"])
    asks = state is State.ACCEPTED
    order = Order(
        id=here.new_id(), number=f"7700{number:04d}", customer_id=family.owner.id,
        provider_id=family.provider.id, service_id=here.services[0].id, state=state,
        starts_at=now + timedelta(days=2, hours=number), minutes=60, buffer_min=0,
        place=SECRETS["place"], detail=SECRETS["door"], notes=SECRETS["notes"], lat=CENTRE[0],
        lon=CENTRE[1], currency="CNY", total=20_000, pay=Pay.ON_SITE, method="on_site", due_now=0,
        commission_bp=1500, start_code="7391", created_at=now, cash_stated=20_000,
        snapshot={"names": {"en": "Repair"}, "emoji": "🔧"}, reached={state.value: now.isoformat()},
        proposed_by="customer" if asks else "", proposed_bp=0,
        proposed_start=now + timedelta(days=3) if asks else None,
        proposed_until=now + timedelta(hours=3) if asks else None,
        asked_until=now + timedelta(hours=1) if state in (State.OFFERED, State.UNPAID) else None,
        lines=[{"names": {"en": "Repair"}, "count": 1, "amount": 20_000}],
    )  # fmt: skip
    step = Step(
        id=here.new_id(), order_id=order.id, version=1, verb="offer", from_state="", at=now,
        to_state=state.value, actor="customer", actor_id=family.owner.id,
    )  # fmt: skip
    word = Relayed(
        id=here.new_id(), order_id=order.id, provider_id=family.provider.id, at=now,
        author_id=family.owner.id, from_customer=True, text=SECRETS["word"],
    )  # fmt: skip
    await here.insert([order, step, word])
    family.ids.setdefault("relayed", []).append(word.id)
    _keeps(family, order)


async def _rest(family: Family) -> None:
    here, owner, now = family.here, family.owner, family.here.now
    orders = {o.state: o for o in await here.built.store.find(Order, customer_id=owner.id)}
    working, closed = orders[State.WORKING], orders[State.CLOSED]
    extra = Extra(
        id=here.new_id(), order_id=working.id, provider_id=family.provider.id, turn=1,
        state=ExtraState.OPEN, lines=[{"names": {"en": "Pipe"}, "count": 1, "amount": 5_000}],
        amount=5_000, reason=SECRETS["reason"], created_at=now, sent_at=now,
        until=now + timedelta(hours=1),
    )  # fmt: skip
    waiting = Waiting(
        id=here.new_id(), person_id=owner.id, service_id=working.service_id,
        provider_id=family.provider.id, day=here.availability.today(now=now).toordinal() + 1,
        minutes=60, lat=CENTRE[0], lon=CENTRE[1], state=WaitState.TOLD, joined_at=now,
        offered_by=family.provider.id, starts_at=now + timedelta(days=1, hours=3),
        until=now + timedelta(minutes=30),
        wish={"detail": SECRETS["door"], "notes": SECRETS["notes"], "place": SECRETS["place"]},
    )  # fmt: skip
    series = Series(
        id=here.new_id(), customer_id=owner.id, provider_id=family.provider.id,
        service_id=closed.service_id, rhythm=Rhythm.WEEKLY, day=now.toordinal() - 7, minute=600,
        zone="Asia/Shanghai",
        wish={
            "detail": SECRETS["door"], "notes": SECRETS["notes"], "lat": closed.lat, "lon": closed.lon,
        },
        price=closed.total, next_index=1, created_at=now,
    )  # fmt: skip
    date = SeriesDate(
        id=here.new_id(), series_id=series.id, person_id=owner.id, number=1, why=Why.TAKEN,
        starts_at=now + timedelta(days=2), asked_at=now,
    )  # fmt: skip
    review = Review(
        id=here.new_id(), order_id=closed.id, provider_id=family.provider.id, quality=5,
        customer_id=owner.id, service_id=closed.service_id, attitude=5, skill=5, created_at=now,
    )  # fmt: skip
    await here.insert([extra, waiting, review, series, date])
    await here.built.store.apply(Changes().add(Update(Order, working.id, {"extra_id": extra.id})))
    address = await here.core.people.keep_address(
        person_id=owner.id, place=SECRETS["place"], detail=SECRETS["door"], lat=CENTRE[0],
        lon=CENTRE[1], now=now,
    )  # fmt: skip
    await here.core.people.label_address(
        person_id=owner.id, address_id=address.id, label=SECRETS["label"]
    )
    ticket = await here.core.support.open(
        person_id=owner.id, bot="customer", author=owner.name, text=SECRETS["ticket"], files=[],
        key="x", now=now, order_id=working.id,
    )  # fmt: skip
    heard = Heard(
        id=here.new_id(), ticket_id=ticket.id, person_id=owner.id, bot="customer", author="Mei",
        from_staff=True, text=SECRETS["ticket"], at=now,
    )  # fmt: skip
    await here.insert([heard])
    coupon = await here.coupon(uses=5)
    family.secrets["ticket number"] = ticket.number
    said = await here.core.support.said(ticket_id=ticket.id)
    family.ids |= {
        "extra_id": [extra.id], "waiting_id": [waiting.id], "address_id": [address.id],
        "ticket_id": [ticket.id], "service_id": [working.service_id], "coupon_id": [coupon.id],
        "provider_id": [family.provider.id], "category_id": [here.services[0].category_id],
        "review_id": [review.id], "question_id": [0], "topic_id": [0], "announcement_id": [0],
        "series_id": [series.id], "date_id": [date.id], "heard_id": [heard.id], "heard": [heard.id],
        "ticket_said": [said[0].id],
    }  # fmt: skip


class Pen:
    """A messenger that writes into nobody's chat and keeps what it was given."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def __getattr__(self, name: str) -> Any:
        async def act(*args: Any, **more: Any) -> int:
            self.written.append(repr((name, args, more)))
            return 1

        return act


def carries(handler: Handler) -> list[str]:
    return [name for name in handler.__annotations__ if name not in ("talk", "return")]


def carried(handler: Handler, family: Family) -> Iterator[list[str]]:
    """Every set of ids such a button could be given."""
    soon = int((family.here.now + timedelta(days=3)).timestamp()) // 60
    for small in (0, 1):
        tried: list[list[str]] = []
        for name in carries(handler):
            assert name in OWNED | PUBLIC or not name.endswith("_id"), f"whose is {name}?"
            if name in OWNED | PUBLIC:
                tried.append([str(one) for one in family.ids[name]])
            elif name == "minutes":
                tried.append([str(soon)])
            else:
                tried.append([TEXTS.get(name, str(small))])
        yield from map(list, product(*tried))


def nowhere(handler: Handler, ids: list[str]) -> list[str]:
    """The same button about something that never was."""
    return [
        str(NOWHERE) if name in OWNED else one
        for name, one in zip(carries(handler), ids, strict=True)
    ]


async def pressed(family: Family, who: Person, name: str, handler: Handler, ids: list[Any]) -> str:
    """All that this person gets to read."""
    pen = Pen()
    incoming = Incoming(name, 1, who.telegram_id, who.telegram_id, press="x", callback_id="1")
    talk = Talk(
        core=family.here.core, person=await family.here.core.people.get(person_id=who.id),
        words=Words("en", "Asia/Shanghai"), now=family.here.now, incoming=incoming,
        messenger=pen, link=Links("bot", b"x"), shop=Links("bot", b"x"),
    )  # fmt: skip
    try:
        screen = await handler(talk, *ids)
    except DomainError as error:
        talk.toast(sentence(error, talk.words))
        screen = None
    return "\n".join([talk.toast_text, *pen.written, *_read(screen)]).strip()


def _read(screen: Screen | None) -> Iterator[str]:
    if screen is None:
        return
    yield str(screen.text)
    yield from (f"{button.label} {button.copy}" for row in screen.rows for button in row)
    for file in (*screen.files, *filter(None, [screen.photo])):
        yield f"{file.name} {file.caption} {file.file_id} {file.content!r}"


async def rows(family: Family) -> set[str]:
    """Everything that is kept, row by row."""
    found: set[str] = set()
    for name in SQLModel.metadata.tables:
        for row in await family.here.database.fetch(f'SELECT * FROM "{name}"'):
            found.add(f"{name} {tuple(row)!r}")
    return found


def of_others(rows: set[str], own: Sequence[int]) -> set[str]:
    return {row for row in rows if not any(str(one) in row for one in own)}


async def own_ids(family: Family, who: Person) -> list[int]:
    """A provider may ask staff for another price, which is about a row of his own."""
    store = family.here.built.store
    works = await store.get(Provider, person_id=who.id)
    asked = await store.find(PriceRequest, provider_id=works.id) if works else []
    return [who.id, *([works.id] if works else []), *(one.id for one in asked)]


STRANGERS = [
    ("customer", "stranger"), ("customer", "partner"), ("provider", "colleague"),
    ("provider", "owner"), ("provider", "stranger"),
]  # fmt: skip


def by_ids(name: str) -> Iterator[tuple[str, Handler]]:
    """What carries nothing is about the presser alone."""
    return ((verb, handler) for verb, handler in DIALOGS[name].taps.items() if carries(handler))


async def tried(family: Family, who: Person, name: str, handler: Handler, ids: list[str]) -> str:
    given = arguments(handler, ids)
    assert given is not None, (handler, ids)
    return await pressed(family, who, name, handler, given)


@pytest.mark.parametrize(("name", "role"), STRANGERS)
async def test_a_made_up_button_neither_changes_nor_shows_what_belongs_to_somebody(
    family: Family, name: str, role: str
) -> None:
    who: Person = getattr(family, role)
    holes: list[str] = []
    after = await rows(family)
    for verb, handler in by_ids(name):
        before = after
        for ids in carried(handler, family):
            answer = await tried(family, who, name, handler, ids)
            if not answer and verb not in FOLLOWED:
                holes.append(f"{verb} {ids} says nothing")
            holes += [f"{verb} {ids} shows {told}" for told in family.told(answer)]
        after = await rows(family)
        own = await own_ids(family, who)
        holes += [f"{verb} takes {row}" for row in sorted(of_others(before - after, own))]
        holes += [f"{verb} leaves {row}" for row in sorted(of_others(after - before, own))]
    assert not holes, "\n".join(holes)


@pytest.mark.parametrize(("name", "role"), STRANGERS)
async def test_what_is_somebody_elses_and_what_never_was_are_told_alike(
    family: Family, name: str, role: str
) -> None:
    who: Person = getattr(family, role)
    told: list[str] = []
    for verb, handler in by_ids(name):
        if not OWNED & {*carries(handler)}:
            continue
        for ids in carried(handler, family):
            theirs = await tried(family, who, name, handler, ids)
            nobodys = await tried(family, who, name, handler, nowhere(handler, ids))
            if theirs != nobodys:
                told.append(f"{verb} {ids}: {theirs!r}, not {nobodys!r}")
    assert not told, "\n".join(told)


async def test_the_same_look_finds_the_secrets_where_they_belong(family: Family) -> None:
    read = ""
    for name, who in (("customer", family.owner), ("provider", family.partner)):
        for _, handler in by_ids(name):
            if OWNED & {*carries(handler)}:
                for ids in carried(handler, family):
                    read += await tried(family, who, name, handler, ids)
    assert {*SECRETS} - {*family.told(read)} == {"phone"}, "which is told to nobody"


@pytest.mark.parametrize(("name", "role"), STRANGERS)
async def test_an_answer_to_a_message_of_others_reaches_nobody(
    family: Family, name: str, role: str
) -> None:
    """Telegram's own reply names a message, and so does a sign; whoever is no side of its talk is not heard."""
    who: Person = getattr(family, role)
    dialog = DIALOGS[name]
    for kind, handler in (*dialog.replies.items(), *dialog.signs.items()):
        before = await rows(family)
        for subject in family.ids[kind]:
            assert not family.told(await pressed(family, who, name, handler, [subject]))
        assert await rows(family) == before
