"""A provider's hours and area over HTTP: what a change touches is listed first, booked visits stay, search follows."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import accepts, every_day, presses, starts_on, with_verbs
from tests.e2e.staff import told
from tests.e2e.test_booking import past_wishes
from tests.e2e.watching import until
from tests.platforms import Platform

pytestmark = pytest.mark.feature("P6")
STAYS = "They stay yours."
CHOOSE = "What becomes of them?"
_CUSTOMERS, _SHOPS = count(), count()
# Trades of the demo city that no other test orders from: what is changed here takes nobody's provider away.
ABLE = """
    SELECT provider.id, person.telegram_id, provider.lat, provider.lon,
    service.id, service.minutes, service.emoji FROM provider
    JOIN person ON person.id = provider.person_id JOIN skill ON skill.provider_id = provider.id
    JOIN service ON service.id = skill.service_id
    WHERE service.code IN ('drain-unblock', 'small-move', 'pet-grooming', 'computer-repair')
    AND person.telegram_id < 5000000
    AND provider.radius_m >= 8000 AND provider.buffer_min <= 30 AND provider.daily_max > 1
    AND NOT EXISTS (
        SELECT 1 FROM hours WHERE provider_id = provider.id AND (start_min > 600 OR end_min < 960)
    )
    ORDER BY provider.id"""


@dataclass
class Shop:
    """One provider whom nobody else books, his bot in English, and the database that knows him."""

    people: People
    platform: Platform
    id: int
    person: Person
    lat: float
    lon: float
    service: int
    minutes: int
    emoji: str

    @property
    def visit(self) -> timedelta:
        """How long the work takes."""
        return timedelta(minutes=self.minutes)

    async def customer(self, *, km: float = 1.0) -> "Booker":
        """Somebody so far north of the base, half way through booking this provider."""
        person = await self.people.person(f"Hourly {next(_CUSTOMERS)}", language="en")
        await person.writes("/start")
        await person.taps("English")
        await person.sees("Where should we come?")
        await person.shares_location((self.lat + km / 111.2, self.lon))
        await person.sees("what can we do for you?")
        booker = Booker(self, person)
        await booker.presses(
            f"book:{self.service}:{self.id}", "Extras you can add", "Anything extra"
        )
        await booker.presses(f"bgo:{booker.tag}:detail", "Which door exactly?")
        await person.writes("12 Nanjing Rd, flat 502")
        await person.sees("Which day?")
        return booker

    async def searched(self) -> None:
        """Waits until the search has heard of the last change."""
        waiting = "SELECT 1 FROM timer WHERE kind = 'provider.reindex' AND subject_id = ?"
        await until(
            lambda: not self.platform.rows(waiting, self.id), lambda: "no reindex", self.people
        )

    async def goes(self, *taps: tuple[str, str]) -> Message:
        """From the schedule, tap by tap: (button, words that must come)."""
        await self.person.writes("/schedule")
        await self.person.sees("Schedule")
        return await self.taps(*taps)

    async def taps(self, *taps: tuple[str, str]) -> Message:
        seen: Message = {}
        for label, then in taps:
            await self.person.taps(label)
            seen = await self.person.sees_where(lambda m, then=then: then in told(m), what=then)  # type: ignore[misc]
        return seen

    async def to_month_of(self, day: date) -> None:
        """From this month's days off to those of that day."""
        while f"dayoff:{day.toordinal()}:0" not in presses(self.person.last):
            await self.person.taps("▶")

    def state(self, number: str) -> str:
        sql = "SELECT state FROM orders WHERE number = ?"
        return str(self.platform.rows(sql, number.replace("-", ""))[0][0])


