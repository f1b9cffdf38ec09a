"""From Book to a confirmed order and what follows, with taps counted, words in wrong places and rivals."""

import asyncio
import io
import re
from itertools import count

import pytest
from PIL import Image

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.watching import restarted_after_a_kill

_NAMES = count(1)
DOOR = "12 Nanjing Rd, building 3, flat 502"


class Taps:
    """A person whose taps are counted; each waits for the screen that must come."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.made = 0

    async def __call__(self, label: str, then: str) -> None:
        await self.person.taps(label)
        await sees(self.person, then)
        self.made += 1


async def sees(person: Person, then: str) -> None:
    """Words of the screen or of one of its buttons."""

    def there(message: Message) -> bool:
        return then in words_of(message) or then in str(message.get("reply_markup", ""))

    await person.sees_where(there, what=then)


async def newcomer(people: People, language: str = "en") -> Person:
    return await people.person(f"Booker {next(_NAMES)}", language=language)


async def settled(people: People) -> Person:
    """Past the first questions, at People's Square."""
    person = await newcomer(people)
    await person.writes("/start")
    await person.taps("English")
    await person.sees("Where should we come?")
    await person.shares_location("People's Square")
    await person.sees("what can we do for you?")
    return person


async def listed(person: Person, service: str = "AC repair") -> Taps:
    """Types what is needed and opens the list of who can come."""
    tap = Taps(person)
    await person.writes(service)
    await person.sees_button(service)
    await tap(service, "Extras you can add")
    await tap("Find a provider", "can come")
    return tap


async def at_summary(people: People, service: str = "AC repair") -> Person:
    """A new customer whose booking only waits for the confirmation."""
    person = await settled(people)
    await listed(person, service)
    await wants(person, person.data("⚡"))
    return person


async def wants(person: Person, start: str) -> None:
    """From the list to the summary, for the start behind a ⚡."""
    await person.taps_stale(person.last["message_id"], start)
    await person.sees("Which door exactly?")
    await person.writes(DOOR)
    await person.sees("Total")


async def past_wishes(person: Person) -> None:
    """Skips the questions, says nothing more, and comes to the summary."""
    while "Total" not in person.screen:
        await person.taps("Skip ▶" if "Skip ▶" in person.buttons else "Continue ▶")
    await person.sees("Total")


PAID_ON_SITE = (
    "AC repair", "Computer repair", "Wi-Fi setup", "Haircut at home", "Lash extensions",
    "Toilet repair", "Tap and shower fitting", "Drilling and hanging", "Cockroach control",
    "Bulky item carrying", "Door opening",
)  # fmt: skip


async def payable(people: People, service: str = "AC repair") -> Person:
    """A new customer who would pay on site and only has to confirm."""
    person = await at_summary(people, service)
    tap = Taps(person)
    await tap("Payment", "How would you like to pay?")
    await tap("Pay on site", "You pay")
    return person


async def placed(person: Person) -> str:
    """Confirms; the order's number."""
    await Taps(person)("Confirm", "Waiting for the provider")
    return number_of(person)


async def ordered(people: People, service: str = "AC repair") -> tuple[Person, str]:
    """A new customer with an order to be paid on site, and its number."""
    person = await payable(people, service)
    return person, await placed(person)


