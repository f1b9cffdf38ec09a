"""A provider's side of the platform, played over HTTP: apply, do a job, keep hours, see income."""

import io
import re
from datetime import datetime
from itertools import count

import pytest
from PIL import Image

from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import (
    SLOW,
    about,
    every_day,
    offer_of,
    presses,
    starts_on,
    taps_about,
)
from tests.e2e.staff import told

_NAMES = count(1)
_LATE = count(1)
CODE = re.compile(r"code (\d{4})")


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (320, 320), (200, 120, 60)).save(kept, "JPEG")
    return kept.getvalue()


async def customer(people: People, place: str = "People's Square") -> Person:
    person = await people.person(f"Casey{next(_NAMES)} Jones", language="en")
    await person.writes("/start")
    await person.taps("English")
    await person.sees("Where should we come?")
    await person.shares_location(place)
    await person.sees("what can we do for you?")
    return person


async def booked(
    people: People, *, far: bool = False, who: str = "", place: str = "People's Square"
) -> tuple[Person, Person, str]:
    """(a customer, the provider who is asked, the order's number); paid on site, far: others could step in."""
    person, provider = await about_to_book(people, far=far, who=who, place=place)
    await person.taps("✅ Confirm")
    placed = words_of(await person.sees("Waiting for the provider", timeout=SLOW))
    assert f"👷 {provider.name}" in placed
    return person, provider, number_on(placed)


async def about_to_book(
    people: People, *, far: bool = False, who: str = "", place: str = "People's Square"
) -> tuple[Person, Person]:
    """(a customer before the finished summary, the provider who will be asked: `who`, or the first or dearest one)"""
    person = await customer(people, place)
    await person.writes("AC repair")
    await person.sees_button("❄️ AC repair")
    await person.taps("❄️ AC repair")
    await person.sees_button("Find a provider")
    await person.taps("Find a provider")
    listed = await person.sees_button("⚡", timeout=SLOW)
    names = re.findall(r"^\d+\. (\S+)", words_of(listed), re.MULTILINE)
    row = names.index(who) if who else dearest_on(listed) if far else 0
    provider = await reading_english(people, names[row])
    pages = [data for data in presses(listed) if data.startswith("p:")]
    await person.taps_stale(listed["message_id"], pages[row])
    await person.sees("jobs done", timeout=SLOW)
    await person.taps("⚡ Book", timeout=SLOW)
    await person.sees("Which door exactly?", timeout=SLOW)
    await person.writes("building 3, flat 502")
    await person.sees_button("✏️ Payment", timeout=SLOW)
    if far:
        await when_most_are_free(person)
    await person.taps("✏️ Payment")
    await person.sees_button("Pay on site", timeout=SLOW)
    await person.taps("Pay on site")
    await person.sees_button("✅ Confirm", timeout=SLOW)
    return person, provider


def dearest_on(listed: Message) -> int:
    """Which of the first three asks most: nobody steps in for less than he asks."""
    prices = re.findall(r"^\s+¥(\d+)", words_of(listed), re.MULTILINE)[:3]
    return max(range(3), key=lambda place: int(prices[place]))


async def reading_english(people: People, name: str) -> Person:
    """The provider, whose bot speaks English before the offer comes."""
    provider = await people.known(name)
    await provider.writes("/language", timeout=SLOW)
    await provider.sees_button("English", timeout=SLOW)
    await provider.taps("English", timeout=SLOW)
    return provider


async def when_most_are_free(person: Person) -> None:
    """Early in the afternoon of a weekday on which nobody is off, each time another one, far from all other orders."""
    await person.taps("Time")
    await person.sees("Which day?", timeout=SLOW)
    tuesdays_and_fridays = [day for day in await every_day(person) if day.weekday() in (1, 4)]
    day = tuesdays_and_fridays[-1 - next(_LATE)].toordinal()
    tag = presses(person.last)[0].split(":")[1]
    await person.taps_stale(person.last["message_id"], f"bpart:{tag}:{day}:1")
    screen = await person.sees_where(lambda m: bool(starts_on(m)), what="times")
    start = min(starts_on(screen), key=from_early_afternoon)
    await person.taps_stale(screen["message_id"], f"btime:{tag}:{int(start.timestamp()) // 60}")
    await person.sees_button("✏️ Payment", timeout=SLOW)


def from_early_afternoon(start: datetime) -> int:
    return abs(start.hour * 60 + start.minute - 13 * 60 - 45)


def number_on(text: str) -> str:
    found = re.search(r"\d{4}-\d{4}", text)
    assert found, text
    return found.group()


def shown(provider: Person, message: Message) -> str:
    """The message as it is now, words and buttons."""
    now = next(m for m in provider.messages() if m["message_id"] == message["message_id"])
    return words_of(now) + str(now.get("reply_markup", ""))


async def turned(provider: Person, message: Message, into: str) -> str:
    """Waits until this very message says so; what it shows then."""
    await provider.sees_where(lambda _: into in shown(provider, message), timeout=SLOW, what=into)
    return shown(provider, message)