@dataclass
class Booker:
    """A customer whose wizard is read by what its buttons say to the bot."""

    shop: Shop
    person: Person

    @property
    def tag(self) -> str:
        return f"{(self.shop.id * 31 + self.shop.service) % 0xFFFF:x}"

    async def presses(self, data: str, *any_of: str) -> Message:
        await self.person.taps_stale(self.person.last["message_id"], data)
        return await self.person.sees_where(
            lambda m: any(words in told(m) for words in any_of), what=str(any_of)
        )

    async def days(self) -> list[date]:
        """The days that can be booked, over all months."""
        await self.presses(f"bgo:{self.tag}:date", "Which day?")
        return await every_day(self.person)

    async def starts(self, day: date) -> list[datetime]:
        """The times offered on a day, morning to evening."""
        await self.presses(f"bgo:{self.tag}:date", "Which day?")
        screen = await self.presses(f"bday:{self.tag}:{day.toordinal()}", "When should they come?")
        found = starts_on(screen)
        for part in with_verbs(screen, "bpart"):
            await self.person.taps_stale(screen["message_id"], part)
            shown = await self.person.sees_where(
                lambda m, known=frozenset(found): bool({*starts_on(m)} - known), what=part
            )
            found += starts_on(shown)
        return sorted(found)

    async def chooses(self, start: datetime) -> None:
        """To the summary, with this start and nothing else asked for."""
        minutes = int(start.timestamp()) // 60
        await self.presses(f"btime:{self.tag}:{minutes}", "Skip ▶", "Continue ▶", "✏️ Payment")
        await past_wishes(self.person)
        await self.person.sees_button("✏️ Payment")

    async def books(self, start: datetime, *, accept: bool = True) -> str:
        """The order's number, to be paid on site, accepted by the provider."""
        await self.chooses(start)
        await self.person.taps("✏️ Payment")
        await self.person.sees_button("Pay on site")
        await self.person.taps("Pay on site")
        await self.person.sees_button("Confirm")
        await self.person.taps("Confirm")
        number = self.number(await self.person.sees("Waiting for the provider"))
        if accept:
            await accepts(self.shop.person, number)
            await self.shop.person.sees("Collect")
        return number

    @staticmethod
    def number(card: Message) -> str:
        found = re.search(r"\d{4}-\d{4}", words_of(card))
        assert found, words_of(card)
        return found[0]

    async def found_by_search(self) -> bool:
        """Whether the provider is on any page of who can come."""
        name = self.shop.platform.rows("SELECT name FROM provider WHERE id = ?", self.shop.id)[0][0]
        await self.presses(f"s:{self.shop.service}", "Find a provider")
        await self.person.taps("Find a provider")
        await self.person.sees_where(lambda m: bool(re.search("can come|Nobody near", words_of(m))))
        texts: list[str] = []
        while self.person.screen not in texts:
            texts.append(self.person.screen)
            if "More ▶" in self.person.buttons:
                await self.person.taps("More ▶")
        return any(f"{name} " in text for text in texts)


@pytest.fixture
async def shop(people: People, platform: Platform) -> Shop:
    able: list[Any] = platform.rows(ABLE)
    provider_id, telegram_id, *facts = able[next(_SHOPS) % len(able)]
    person = await people.known(int(telegram_id))
    await person.writes("/language")
    await person.sees_button("English")
    await person.taps("English")
    return Shop(people, platform, provider_id, person, *facts)


def weekday_of(day: date) -> str:
    return day.strftime("%a")


async def test_a_free_weekday_lists_its_visits_keeps_them_and_is_offered_no_more(
    shop: Shop,
) -> None:
    anna, ben = await shop.customer(), await shop.customer()
    day = (await anna.days())[-1]
    start = (await anna.starts(day))[0]
    number = await anna.books(start)
    free = ("Hours", "Tap a day to change it"), (weekday_of(day), "Choose, or set")
    screen = await shop.goes(*free, ("🌴 Free day", "You have visits there"))
    assert CHOOSE in words_of(screen)
    assert f"{start:%H:%M}" in words_of(screen)
    assert day in await ben.days(), "nothing is saved before it is said to be"
    await shop.taps(("I still come", "not working"))
    assert not [other for other in await ben.days() if other.weekday() == day.weekday()]
    assert shop.state(number) == "accepted"
    await shop.person.writes(number)
    await shop.person.sees("Accepted")
    await shop.person.sees_button("Give back")  # what the list says can be done


