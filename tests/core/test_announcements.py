"""An announcement reaches every customer who wants its kind and can be reached, once, in shares; stopped, it stops."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.announcements import service
from core.announcements.model import Announcement, Spread
from core.announcements.service import Announcements
from core.changes import Changes, Update
from core.errors import Invalid
from core.people.choices import USUAL, Choices, Kind, Manner
from core.people.model import Person
from db.audience import AudienceTable
from db.ops import Op
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("C24")
TEXTS = {"en": "Hello", "zh_CN": "大家好"}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def voice(place: Town) -> Announcements:
    audience = AudienceTable(place.database)
    return Announcements(store=place.store, audience=audience, new_id=place.new_id)


async def got(place: Town, one: Announcement) -> list[int]:
    sql = "SELECT person_id FROM outbox WHERE kind = 'announcement' AND subject = ?"
    return [row[0] for row in await place.database.fetch(sql, [one.id])]


async def spread(place: Town, one: Announcement) -> None:
    while await voice(place).spread(announcement_id=one.id, now=NOW):
        pass


async def tell(place: Town, kind: Kind = Kind.NEWS) -> Announcement:
    return await voice(place).announce(kind=kind, texts=TEXTS, coupon_id=None, by=1, now=NOW)


async def test_everybody_who_wants_it_gets_it_once(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SHARE", 3)
    people = [await place.person(f"P{n}", onboarded=True) for n in range(10)]
    await place.person("only a provider")
    muted, silent, blocked, gone = people[:4]
    await place.people.choose(person_id=muted.id, kind=Kind.NEWS, manner=Manner.OFF)
    await place.people.choose(person_id=silent.id, kind=Kind.NEWS, manner=Manner.SILENT)
    await place.database.apply([
        Op("INSERT INTO unreachable (bot, chat_id, since) VALUES ('customer', ?, 0)", [blocked.telegram_id])
    ])  # fmt: skip
    await place.store.apply(Changes().add(Update(Person, gone.id, {"telegram_id": -gone.id})))
    one = await tell(place)
    await spread(place, one)
    await spread(place, one)  # a timer may run twice
    wanted = {p.id for p in people} - {muted.id, blocked.id, gone.id}
    assert sorted(await got(place, one)) == sorted(wanted)
    done = await voice(place).get(announcement_id=one.id)
    assert (done.state, done.sent) == (Spread.DONE, len(wanted))
    offer = await tell(place, Kind.OFFERS)
    await spread(place, offer)
    assert muted.id in await got(place, offer), "each kind is switched by itself"


async def test_letters_are_bulk_and_leave_room_for_all_else(place: Town) -> None:
    await place.person("A", onboarded=True)
    await spread(place, await tell(place))
    rows = await place.database.fetch("SELECT urgency FROM outbox WHERE kind = 'announcement'")
    assert rows == [(9,)]


async def test_what_is_stopped_goes_no_further_and_is_not_listed(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SHARE", 2)
    for n in range(5):
        await place.person(f"P{n}", onboarded=True)
    one = await tell(place)
    await voice(place).spread(announcement_id=one.id, now=NOW)
    await voice(place).stop(announcement_id=one.id)
    await spread(place, one)
    assert len(await got(place, one)) == 2
    assert await voice(place).latest(language="en") == []


async def test_the_latest_are_listed_in_the_language_they_have(place: Town) -> None:
    one = await voice(place).announce(
        kind=Kind.NEWS, texts={"en": "Only English", "zh_CN": " "}, coupon_id=None, by=1, now=NOW
    )
    assert [a.id for a in await voice(place).latest(language="en")] == [one.id]
    assert await voice(place).latest(language="zh_CN") == []
    for texts in ({}, {"en": "  "}, {"en": "x" * 1501}):
        with pytest.raises(Invalid):
            await voice(place).announce(kind=Kind.NEWS, texts=texts, coupon_id=None, by=1, now=NOW)


@pytest.mark.parametrize(
    ("hours", "at", "quiet"),
    [
        ([1320, 480], (23, 0), True), ([1320, 480], (7, 59), True), ([1320, 480], (8, 0), False),
        ([0, 540], (0, 0), True), ([0, 540], (9, 0), False), ([], (3, 0), False),
        ([1, 2], (0, 1), True), ([1, 1], (0, 1), False), ([1, 9999], (0, 1), False),
    ],
)  # fmt: skip
def test_hours_of_silence_may_go_over_midnight(
    hours: list[int], at: tuple[int, int], quiet: bool
) -> None:
    local = datetime(2026, 3, 2, *at, tzinfo=UTC)
    assert (Choices({"quiet": hours}).quiet_until(local=local) is not None) is quiet
    assert Choices({}).manner(Kind.NEWS) is Manner.ON
    assert Choices({"news": "loud"}).manner(Kind.NEWS) is Manner.ON
    assert all(Choices({"quiet": list(one)}).quiet == one for one in USUAL)
