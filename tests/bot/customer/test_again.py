"""Same as last time: everything as it was, at the next sensible time; what changed since is said, never hidden.

Pressed on a real database by the handlers behind the buttons.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Talk
from bot.customer.booking.again import book_again, booked_before, last_time
from bot.customer.booking.begin import book_at
from bot.customer.booking.confirm import confirm
from bot.customer.browse.handlers import service as service_page
from bot.customer.home.handlers import home_page
from bot.customer.orders.handlers import tab
from bot.screen import Screen
from core.catalog.model import Service
from core.changes import Changes, Update
from core.orders.advance import By
from core.orders.booking import Booking
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.orders.tasks import Pick
from core.people.model import Person, Provider, Skill
from db.engine import Database
from tests.bot.customer.test_for_you import somebody, talk
from tests.reliability.town import CENTRE, Town, town

pytestmark = pytest.mark.feature("C20", "C7")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Town]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'town.db'}"
    database = await Database.open(url)
    async with town(database, url, tmp_path) as made:
        yield made
    await database.close()


class Past:
    """A customer who once booked two services of one provider."""

    def __init__(self, here: Town) -> None:
        self.here = here

    async def made(self) -> "Past":
        option = {
            "code": "more",
            "names": {"en": "One more"},
            "price": 1000,
            "minutes": 30,
            "max": 2,
        }
        question = {"code": "kind", "names": {"en": "Which kind?"}, "choices": []}
        self.repair: Service = await self.here.service(options=[option], questions=[question])
        self.clean: Service = await self.here.service()
        self.provider: Provider = await self.here.provider(self.repair, self.clean)
        self.person: Person = await somebody(self.here)
        start = self.here.now + timedelta(days=1, hours=2)
        draft = self.here.draft(self.person, self.provider, start, pay=Pay.ON_SITE)
        draft.options, draft.answers, draft.notes = {"more": 2}, {"kind": "Wall unit"}, "Bell 3"
        draft.further = [Pick(self.clean.id).as_dict()]
        await self.here.insert([draft])
        self.order: Order = await self.here.place(self.person.id)
        return self

    def talk(self) -> Talk:
        made = talk(self.here, self.person)
        made.incoming.callback_id = "1"
        return made

    async def booking(self) -> Booking:
        return await self.here.core.bookings.open(customer_id=self.person.id)

    async def changes(self, kind: Any, id: int, **values: Any) -> None:
        await self.here.core.store.apply(Changes().add(Update(kind, id, values)))
        await self.here.core.index.provider(provider_id=self.provider.id, now=self.here.now)

    async def skill(self, service: Service) -> Skill:
        found = await self.here.core.store.get(
            Skill, provider_id=self.provider.id, service_id=service.id
        )
        assert found is not None
        return found


@pytest.fixture
async def past(here: Town) -> Past:
    return await Past(here).made()


def presses(screen: Screen, verb: str) -> list[str]:
    return [b.press for row in screen.rows for b in row if b.press.split(":")[0] == verb]


async def test_one_tap_fills_in_everything_and_the_second_confirms(past: Past) -> None:
    past.here.now += timedelta(days=4)
    screen = await last_time(past.talk(), past.repair.id)
    booking = await past.booking()
    draft = booking.draft
    assert [service.id for service in booking.services] == [past.repair.id, past.clean.id]
    assert (draft.options, draft.answers, draft.notes) == (
        {"more": 2}, {"kind": "Wall unit"}, "Bell 3",
    )  # fmt: skip
    assert (draft.provider_id, draft.detail, draft.pay) == (past.provider.id, "Door 1", Pay.ON_SITE)
    assert draft.starts_at == past.order.starts_at + timedelta(days=7), "the same weekday and time"
    assert "last time" not in screen.text
    (press,) = presses(screen, "bconfirm")
    _, tag, version, total = press.split(":")
    await confirm(past.talk(), tag, int(version), int(total))
    again = await past.here.core.history.last(customer_id=past.person.id, service_id=past.repair.id)
    assert again is not None
    assert again.id != past.order.id
    assert [task.gross for task in again.tasks] == [task.gross for task in past.order.tasks]


async def test_a_usual_time_that_is_taken_gives_way_to_the_next_one(past: Past) -> None:
    screen = await book_again(past.talk(), past.order)
    draft = (await past.booking()).draft
    assert draft.starts_at is not None
    assert draft.starts_at != past.order.starts_at
    assert "Your usual time isn't free" in screen.text


async def test_another_price_is_said(past: Past) -> None:
    past.here.now += timedelta(days=4)
    await past.changes(Skill, (await past.skill(past.repair)).id, price=25_000)
    screen = await book_again(past.talk(), past.order)
    assert "The price is ¥470 now; last time it was ¥420." in screen.text


async def test_a_service_no_longer_done_is_left_out_and_said(past: Past) -> None:
    past.here.now += timedelta(days=4)
    await past.changes(Skill, (await past.skill(past.clean)).id, active=False)
    screen = await book_again(past.talk(), past.order)
    assert "They no longer do Service 1: it is left out." in screen.text
    assert [service.id for service in (await past.booking()).services] == [past.repair.id]


@pytest.mark.feature("P15")
async def test_a_price_that_changed_under_the_summary_is_said_before_anything_is_ordered(
    past: Past,
) -> None:
    past.here.now += timedelta(days=4)
    screen = await last_time(past.talk(), past.repair.id)
    (press,) = presses(screen, "bconfirm")
    _, tag, version, total = press.split(":")
    skill = await past.skill(past.repair)
    await past.changes(Skill, skill.id, price=skill.price + 1000)
    talk = past.talk()
    screen = await confirm(talk, tag, int(version), int(total))
    assert screen is not None
    assert "The price has changed" in talk.toast_text
    assert (await past.booking()).draft.order_id is None
    (press,) = presses(screen, "bconfirm")
    assert int(press.split(":")[3]) == int(total) + 1000


async def test_without_the_provider_everything_else_waits_for_another_one(past: Past) -> None:
    past.here.now += timedelta(days=4)
    await past.changes(Skill, (await past.skill(past.repair)).id, active=False)
    screen = await book_again(past.talk(), past.order)
    assert "They no longer offer this." in screen.text
    assert presses(screen, "bothers")
    booking = await past.booking()
    assert (booking.provider, booking.draft.notes) == (None, "Bell 3")
    other = await past.here.provider(past.repair, past.clean, price=21_000)
    start = past.here.now + timedelta(days=1)
    screen = await book_at(past.talk(), past.repair.id, other.id, int(start.timestamp()) // 60)
    booking = await past.booking()
    assert (booking.draft.notes, booking.draft.options) == ("Bell 3", {"more": 2})
    assert (booking.draft.provider_id, booking.draft.starts_at) == (other.id, start)
    assert len(booking.services) == 2
    assert presses(screen, "bconfirm")


async def test_an_address_they_no_longer_reach_is_said(past: Past) -> None:
    past.here.now += timedelta(days=4)
    await past.changes(Provider, past.provider.id, lat=CENTRE[0] + 1)
    screen = await book_again(past.talk(), past.order)
    assert "doesn't come to" in screen.text
    assert presses(screen, "bothers")


async def test_it_is_offered_at_home_and_on_the_service_unless_suggestions_are_off(
    past: Past,
) -> None:
    for screen in (
        await home_page(past.talk(), 0), await service_page(past.talk(), past.repair.id),
        await booked_before(past.talk()),
    ):  # fmt: skip
        assert presses(screen, "again") == [f"again:{past.repair.id}"]
    past.person = await past.here.core.recommending.switch(person=past.person, on=False)
    for screen in (
        await home_page(past.talk(), 0),
        await service_page(past.talk(), past.repair.id),
    ):
        assert presses(screen, "again") == []


async def test_my_orders_are_counted_and_turn_page_by_page(past: Past) -> None:
    for number in range(7):
        start = past.here.now + timedelta(days=2 + number)
        await past.here.wants(past.person, past.provider, start, pay=Pay.ON_SITE)
        last = await past.here.place(past.person.id)
    await past.here.core.orders.cancel(
        order_id=last.id, by=By(Actor.CUSTOMER, past.person.id), now=past.here.now
    )
    first = await tab(past.talk(), "active", 0)
    labels = [button.label for button in first.rows[-2]]
    assert "Active 7" in first.text
    assert labels == ["Done", "Cancelled 1"]
    assert presses(first, "order")[0] == f"order:{past.order.id}", "the soonest first"
    pages = [first, *[await tab(past.talk(), "active", number) for number in (1, 2)]]
    shown = [presses(page, "order") for page in pages]
    assert [len(each) for each in shown] == [3, 3, 1]
    assert len({order for each in shown for order in each}) == 7
    gone = await tab(past.talk(), "off", 9)
    assert presses(gone, "order") == [f"order:{last.id}"]