async def test_extra_hours_on_a_free_date_by_taps_and_by_words(shop: Shop) -> None:
    ben, me = await shop.customer(), shop.person
    day = [one for one in await ben.days() if one.weekday() != date.today().weekday()][7]
    await shop.goes(("Hours", "Tap a day to change it"), (weekday_of(day), "Choose, or set"))
    await shop.taps(("🌴 Free day", "not working"))
    assert day not in await ben.days()
    await shop.goes(("Days off", "Or type it"), ("➕ Extra hours", "No extra hours yet"))
    await shop.taps(("➕ Choose a date", "which date?"))
    while (tap := f"exat:{day.toordinal()}") not in presses(me.last):
        await me.taps("▶")
    await me.taps_stale(me.last["message_id"], tap)
    await me.sees("From when to when?")
    await shop.taps(("🕐 Other hours", "From when?"), ("10:00", "From 10:00 until when?"))
    await me.taps("15:00")
    screen = await me.sees("Save this?")
    assert "10:00–15:00: extra hours" in words_of(screen)
    assert day not in await ben.days(), "nothing is saved before it is said to be"
    await shop.taps(("💾 Save", "Saved"))
    assert day in await ben.days()
    starts = await ben.starts(day)
    assert starts
    assert all(s.hour >= 10 and s + shop.visit <= s.replace(hour=15, minute=0) for s in starts)
    number = await ben.books(starts[0])
    await shop.goes(("Days off", "➕ Extra hours: "), ("➕ Extra hours", "Tap one to take it away"))
    screen = await shop.taps(("✖ ", "You have visits there"))
    assert CHOOSE in words_of(screen)
    await shop.taps(("I still come", "no extra hours"))
    anna = await shop.customer()
    assert day not in await anna.days()
    assert shop.state(number) == "accepted"
    # The same in words, in either language, from anywhere.
    later = day + timedelta(days=7)
    for said, shown in (
        (f"extra hours {later:%b} {later.day} 10-15", "10:00–15:00: extra hours"),
        (f"{later.month}月{later.day}日上午也可以接单", "12:00: extra hours"),
    ):
        await me.writes("/jobs")
        await me.writes(said)
        assert shown in words_of(await me.sees("Save this?"))
        await shop.taps(("💾 Save", "Saved"))
        assert later in await anna.days()
        await me.writes(f"取消{later.month}月{later.day}日加班")
        assert "no extra hours" in words_of(await me.sees("Save this?"))
        await shop.taps(("💾 Save", "Saved"))
        assert later not in await anna.days()


async def test_hours_typed_for_a_chosen_date_are_its_extra_hours(shop: Shop) -> None:
    me = shop.person
    ben = await shop.customer()
    day = [one for one in await ben.days() if one.weekday() != date.today().weekday()][8]
    await shop.goes(("Hours", "Tap a day to change it"), (weekday_of(day), "Choose, or set"))
    await shop.taps(("🌴 Free day", "not working"))
    await me.taps_stale(me.last["message_id"], f"exat:{day.toordinal()}")
    await me.sees("From when to when?")
    await me.writes("whenever it rains")
    await me.sees("I didn't get that")
    await me.taps_stale(me.last["message_id"], f"exat:{day.toordinal()}")
    await me.sees("From when to when?")
    await me.writes("13-18")
    assert "13:00–18:00: extra hours" in words_of(await me.sees("Save this?"))
    await shop.taps(("💾 Save", "Saved"))
    assert {start.date() for start in await ben.starts(day)} == {day}
    await shop.taps(("↩️ Undo", "no extra hours"))
    assert day not in await ben.days()
    for odd in ("exat:0", "exat:99999999", "exto:740000:-5", "exlook:740000:0:99", "exless:zz"):
        await me.taps_stale(me.last["message_id"], odd)
    assert day not in await ben.days()