def number_of(person: Person) -> str:
    found = re.search(r"\d{4}-\d{4}", person.screen)
    assert found, person.shown()
    return found[0]


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((160, 120), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.feature("C7", "C9")
async def test_nine_taps_lead_from_start_to_an_order_with_nothing_saved(people: People) -> None:
    person = await newcomer(people)
    tap = Taps(person)
    await person.writes("/start")
    await tap("English", "Where should we come?")
    await person.shares_location("People's Square")
    await person.sees("what can we do for you?")
    await tap("Appliance repair", "What do you need?")
    await tap("Air conditioning", "AC repair")
    await tap("AC repair", "Extras you can add")
    await tap("Find a provider", "can come")
    await tap("⚡", "Which door exactly?")
    await person.writes(DOOR)
    await person.sees("Total")
    await tap("Confirm", "Pay ¥")
    print("taps with nothing saved:", tap.made)
    assert tap.made <= 9
    assert number_of(person)


@pytest.mark.feature("C7")
async def test_five_taps_are_enough_with_a_saved_address(people: People) -> None:
    person, _ = await ordered(people)
    await person.writes("/start")
    await person.sees("what can we do for you?")
    tap = await listed(person)
    await tap("⚡", "Total")
    assert DOOR in person.screen
    await tap("Confirm", "Pay ¥")
    print("taps with a saved address:", tap.made)
    assert tap.made <= 5


@pytest.mark.feature("C7")
async def test_every_step_in_order_by_buttons_and_one_message_all_the_way(people: People) -> None:
    person = await settled(people)
    tap = await listed(person)
    await person.taps("1. ")
    await person.sees_button("Book")
    await tap("Book", "Anything extra?")
    before = len(person.from_bot())
    await tap("One more unit", "2 h 15 min")
    await tap("Continue", "Which door exactly?")
    await person.writes(DOOR)
    await person.sees("Which day?")
    await person.taps((await numbered(person))[0])
    await person.sees("When should they come?")
    while parts := [label for label in person.buttons if "–" in label]:
        await person.taps(parts[0])
        await person.sees_where(lambda m, part=parts[0]: part not in str(m))  # type: ignore[misc]
    await person.taps(next(label for label in person.buttons if ":" in label))
    await person.sees("Question 1 of 3")
    await tap("Floor unit", "Question 2 of 3")
    await tap("Skip", "Question 3 of 3")
    await tap("‹ Back", "Question 2 of 3")
    await tap("Noisy", "Question 3 of 3")
    await tap("Skip", "What should the provider know?")
    await tap("Continue", "One more unit")
    for words in ("Floor unit", "Noisy", "1 question is open"):
        assert words in person.screen
    assert len(person.from_bot()) <= before + 1, "one new message for the typed door, no more"
    # Each Back leads further back, to the page on which it began; what is changed on the way leads on again.
    await tap("‹ Back", "What should the provider know?")
    await tap("‹ Back", "Question ")
    await tap("‹ Back", "Which day?")
    await tap("‹ Back", "Where should they come?")
    await tap("‹ Back", "Anything extra?")
    await tap("Continue", "Total")
    for _ in range(5):
        shown = person.screen
        await person.taps("‹ Back")
        await person.sees_where(lambda m, shown=shown: shown not in str(m))  # type: ignore[misc]
    await tap("‹ Back", "Book")
    assert "✖ Cancel" not in person.buttons, "this is the page on which it began"
    await tap("Book", "Anything extra?")
    await tap("Cancel", "Nothing was ordered")


async def numbered(person: Person) -> list[str]:
    """The days of the calendar's month, a tap away from the nearest ones."""
    await person.taps("Calendar")
    await person.sees_where(lambda m: "bno:" in str(m), what="the calendar")
    return [label for label in person.buttons if label.isdigit()]


@pytest.mark.feature("C7")
async def test_words_in_any_step_get_a_sensible_answer(people: People) -> None:
    person = await settled(people)
    tap = await listed(person)
    await tap("⚡", "Which door exactly?")
    for words, then in (
        ("hello?", "Please type the door"),
        (DOOR, "Total"),
        ("what now", "Please use the buttons"),
    ):
        await person.writes(words)
        await person.sees(then)
    await tap("Time", "Which day?")
    await person.writes("banana")
    await person.sees("Please tap a day")
    await person.writes((await numbered(person))[-1])
    await person.sees("When should they come?")
    await person.writes("banana")
    await person.sees("Please tap a time")
    await person.writes("03:00")
    await person.sees("the working hours are")
    await tap("🕒", "Total")
    await tap("Payment", "How would you like to pay?")
    await tap("Coupon", "type its code")
    await person.writes("NO-SUCH-CODE")
    await person.sees("No coupon has this code")
    await person.sends_sticker("🙂")
    await person.sees("type its code")


@pytest.mark.feature("C7")
async def test_photos_of_an_album_are_one_answer_and_questions_are_answered(people: People) -> None:
    person = await at_summary(people)
    tap = Taps(person)
    await tap("Notes, photos", "What should the provider know?")
    before = len(person.from_bot())
    await person.sends_photos(jpeg(), jpeg(), jpeg())
    await person.sees("3 photos")
    assert len(person.from_bot()) == before + 1
    await person.writes("The dog bites")
    await person.sees("The dog bites")
    await tap("What kind of AC", "Choose, or type")
    await tap("Floor unit", "What is wrong with it?")
    await person.writes("It whistles")
    await person.sees("Where is the outdoor unit?")
    await tap("Balcony", "It whistles")
    await tap("Done", "Total")
    for words in ("The dog bites", "3 photos", "Floor unit", "It whistles", "Balcony"):
        assert words in person.screen


@pytest.mark.feature("C7")
async def test_an_address_typed_or_pinned_replaces_the_old_one(people: People) -> None:
    person = await at_summary(people)
    tap = Taps(person)
    await tap("Address", "Where should they come?")
    await person.writes("no such place at all")
    await person.sees("can't find that place")
    square = await people.place("People's Square")
    await person.shares_location((square["lat"] + 0.0005, square["lon"]))  # who reaches it comes
    await person.sees("Which door exactly?")
    await person.writes("No. 18")
    await person.sees("Total")
    assert "No. 18" in person.screen
    await tap("Address", "Where should they come?")
    await tap(DOOR[:10], "Total")
    assert DOOR in person.screen


@pytest.mark.feature("C7", "C8")
async def test_a_triple_tap_on_confirm_makes_one_order(people: People) -> None:
    person = await at_summary(people)
    press, message = person.data("Confirm"), person.last["message_id"]
    await asyncio.gather(*(person.taps_stale(message, press) for _ in range(3)))
    await person.writes("/orders")
    await person.sees("My orders")
    assert sum("AC repair" in label for label in person.buttons) == 1


@pytest.mark.feature("C7")
async def test_old_buttons_show_the_present_and_a_stranger_s_booking_stays_untouched(
    people: People,
) -> None:
    person = await at_summary(people)
    old = person.data("Confirm")
    tap = Taps(person)
    await tap("Payment", "How would you like to pay?")
    await tap("Pay on site", "You pay")
    await person.taps_stale(person.last["message_id"], old)
    assert "check once more" in person.toast
    await tap("Confirm", "Waiting for the provider")
    number = number_of(person)
    await person.taps_stale(person.last["message_id"], old)
    await person.sees(number)
    order = person.data("More").split(":")[1]
    stranger = await settled(people)
    for verb in (
        "order",
        "omore",
        "oline",
        "ocancel",
        "review",
        "pay",
        "ocashyes",
        "oagain",
        "helpo",
    ):
        await stranger.taps_stale(stranger.last["message_id"], f"{verb}:{order}")
        assert "no longer available" in stranger.toast
    await stranger.taps_stale(stranger.last["message_id"], f"ocancelgo:{order}:0")
    assert "no longer available" in stranger.toast


@pytest.mark.feature("C8")
async def test_of_two_rivals_one_gets_three_other_times(people: People) -> None:
    first, second = await settled(people), await settled(people)
    for rival in (first, second):
        await listed(rival)
    start = first.data("⚡")  # of both: a minute later the list may begin with another one
    for rival in (first, second):
        await wants(rival, start)
    await Taps(first)("Confirm", "Pay ¥")
    await second.taps("Confirm")
    await second.sees("isn't free")
    assert sum(":" in label for label in second.buttons) == 3
    await second.taps("🕒")
    await second.sees("Total")
    await second.taps("Confirm")
    await second.sees("Pay ¥")


@pytest.mark.feature("C10", "C7")
async def test_the_way_to_pay_can_be_changed_after_the_confirmation(people: People) -> None:
    person = await at_summary(people)
    tap = Taps(person)
    await tap("Confirm", "We hold your time until")
    assert "photo" in person.last
    assert person.link("Open payment page").startswith("http")
    await person.taps("I have paid")
    assert "Not there yet" in person.toast
    await tap("Other way to pay", "How would you like to pay?")
    await tap("Pay on site", "You pay")
    await tap("Confirm", "Waiting for the provider")


@pytest.mark.feature("C20", "C9")
async def test_an_order_is_found_read_cancelled_and_booked_again_in_two_taps(
    people: People,
) -> None:
    person, number = await ordered(people)
    await person.writes(number.replace("-", " "))
    await person.sees("Waiting for the provider")
    tap = Taps(person)
    await tap("More", number)
    assert await person.taps("Copy number") == number
    await tap("Timeline", "Ordered")
    await tap("‹ Back", number)
    await tap("‹ Back", "Waiting for the provider")
    await tap("Cancel order", "costs you nothing")
    await tap("Yes, cancel it", "Cancelled")
    again = Taps(person)
    await again("Book again", "Total")
    assert DOOR in person.screen
    await again("Confirm", "Waiting for the provider")  # paid on site, as last time
    assert again.made == 2
    await person.writes("/orders")
    await person.sees("My orders")
    await Taps(person)("Cancelled", "My orders")


@pytest.mark.feature("C19")
async def test_questions_find_an_answer_or_a_person(people: People) -> None:
    person, number = await ordered(people)
    tap = Taps(person)
    await tap("Help", "Write to us")
    assert number in person.screen
    await person.writes("Will they bring a ladder?")
    await person.sees("Sent. Your question is")
    await person.writes("And a hat?")
    await person.sees("Sent. Your question is")
    await person.writes("/help")
    await person.sees("waiting for an answer")
    await tap("Booking", "How do I book?")
    await tap("How do I book?", "Did this help?")


@pytest.mark.feature("C7", "X3")
async def test_a_restart_in_the_middle_of_the_wizard_goes_unnoticed(
    own_platform: Platform, own_people: People
) -> None:
    person = await settled(own_people)
    tap = await listed(person)
    await tap("⚡", "Which door exactly?")
    await restarted_after_a_kill(own_platform, own_people)
    await person.writes(DOOR)
    await person.sees("Total")
    own_platform.stop()
    own_platform.start()
    await own_platform.ready()
    await tap("Payment", "How would you like to pay?")
    await tap("Pay on site", "You pay")
    await tap("Confirm", "Waiting for the provider")


@pytest.mark.feature("X2")
async def test_the_same_in_chinese(people: People) -> None:
    person = await newcomer(people, "zh-hans")
    tap = Taps(person)
    await person.writes("/start")
    await tap("中文", "")
    await person.shares_location("人民广场")
    await person.sees("今天想约点什么")
    await person.writes("修空调")
    await person.sees_button("空调维修")
    await tap("空调维修", "")
    await person.taps("🔎")
    await person.sees_button("⚡")
    await tap("⚡", "具体门牌是")
    await person.writes("南京路 12 号 502 室")
    await person.sees("合计")
    await tap("付款", "怎么付款")
    await tap("当面付", "当面付")
    await tap("确认下单", "")
    assert not re.search(r"[A-Za-z]{4,}", person.screen.replace("Doorstep", "")), person.screen