async def accepted(
    people: People, *, who: str = "", place: str = "People's Square"
) -> tuple[Person, Person, str]:
    person, provider, number = await booked(people, who=who, place=place)
    offer = await offer_of(provider, number)
    await provider.taps("✅ Accept", on=offer)
    await turned(provider, offer, "Collect")
    await person.sees("is coming")
    return person, provider, number


@pytest.mark.feature("P1")
async def test_applying_is_saved_at_each_step_and_refuses_what_is_wrong(people: People) -> None:
    me = await people.person("Li <i>Lei", roles=("provider",), language="en")
    await me.writes("/start")
    await me.taps("Apply now")
    await me.sees("Step 1 of 9")
    await me.taps("Use “")
    await me.sees("Your phone number")
    await me.shares_contact({"phone_number": "+8613900000000", "first_name": "X"})
    await me.sees("somebody else's number")
    await me.shares_contact()
    await me.sees("Send a photo of yourself")
    await me.sends_photos(picture())
    await me.sees("What do you offer")
    await me.writes("light fitting")
    await me.sees_button("Light fitting")
    await me.taps("Light fitting")
    await me.sees("What do you charge?")
    await me.writes("1000")
    await me.sees("it must be between")
    await me.writes("60")
    await me.sees_button("Light fitting · ¥60")
    await me.writes("/cancel")  # anything can be left at any time
    await me.sees("What you answered is saved")
    await me.taps("Go on")
    await me.sees("How many years")
    await me.taps("5")
    await me.sees("A few words about you")
    await me.writes("I fix <things> & more")
    await me.sees_button("❗️ Electrician licence")
    await me.taps("❗️ Electrician licence")
    await me.sees("number")
    await me.writes("E-2231")
    await me.sees("Until when is it valid?")
    await me.writes("2031-05-31")
    await me.sees("Send a photo or a PDF")
    await me.sends_photos(picture())
    await me.sees_button("Done ▶")
    await me.taps("Done ▶", timeout=SLOW)  # the gate lets a message a second through
    await me.sees("Where do you set out from?", timeout=SLOW)
    await me.writes("People's Square", timeout=SLOW)
    await me.sees("How far do you go", timeout=SLOW)
    await me.taps("10 km")
    await me.sees("When do you work?")
    await me.taps("Mon–Sat 9–18")
    whole = words_of(await me.sees("Is everything right?"))
    for answer in ("Li <i>Lei", "Light fitting — ¥60", "5 years", "10 km around", "<things>"):
        assert answer in whole
    await me.taps("📨 Send")
    await me.sees("We are looking at your application")
    await me.writes("hello?", timeout=SLOW)
    await me.sees("We are looking at your application", timeout=SLOW)


@pytest.mark.feature("P5", "C12", "C13", "C14")
async def test_a_job_from_the_way_to_the_cash(own_people: People) -> None:
    person, provider, number = await accepted(own_people)  # who is on the way to nobody else
    job = words_of(await provider.sees("502"))
    assert "Casey" in job
    told = await person.sees_where(lambda m: bool(CODE.search(words_of(m))), what="the code")
    code = CODE.search(words_of(told))
    assert code
    await taps_about(provider, number, "On the way")
    await provider.sees("Share your live location")
    await provider.shares_location((31.2204, 121.4637), live=900)
    await provider.sees("The customer sees where you are")
    await person.sees("away, about")
    await person.sees_where(lambda m: "live_period" in m.get("location", {}), what="a moving pin")
    await taps_about(provider, number, "I'm here")
    await provider.sees("Are you really there?")
    await taps_about(provider, number, "Yes, I'm here")
    await provider.sees("Ask the customer for the four digits")
    await person.sees("is here")
    await person.sees_where(
        lambda m: "location" in m and "live_period" not in m["location"], what="a pin at rest"
    )
    before = [m["location"] for m in person.from_bot() if "location" in m]
    await provider.moves_to(31.2290, 121.4720)
    await taps_about(provider, number, "Start with code")
    await provider.sees("Type the customer's four digits")
    await provider.writes("0000" if code.group(1) != "0000" else "1111")
    await provider.sees("4 tries left")
    await provider.writes(code.group(1))
    await provider.sees("In progress")
    await person.refresh()
    assert [m["location"] for m in person.from_bot() if "location" in m] == before
    await taps_about(provider, number, "🏁 Finish")
    await provider.sees("Is the work done?")
    await taps_about(provider, number, "Yes, done")
    await provider.sees_button("Received ¥")
    await taps_about(provider, number, "Received ¥")
    await provider.sees("You said you received")
    await person.sees("Did you pay")
    await person.taps("✅ That's right")
    await provider.sees("in cash is confirmed")
    await provider.writes("/income")
    await provider.sees("Owed for cash you took")
    await provider.writes(number)
    over = words_of(await provider.sees("Completed"))
    assert "502" not in over, "the door is nobody's business any more"