async def test_a_break_takes_its_hours_out_of_every_such_day(shop: Shop) -> None:
    ben = await shop.customer()
    day = (await ben.days())[-1]
    assert any(start.hour in (11, 12) for start in await ben.starts(day))
    await shop.goes(
        ("Hours", "Tap a day to change it"), (weekday_of(day), "Choose, or set"),
        ("☕ Break", "When is your break?"), ("12:00–13:00", "–12:00, 13:00–"),
    )  # fmt: skip
    for start in await ben.starts(day):
        assert start + shop.visit <= start.replace(hour=12, minute=0) or start.hour >= 13


async def test_days_off_and_holidays_list_visits_and_can_be_given_back(shop: Shop) -> None:
    anna, ben = await shop.customer(), await shop.customer()
    first, *days = await anna.days()
    day = [first, *(one for one in days if one.month == first.month)][-1]
    number = await anna.books((await anna.starts(day))[0])
    await shop.goes(("Days off", "Or type it"))
    await shop.person.writes("whenever")
    await shop.person.sees("I didn't get that")
    last = day + timedelta(days=2)
    await shop.person.writes(f"{day} to {last}")
    screen = await shop.person.sees("You have visits there")
    assert CHOOSE in words_of(screen)
    assert day in await ben.days(), "nothing is saved before it is said to be"
    await shop.taps(("I still come", "Saved"))
    assert not set(await ben.days()) & {day + timedelta(days=ahead) for ahead in range(3)}
    assert shop.state(number) == "accepted"
    await shop.taps(("Days off", "Or type it"))
    await shop.to_month_of(day)
    await shop.taps((f"🌴{day.day}", "Or type it"))
    assert day in await ben.days()
    await shop.taps((f"{day.day}", "You have visits there"))
    await shop.taps(("I still come", "Saved"))
    assert day not in await ben.days()
    await shop.taps(("Undo", "you work as usual"))
    assert day in await ben.days()


async def test_hours_of_a_day_are_typed_off_listed_and_given_back(shop: Shop) -> None:
    ben = await shop.customer()
    day = (await ben.days())[-1]
    before = await ben.starts(day)
    await shop.person.writes(f"no jobs on {day} after 14:00")
    screen = await shop.person.sees("Save this?")
    assert "14:00–24:00: no jobs" in words_of(screen)
    assert "No visits lie there" in words_of(screen)
    assert await ben.starts(day) == before, "nothing is saved before it is said to be"
    await shop.taps(("💾 Save", "Saved"))
    left = await ben.starts(day)
    assert left
    assert all(start.hour < 14 for start in left)
    assert any(start.hour >= 14 for start in before)
    await shop.goes(("Days off", "⏸ Hours off: "), ("Hours off", "Tap one to work"))
    await shop.taps(("14:00–24:00", "jobs again"))
    assert await ben.starts(day) == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("sat off", "🌴"), ("周三请假", "🌴"), ("Mon–Fri 9–18", "Mon–Fri: 09:00–18:00"),
        ("no jobs after 6pm today", "18:00–24:00: no jobs"), ("明天下午不接单", "12:00–18:00: no jobs"),
    ],
)  # fmt: skip
async def test_words_for_the_plan_are_understood_from_anywhere_and_cancelled_without_a_trace(
    shop: Shop, typed: str, shown: str
) -> None:
    plan = "SELECT weekday, start_min, end_min FROM hours WHERE provider_id = ? ORDER BY 1, 2"
    off = "SELECT day, start_min FROM day_hours WHERE provider_id = ?"
    before = [shop.platform.rows(sql, shop.id) for sql in (plan, off)]
    await shop.person.writes("/start")
    await shop.person.sees("Hello")
    await shop.person.writes(typed)
    screen = await shop.person.sees("Save this?")
    assert shown in words_of(screen)
    await shop.taps(("Cancel", "Schedule"))
    assert [shop.platform.rows(sql, shop.id) for sql in (plan, off)] == before


