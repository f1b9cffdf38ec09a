"""Whoever asks to be forgotten is: no word of theirs is left in any table or file, and the books stay whole."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import SQLModel

from bot.adapters.erasures import ErasureList
from bot.adapters.files import DiskFiles
from core.changes import Changes, Insert, Update
from core.errors import Invalid
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Stage, State, Step, WorkPhoto
from core.payments.model import Notice, Payment, PaymentState, Purpose
from core.people.choices import Kind, Manner
from core.people.model import Address, Favourite, Person, Provider, ProviderState, Role, Staff
from core.privacy.model import FORMER, Erasure, Part
from core.privacy.service import Privacy
from core.reviews.service import Scores
from db.holdings import HoldingTable
from db.ops import Op
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("C23")
C = "CANARY"
START = NOW + timedelta(hours=3)


@dataclass
class Life:
    """One customer who left traces everywhere, and the order between them and a provider."""

    town: Town
    privacy: Privacy
    files: DiskFiles
    root: Path
    me: Person
    provider: Provider
    order: Order

    async def everything(self) -> str:
        """All that stands in any column of any table."""
        found = []
        for name in SQLModel.metadata.tables:
            rows = await self.town.database.fetch(f"SELECT * FROM {name}")
            found += [f"{name}: {row!r}" for row in rows]
        return "\n".join(found)

    def on_disk(self) -> list[Path]:
        return [path for path in self.root.rglob("*") if path.is_file()]

    async def forgotten(self) -> None:
        await self.privacy.forget(person_id=self.me.id, now=NOW)
        (erasure,) = await self.town.store.find(Erasure)
        await self.privacy.wipe(erasure_id=erasure.id)


def picture(seed: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), (seed * 60, 0, 0)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    async with town(tmp_path) as place:
        files = DiskFiles(root=tmp_path / "files", store=lambda: place.store, new_id=place.new_id)
        privacy = Privacy(
            store=place.store, holdings=HoldingTable(place.database), files=files,
            erasures=ErasureList(tmp_path / "erased.txt"), new_id=place.new_id,
        )  # fmt: skip
        yield await _lived(place, privacy, files, tmp_path / "files")


async def _lived(place: Town, privacy: Privacy, files: DiskFiles, root: Path) -> Life:
    me = await place.person(
        f"Ann {C}",
        telegram_id=777000777,
        language_code="en",
        phone="+86CANARY",
        place=f"{C} Square",
    )
    service = await place.service()
    provider = await place.provider(service=service)
    shots = [
        (await files.keep(content=picture(n), mime="image/png", name=f"{C}{n}", now=NOW,
                          owner_id=owner)).id
        for n, owner in enumerate((me.id, me.id, me.id, provider.person_id))
    ]  # fmt: skip
    order = await place.order(
        customer=me, service=service, provider=provider, start=START, notes=f"Ring {C}",
        photos=shots[:1], answers={"kind": f"{C} unit"},
    )  # fmt: skip
    order = await place.done(order, provider)
    closed = {"state": State.CLOSED, "cash_confirmed": order.total, "detail": f"{C} 502",
              "place": f"{C} Road", "reason": C}  # fmt: skip
    home = {"place": C, "detail": C, "label": C, "lat": 31.2304, "lon": 121.4737, "used_at": NOW}
    payment = Payment(
        id=place.new_id(), number="P77", order_id=order.id, method="stripe", purpose=Purpose.FULL,
        amount=1, currency="CNY", state=PaymentState.PAID, url=f"https://pay/{C}", created_at=NOW,
        expires_at=NOW,
    )  # fmt: skip
    notice = Notice(id=place.new_id(), key="k", method="stripe", payment_number="P77",
                    body=f'{{"email": "{C}@x"}}', received_at=NOW)  # fmt: skip
    work = WorkPhoto(id=place.new_id(), order_id=order.id, provider_id=provider.id,
                     stage=Stage.BEFORE, place=0, file_id=shots[3], at=NOW)  # fmt: skip
    await place.store.apply(
        Changes().add(
            Update(Order, order.id, closed), Insert(Address(id=place.new_id(), person_id=me.id, **home)),
            Insert(Favourite(id=place.new_id(), person_id=me.id, provider_id=provider.id)),
            Insert(payment), Insert(notice), Insert(work),
        )
    )  # fmt: skip
    await place.orders.remark(
        order_id=order.id, by=By(Actor.CUSTOMER, me.id), verb="note", now=NOW,
        facts={"text": f"told {C}", "amount": 5},
    )  # fmt: skip
    await place.reviews.write(
        order_id=order.id, customer_id=me.id, scores=Scores(5, 4, 3), text=f"Fine, {C}",
        files=shots[1:2], now=NOW,
    )  # fmt: skip
    ticket = await place.support.open(
        person_id=me.id, bot="customer", author=me.name, text=f"Help {C}", files=shots[2:3],
        key="1", now=NOW, order_id=order.id,
    )  # fmt: skip
    await place.support.close(ticket_id=ticket.id, by_staff=False, now=NOW)
    await _talked(place, me)
    kept = await place.store.get(Order, id=order.id)
    assert kept is not None
    return Life(place, privacy, files, root, me, provider, kept)


async def _talked(place: Town, me: Person) -> None:
    """What the plumbing remembers."""
    tg = me.telegram_id
    await place.database.apply([
        Op("INSERT INTO conversation (bot, chat_id, user_id, thread_id, destiny, state, data)"
           " VALUES ('customer', ?, ?, 0, 'd', 'review', ?)", [tg, tg, {"text": C}]),
        Op("INSERT INTO inbox (bot, update_id, lane, body, received_at, parked_at)"
           " VALUES ('customer', 1, ?, ?, 0, 1)", [tg, f'{{"text": "{C}"}}']),
        Op("INSERT INTO card (bot, chat_id, kind, subject, message_id, content)"
           " VALUES ('customer', ?, 'order', 1, 1, ?)", [tg, C]),
    ])  # fmt: skip


async def test_nothing_of_the_person_is_left_in_any_table_or_file(life: Life) -> None:
    assert (await life.everything()).count(C) > 15
    assert len(life.on_disk()) == 4
    legs = await life.town.database.fetch("SELECT * FROM ledger_leg ORDER BY transaction_id, line")
    await life.forgotten()
    left = await life.everything()
    assert [line for line in left.split("\n") if C in line] == []
    assert "777000777" not in left, "not even the Telegram id"
    assert life.on_disk() == []
    assert legs == await life.town.database.fetch(
        "SELECT * FROM ledger_leg ORDER BY transaction_id, line"
    )
    sums = await life.town.database.fetch("SELECT SUM(amount) FROM ledger_leg")
    assert not sums[0][0]


async def test_what_the_law_and_others_need_stays_without_a_name(life: Life) -> None:
    await life.forgotten()
    store = life.town.store
    order = await store.get(Order, id=life.order.id)
    assert order is not None
    assert (order.number, order.total, order.state) == (
        life.order.number, life.order.total, State.CLOSED
    )  # fmt: skip
    assert (order.lat, order.lon, order.snapshot) == (31.2, 121.5, life.order.snapshot)
    review = await life.town.reviews.of_order(order_id=order.id)
    assert review is not None
    assert (review.quality, review.text, review.author, review.files) == (5, "", "", [])
    provider = await store.get(Provider, id=life.provider.id)
    assert provider is not None
    assert (provider.rating_count, provider.quality_sum) == (1, 5)
    steps = await store.find(Step, order_id=order.id)
    assert [s.facts for s in steps if s.verb == "note"] == [{"amount": 5}]
    view = await life.town.orders.view(order_id=order.id)
    assert view.customer.name == FORMER


async def test_who_comes_back_begins_anew(life: Life) -> None:
    await life.forgotten()
    again = await life.town.people.welcome(
        telegram_id=life.me.telegram_id, name="Ann", language_code="en", now=NOW
    )
    assert again.id != life.me.id
    assert await life.town.store.find(Order, customer_id=again.id) == []


async def test_after_an_older_backup_the_erasure_is_applied_again(life: Life) -> None:
    assert await life.privacy.catch_up(now=NOW) == 0
    await life.forgotten()
    assert await life.privacy.catch_up(now=NOW) == 0
    back = {"telegram_id": life.me.telegram_id, "name": life.me.name, "phone": life.me.phone}
    notes = Update(Order, life.order.id, {"notes": f"Ring {C}"})
    await life.town.store.apply(Changes().add(Update(Person, life.me.id, back), notes))
    assert C in await life.everything()
    assert await life.privacy.catch_up(now=NOW) == 1
    assert C not in await life.everything()
    assert await life.privacy.catch_up(now=NOW) == 0


async def test_a_file_that_somebody_else_sent_too_stays_for_them(life: Life) -> None:
    theirs = await life.files.keep(
        content=picture(0), mime="image/png", name="same", owner_id=life.provider.person_id, now=NOW
    )
    await life.forgotten()
    assert [str(p.relative_to(life.root)) for p in life.on_disk()] == [theirs.path]


async def test_open_affairs_come_to_their_end_first(life: Life) -> None:
    place, me = life.town, life.me
    await place.store.apply(
        Changes().add(Update(Order, life.order.id, {"refund_due": 500, "refunded": 0}))
    )
    running = await place.order(
        customer=me, service=place.catalog.service(service_id=life.order.service_id),
        provider=life.provider, start=START + timedelta(days=1),
    )  # fmt: skip
    ticket = await place.support.open(
        person_id=me.id, bot="customer", author="", text="?", files=[], key="2", now=NOW
    )
    found = await life.privacy.hindrances(person_id=me.id, now=NOW)
    assert [order.id for order in found.orders] == [running.id]
    assert [order.id for order in found.money] == [life.order.id]
    assert [one.id for one in found.tickets] == [ticket.id]
    with pytest.raises(Invalid, match="busy"):
        await life.privacy.forget(person_id=me.id, now=NOW)
    assert C in await life.everything()


async def test_who_works_with_us_or_is_on_hold_asks_support_first(life: Life) -> None:
    place, me = life.town, life.me
    assert not (await life.privacy.hindrances(person_id=me.id, now=NOW)).any
    await place.store.apply(Changes().add(Update(Person, me.id, {"frozen": True})))
    assert (await life.privacy.hindrances(person_id=me.id, now=NOW)).frozen
    assert (await life.privacy.hindrances(person_id=life.provider.person_id, now=NOW)).works
    boss = await place.person("Boss")
    await place.keep(
        Staff(id=place.new_id(), telegram_id=boss.telegram_id, role=Role.OWNER, added_at=NOW)
    )
    assert (await life.privacy.hindrances(person_id=boss.id, now=NOW)).works


async def test_an_application_that_led_to_nothing_goes_with_the_rest(life: Life) -> None:
    place = life.town
    provider = await place.provider(
        service=place.catalog.service(service_id=life.order.service_id), name=f"{C} Pro"
    )
    change = {"state": ProviderState.REJECTED, "bio": {"en": C}, "reason": C}
    await place.store.apply(Changes().add(Update(Provider, provider.id, change)))
    await life.privacy.forget(person_id=provider.person_id, now=NOW)
    left = await place.store.get(Provider, id=provider.id)
    assert left is not None
    assert (left.name, left.bio, left.reason, left.lat) == (FORMER, {}, "", None)


async def test_a_copy_holds_everything_of_the_person_and_nothing_of_others(life: Life) -> None:
    copied = await life.privacy.copy(person_id=life.me.id)
    text = repr(copied.rows)
    for mine in (f"Ann {C}", "+86CANARY", f"{C} 502", f"Ring {C}", f"Fine, {C}", f"Help {C}"):
        assert mine in text
    other = await life.town.store.get(Person, id=life.provider.person_id)
    assert other is not None
    assert f"'telegram_id': {other.telegram_id}" not in text
    for secret in ("commission_bp", "refused_by", "actor_id"):
        assert secret not in text
    assert len(copied.files) == 3
    held = await life.privacy.held(person_id=life.me.id)
    assert (held[Part.PLACES], held[Part.FILES], held[Part.REVIEWS]) == (1, 3, 1)


async def test_choices_are_kept_with_the_person(life: Life) -> None:
    await life.town.people.choose(person_id=life.me.id, kind=Kind.NEWS, manner=Manner.OFF)
    person = await life.town.people.be_quiet(
        person_id=life.me.id, side="customer", hours=(22 * 60, 8 * 60)
    )
    assert person.choices == {"news": "off", "quiet": [1320, 480]}
