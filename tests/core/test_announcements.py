"""An announcement reaches whoever is meant, wants it and can be reached, once, in shares; stopped, it stops."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.announcements import sending
from core.announcements.composing import BELOW_A_PHOTO, Composing
from core.announcements.model import Announcement, Audience, Errand, Heads, Side, Spread
from core.announcements.sending import Sending
from core.announcements.service import Announcements
from core.announcements.steering import Steering
from core.changes import Changes, Update
from core.errors import AlreadyDone, Invalid, NotAllowedNow, Unknown
from core.people.choices import USUAL, Choices, Kind, Manner
from core.people.model import Person
from core.places import Area
from db.announced import SentTable
from db.audience import CrowdTable
from db.ops import Op
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("A11", "C24")
EAST, WEST, LAKE = (31.23, 121.55), (31.18, 121.43), (30.24, 120.14)


class Districts:
    """Two of them, parted by a meridian, and another city farther west."""

    def district_at(self, *, lat: float, lon: float) -> str:
        return "浦东新区" if lon > 121.5 else "徐汇区" if lon > 121 else "西湖区"

    def city_at(self, *, lat: float, lon: float) -> str:
        return "上海市" if lon > 121 else "杭州市"


class Voice:
    """The services of announcements on one town."""

    def __init__(self, place: Town) -> None:
        self.place = place
        self.crowd = CrowdTable(
            place.database, places=Districts(), languages=("en", "zh_CN"), language="zh_CN"  # type: ignore[arg-type]
        )  # fmt: skip
        self.sent = SentTable(place.database)
        store = place.store
        self.composing = Composing(store=store, crowd=self.crowd, new_id=place.new_id)
        self.sending = Sending(store=store, crowd=self.crowd, sent=self.sent)
        self.steering = Steering(store=store)
        self.read = Announcements(store=store)

    async def written(self, text: str = "<b>Hello</b>", *, by: int = 1) -> int:
        one = await self.composing.begin(by=by, person_id=1, now=NOW)
        await self.composing.word(
            announcement_id=one.id, language="en", text=text, length=len(text)
        )
        return one.id

    async def begun(self, **aim: object) -> Announcement:
        one_id = await self.written()
        given = {"side": Side.CUSTOMERS, "area": Area(), "language": "", "ordered": 0} | aim
        await self.composing.aim(announcement_id=one_id, **given)  # type: ignore[arg-type]
        return await self.sending.send(announcement_id=one_id, now=NOW)

    async def spread(self, one: Announcement, *, now: datetime = NOW) -> datetime | None:
        return await self.sending.spread(announcement_id=one.id, now=now)

    async def deliver(self, *, end: str = "done", error: str = "") -> None:
        """Everything that may leave has left."""
        sql = "UPDATE outbox SET state = ?, error = ?, message_id = 7 WHERE state = 'waiting' AND due_at <= ?"
        at = int(NOW.timestamp() * 1000)
        await self.place.database.apply([Op(sql, [end, error, at])])

    async def through(self, one: Announcement) -> Announcement:
        """To its end, each share delivered before the next."""
        while await self.spread(one):
            await self.deliver()
        return await self.read.get(announcement_id=one.id)

    async def got(self, one: Announcement, state: str = "%") -> list[int]:
        sql = "SELECT person_id FROM outbox WHERE kind = 'announcement' AND subject = ? AND state LIKE ?"
        return [row[0] for row in await self.place.database.fetch(sql, [one.id, state])]

    async def heads(self, **audience: object) -> Heads:
        return await self.crowd.count(audience=Audience(**audience), kind=Kind.NEWS, now=NOW)  # type: ignore[arg-type]


@pytest.fixture
async def voice(tmp_path: Path) -> AsyncIterator[Voice]:
    async with town(tmp_path) as place:
        yield Voice(place)


async def _mute(voice: Voice, person: Person, kind: Kind = Kind.NEWS) -> None:
    await voice.place.people.choose(person_id=person.id, kind=kind, manner=Manner.OFF)


async def _block(voice: Voice, person: Person, bot: str = "customer") -> None:
    sql = "INSERT INTO unreachable (bot, chat_id, since) VALUES (?, ?, 0)"
    await voice.place.database.apply([Op(sql, [bot, person.telegram_id])])


async def test_everybody_who_wants_it_gets_it_once(
    voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AHEAD", 3)
    people = [await voice.place.person(f"P{n}", onboarded=True) for n in range(10)]
    await voice.place.person("only a provider")
    muted, silent, blocked, gone = people[:4]
    await _mute(voice, muted)
    await voice.place.people.choose(person_id=silent.id, kind=Kind.NEWS, manner=Manner.SILENT)
    await _block(voice, blocked)
    await voice.place.store.apply(Changes().add(Update(Person, gone.id, {"telegram_id": -gone.id})))
    one = await voice.begun()
    done = await voice.through(one)
    await voice.spread(one)  # a timer may run twice
    wanted = {p.id for p in people} - {muted.id, blocked.id, gone.id}
    assert sorted(await voice.got(one)) == sorted(wanted)
    assert (done.state, done.reached, done.muted, done.blocked) == (Spread.DONE, 7, 1, 1)
    assert (done.total, done.left) == (9, 0)


async def test_no_more_letters_wait_than_leave_in_two_seconds(voice: Voice) -> None:
    for n in range(2 * sending.AHEAD):
        await voice.place.person(f"P{n}", onboarded=True)
    one = await voice.begun()
    for _ in range(5):
        await voice.spread(one)
    assert len(await voice.got(one)) == sending.AHEAD
    await voice.deliver()
    await voice.spread(one)
    assert len(await voice.got(one)) == 2 * sending.AHEAD
    rows = await voice.place.database.fetch(
        "SELECT DISTINCT urgency FROM outbox WHERE kind = 'announcement'"
    )
    assert rows == [(9,)], "the lowest lane"


async def test_an_audience_is_a_side_a_city_a_district_a_language_and_a_habit(voice: Voice) -> None:
    place = voice.place
    service = await place.service()
    worker = await place.provider(service=service, lat=EAST[0], lon=EAST[1])
    ann = await place.person("Ann", onboarded=True, language="en", lat=EAST[0], lon=EAST[1])
    await place.person("Bo", onboarded=True, language_code="zh-hans", lat=WEST[0], lon=WEST[1])
    await place.person("Cy", onboarded=True, language_code="fr")  # reads the language of the place
    await place.order(customer=ann, service=service, provider=worker, start=NOW + timedelta(days=1))
    both = await place.person("Dee", onboarded=True, language_code="en-GB")
    await place.provider(service=service, name="Dee’s own")
    await place.person("Eve", onboarded=True, language_code="fr", lat=LAKE[0], lon=LAKE[1])
    await place.provider(service=service, name="At the lake", lat=LAKE[0], lon=LAKE[1])
    assert both.onboarded
    expected = {
        Audience(Side.CUSTOMERS): 5, Audience(Side.PROVIDERS): 3, Audience(Side.ALL): 8,
        Audience(Side.CUSTOMERS, city="上海市"): 2, Audience(Side.CUSTOMERS, city="杭州市"): 1,
        Audience(Side.PROVIDERS, city="杭州市"): 1, Audience(Side.ALL, city="杭州市"): 2,
        Audience(Side.ALL, city="杭州市", district="西湖区"): 2,
        Audience(Side.CUSTOMERS, language="en"): 2, Audience(Side.CUSTOMERS, language="zh_CN"): 3,
        Audience(Side.CUSTOMERS, district="浦东新区"): 1, Audience(Side.PROVIDERS, district="浦东新区"): 1,
        Audience(Side.CUSTOMERS, ordered=30): 1, Audience(Side.CUSTOMERS, ordered=-60): 4,
        Audience(Side.ALL, district="徐汇区"): 2,
    }  # fmt: skip
    for audience, count in expected.items():
        heads = await voice.crowd.count(audience=audience, kind=Kind.NEWS, now=NOW)
        found = await voice.crowd.after(
            audience=audience, kind=Kind.NEWS, mark=0, limit=100, now=NOW
        )
        assert (heads.reached, len(found)) == (count, count), audience
    theirs = await voice.crowd.after(
        audience=Audience(Side.ALL), kind=Kind.NEWS, mark=0, limit=100, now=NOW
    )
    assert sorted(hearer.bot for hearer in theirs) == ["customer"] * 5 + ["provider"] * 3


async def test_a_district_with_few_people_among_many_is_read_page_by_page(
    voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.audience._PAGE", 5)
    for n in range(40):
        lat, lon = EAST if n % 9 == 0 else WEST
        await voice.place.person(f"P{n}", onboarded=True, lat=lat, lon=lon)
    one = await voice.begun(area=Area("", "浦东新区"))
    assert (await voice.through(one)).reached == len(await voice.got(one)) == 5


async def test_providers_mute_it_as_news_of_their_work(voice: Voice) -> None:
    service = await voice.place.service()
    for n in range(3):
        await voice.place.provider(service=service, name=f"W{n}")
    first = (await voice.crowd.after(
        audience=Audience(Side.PROVIDERS), kind=Kind.NEWS, mark=0, limit=1, now=NOW
    ))[0]  # fmt: skip
    await voice.place.people.choose(
        person_id=first.person_id, kind=Kind.WORK_NEWS, manner=Manner.OFF
    )
    assert await voice.heads(side=Side.PROVIDERS) == Heads(2, 1, 0)


async def test_paused_it_waits_and_stopped_it_stays(
    voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AHEAD", 2)
    for n in range(6):
        await voice.place.person(f"P{n}", onboarded=True)
    one = await voice.begun()
    at = {"announcement_id": one.id, "now": NOW}
    await voice.spread(one)
    await voice.steering.pause(**at)
    assert await voice.spread(one) is None
    await voice.deliver()
    assert await voice.got(one, "done") == [], "what was written already waits, too"
    with pytest.raises(NotAllowedNow):
        await voice.steering.pause(**at)
    await voice.steering.resume(**at)
    await voice.deliver()
    await voice.spread(one)
    assert len(await voice.got(one, "done")) == 2
    await voice.steering.stop(**at)
    await voice.steering.stop(**at)
    await voice.deliver()
    await voice.spread(one)
    now = await voice.read.get(announcement_id=one.id)
    assert (now.state, now.reached, len(await voice.got(one, "done"))) == (Spread.STOPPED, 2, 2)
    assert await voice.read.latest(bot="customer", language="en") == []


async def test_it_goes_out_at_its_time_and_can_be_changed_or_called_off_before(
    voice: Voice,
) -> None:
    await voice.place.person("Ann", onboarded=True)
    one_id, morning = await voice.written(), NOW + timedelta(hours=20)
    await voice.composing.time(announcement_id=one_id, at=morning)
    one = await voice.sending.send(announcement_id=one_id, now=NOW)
    assert one.state is Spread.SCHEDULED
    with pytest.raises(AlreadyDone):
        await voice.sending.send(announcement_id=one_id, now=NOW)
    with pytest.raises(Unknown):
        await voice.read.told(announcement_id=one_id)
    await voice.steering.reopen(announcement_id=one_id)
    await voice.composing.word(announcement_id=one_id, language="en", text="Hi", length=2)
    await voice.sending.send(announcement_id=one_id, now=NOW)
    await voice.spread(one, now=morning)
    await voice.spread(one, now=morning)
    assert len(await voice.got(one)) == 1
    other = await voice.written(by=2)
    await voice.composing.time(announcement_id=other, at=morning)
    await voice.sending.send(announcement_id=other, now=NOW)
    await voice.steering.stop(announcement_id=other, now=NOW)
    assert await voice.sending.spread(announcement_id=other, now=morning) is None
    assert [a.id for a in await voice.read.past()] == [other]


async def test_it_is_corrected_and_taken_back_where_it_arrived(voice: Voice) -> None:
    for n in range(3):
        await voice.place.person(f"P{n}", onboarded=True)
    one = await voice.through(await voice.begun())
    at = {"announcement_id": one.id, "now": NOW}
    await voice.steering.correct(**at, language="en", text="Right")
    with pytest.raises(NotAllowedNow):
        await voice.steering.withdraw(**at)
    one = await voice.through(one)
    assert (one.state, one.changed, one.texts) == (Spread.DONE, 3, {"en": "Right"})
    await voice.steering.withdraw(**at)
    one = await voice.through(one)
    assert (one.errand, one.changed, one.withdrawn, one.reached) == (Errand.WITHDRAW, 3, True, 3)
    with pytest.raises(NotAllowedNow):
        await voice.steering.correct(**at, language="en", text="Again")
    assert await voice.read.latest(bot="customer", language="en") == []
    sql = "SELECT COUNT(DISTINCT person_id), COUNT(*) FROM outbox WHERE kind = 'announcement_again'"
    assert await voice.place.database.fetch(sql) == [(3, 6)]


async def test_a_button_counts_each_person_once(voice: Voice) -> None:
    ann = await voice.place.person("Ann", onboarded=True)
    one = await voice.begun()
    for _ in range(3):
        await voice.read.tap(announcement_id=one.id, person_id=ann.id)
    assert (await voice.read.get(announcement_id=one.id)).tapped == 1


async def test_a_draft_refuses_what_has_no_room_and_is_one_per_member(voice: Voice) -> None:
    one_id = await voice.written()
    assert (await voice.composing.begin(by=1, person_id=1, now=NOW)).id == one_id
    with pytest.raises(Invalid):
        await voice.composing.word(announcement_id=one_id, language="en", text="x", length=3001)
    with pytest.raises(Invalid):
        await voice.composing.picture(announcement_id=one_id, file_id=1, length=BELOW_A_PHOTO + 1)
    for url in ("http://example.org", "javascript:alert(1)", "https://a b"):
        with pytest.raises(Invalid):
            await voice.composing.opens(announcement_id=one_id, url=url)
    await voice.composing.word(announcement_id=one_id, language="en", text="", length=0)
    with pytest.raises(Invalid):
        await voice.sending.send(announcement_id=one_id, now=NOW)
    await voice.composing.discard(announcement_id=one_id)
    with pytest.raises(Unknown):
        await voice.composing.draft(announcement_id=one_id)


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