async def test_one_such_weekday_can_be_made_all_of_them(shop: Shop) -> None:
    await shop.person.writes("thu off")
    await shop.person.sees("Save this?")
    await shop.taps(("Every Thu", "Thu: not working"), ("💾 Save", "Saved"))
    ben = await shop.customer()
    assert not [day for day in await ben.days() if day.weekday() == 3]


async def test_a_smaller_area_lists_what_lies_outside_and_search_follows(shop: Shop) -> None:
    anna, ben = await shop.customer(km=4.5), await shop.customer(km=4.5)
    assert await ben.found_by_search()
    day = (await anna.days())[-1]
    number = await anna.books((await anna.starts(day))[0])
    screen = await shop.goes(("Area", "Your area"), ("3 km", "You have visits there"))
    assert STAYS in words_of(screen)
    await shop.taps(("Save anyway", "You go up to 3 km"))
    await shop.searched()
    assert not await ben.found_by_search()
    assert shop.state(number) == "accepted"


async def test_who_goes_off_duty_is_not_found_and_gets_no_order_that_was_begun(
    shop: Shop,
) -> None:
    anna, ben = await shop.customer(), await shop.customer()
    number = await anna.books((await anna.starts((await anna.days())[-1]))[0])
    assert await ben.days()
    await shop.person.writes("/start")
    await shop.person.sees_button("⚪ Go off")
    await shop.person.taps("⚪ Go off")
    assert "Visits you promised stay yours" in shop.person.toast
    await ben.presses(f"bgo:{ben.tag}:date", "No free time in the next weeks")
    await shop.searched()
    assert not await ben.found_by_search()
    assert shop.state(number) == "accepted"
    await shop.person.taps("🟢 Go on duty")
    await shop.person.sees("You're on")
    await shop.searched()
    assert await ben.found_by_search()


async def test_the_daily_maximum_and_the_buffer_decide_what_is_still_offered(shop: Shop) -> None:
    anna, ben = await shop.customer(), await shop.customer()
    lately = [await anna.starts(day) for day in (await anna.days())[-7:]]
    starts = max(lately, key=len)  # of a week; on a short day one visit would leave no room
    booked = starts[len(starts) // 2]
    day = booked.date()
    number = await anna.books(booked)
    await shop.goes(("Limits", "Visits that are booked stay as they are"))
    await shop.taps(("1 h 30 min", "• 1 h 30 min"))
    for start in await ben.starts(day):
        on_the_way = timedelta(minutes=90)
        assert start + shop.visit + on_the_way <= booked or start >= booked + shop.visit, start
    await shop.person.taps("1")
    await shop.person.sees_where(lambda _: "• 1" in shop.person.buttons, what="one visit a day")
    assert day not in await ben.days()
    assert shop.state(number) == "accepted"


@pytest.mark.feature("P7")
async def test_day_and_week_show_the_visits_the_way_and_the_map(shop: Shop) -> None:
    anna = await shop.customer(km=2.0)
    day = (await anna.days())[0]
    start = (await anna.starts(day))[0]
    await anna.books(start)
    await shop.goes(("Day by day", "Your day"))
    visit = f"{start:%H:%M}–{start + shop.visit:%H:%M}"
    while visit not in shop.person.screen:
        await shop.person.taps("▶")
        await shop.person.sees("Your day")
    assert re.search(r"↓ 2 km, about 1\d min", shop.person.screen), shop.person.screen
    links = [e["url"] for e in shop.person.last["entities"] if e["type"] == "text_link"]
    assert any("openstreetmap.org" in link for link in links), links
    await shop.taps(("Week", "Your week"))
    assert f"{start:%H:%M} {shop.emoji}" in shop.person.screen