async def tomorrow_or(provider: Person, number: str) -> str:
    """“jobs on …” with the day of this visit, as its card names it."""
    card = words_of(await about(provider, number, lambda m: "🕒" in words_of(m), "the card"))
    found = re.search(r"🕒 (?:(Today|Tomorrow)|\w+, (\w+ \d+)) ", card)
    assert found, card
    return f"jobs {(found[1] or 'on ' + found[2]).lower()}"


@pytest.mark.feature("P3")
async def test_jobs_are_found_by_state_number_and_words(people: People) -> None:
    _, provider, number = await accepted(people)
    await provider.writes("/jobs")
    await provider.sees("Jobs: Upcoming")
    assert any("AC repair" in label for label in provider.buttons)
    await provider.writes(number.replace("-", " "))
    await provider.sees(number)
    label = await tomorrow_or(provider, number)
    await provider.writes(label)
    await provider.sees("Jobs: ")
    assert any("AC repair" in one for one in provider.buttons), provider.shown()
    await provider.writes("/start")
    await provider.taps("Jobs")
    await provider.taps("By state")
    await provider.sees("Which jobs?")
    await provider.taps("Done")
    await provider.sees("Jobs: Done")


@pytest.mark.feature("P3")
async def test_jobs_are_found_by_their_district_however_it_is_written(people: People) -> None:
    _, provider, number = await accepted(people)
    for typed in ("黄浦", "Huangpu", "huang pu qu", "黄浦区", "huangpu district"):
        before = provider.last["message_id"]
        await provider.writes(typed)
        await provider.sees_where(
            lambda m, before=before: m["message_id"] > before
            and (number in words_of(m) or "AC repair" in told(m)),
            what=f"the job in {typed}",
        )  # fmt: skip
    await provider.writes("徐汇")
    await provider.sees("I found no job for")


@pytest.mark.feature("P6", "P7")
async def test_hours_and_days_show_what_they_touch(people: People) -> None:
    _, provider, _ = await accepted(people)
    await provider.writes("/schedule")
    await provider.taps("📅 Day by day")
    await provider.sees("Your day")
    while "AC repair" not in provider.screen:  # late in the day the visit is tomorrow, or later
        await provider.taps("▶")
        await provider.sees("Your day")
    await provider.taps("🗓 Week")
    await provider.sees("Your week")
    await provider.writes("/schedule")
    await provider.taps("🕘 Hours")
    await provider.sees("Tap a day to change it")
    await provider.writes("/schedule")
    await provider.taps("⚖️ Limits")
    await provider.sees("Limits")
    await provider.taps("5")
    await provider.sees_button("• 5")
    await provider.writes("/schedule")
    await provider.taps("🌴 Days off")
    await provider.sees("Tap a day to take it off")
    await provider.writes("/start")
    await provider.taps("⚪ Go off duty")
    await provider.sees("You're off")
    await provider.taps("🟢 Go on duty")
    await provider.sees("You're on")


@pytest.mark.feature("P11")
async def test_income_lists_orders_with_what_was_taken_off(people: People) -> None:
    _, provider, _ = await booked(people)
    await provider.writes("/income")
    await provider.sees("On hold: ¥")
    await provider.taps("📄 By order")
    await provider.sees("commission −¥")
    label = next(label for label in provider.buttons if "· ¥" in label)
    await provider.taps(label)
    told = words_of(await provider.sees("Yours ¥"))
    figures = {
        name: float(value.replace(",", ""))
        for name, value in re.findall(r"(Price|Commission −|Yours) ¥([\d.,]+)", told)
    }
    assert figures["Price"] - figures["Commission −"] == pytest.approx(figures["Yours"])


async def test_a_stranger_learns_nothing_of_an_order(people: People) -> None:
    _, _, number = await booked(people)
    stranger = await people.person("Eve", roles=("provider",), language="en")
    await stranger.writes("/start")
    await stranger.writes(number)
    await stranger.sees("I found no job for")
    assert "People" not in words_of(stranger.last)


@pytest.mark.feature("C13", "P5")
async def test_a_moving_location_goes_to_whom_he_set_out_to_last(own_people: People) -> None:
    first, provider, one = await accepted(own_people)
    second, _, other = await accepted(own_people, who=provider.name, place="Jing'an Temple")
    await sets_out(provider, one)
    await provider.shares_location((31.2254, 121.4557), live=900)
    await first.sees("away, about", timeout=SLOW)
    await second.refresh()
    assert "away, about" not in second.shown()
    await sets_out(provider, other)
    await own_people.later(20)
    await provider.moves_to(31.2250, 121.4540)
    await second.sees("away, about", timeout=SLOW)
    await first.sees_where(
        lambda m: "location" in m and "live_period" not in m["location"], what="a pin at rest",
        timeout=SLOW,
    )  # fmt: skip


async def sets_out(provider: Person, number: str) -> None:
    """However long before the visit that is."""
    await taps_about(provider, number, "On the way")
    card = await about(
        provider,
        number,
        lambda m: "my way" in told(m) or "Share your live" in words_of(m),
        "the way",
    )
    if "my way" in told(card):
        await provider.taps("Yes, on my way", on=card)
    await about(provider, number, lambda m: "I'm here" in told(m), "the way")
