"""Whatever is typed, wherever: services, people, orders, promotions, times, and sentences that book."""

import re
from datetime import datetime, timedelta
from itertools import product

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    SHANGHAI,
    days_on,
    every_day,
    presses,
    starts_of_day,
    starts_on,
    with_verb,
)
from tests.e2e.test_booking import DOOR, Taps, at_summary, listed, ordered, sees, settled, wants


async def with_address(people: People) -> Person:
    """Somebody at People's Square with a saved address and no open question."""
    person = await at_summary(people)
    await Taps(person)("Cancel", "Booking cancelled")
    return person


def tomorrow() -> datetime:
    return datetime.now(SHANGHAI) + timedelta(days=1)


def offered(person: Person) -> list[datetime]:
    """The starts behind the buttons of the list."""
    minutes = [int(d.split(":")[3]) for d in presses(person.last) if d.startswith("bookat:")]
    return [datetime.fromtimestamp(minute * 60, SHANGHAI) for minute in minutes]


@pytest.mark.feature("C3")
@pytest.mark.parametrize(
    "text", ["明天下午三点修空调", "ac repair tomorrow 3pm", "修空條 tommorow at 15:00"]
)
async def test_one_sentence_and_three_taps_make_an_order(people: People, text: str) -> None:
    """Provider, way to pay, confirm: the time was said, the address is known."""
    person = await with_address(people)
    tap = Taps(person)
    await person.writes(text)
    await person.sees("can come then")
    day = tomorrow()
    assert f"Tomorrow {day:%a, %b} {day.day} 15:00" in person.screen
    assert {(start.date(), start.hour, start.minute) for start in offered(person)} == {
        (day.date(), 15, 0)
    }
    assert re.search(r"¥\d+", person.screen)
    await tap("1. ", "Total")
    assert f"Tomorrow {day:%a, %b} {day.day} 15:00–" in person.screen
    assert DOOR in person.screen
    await tap("Confirm", "Open payment page")
    assert tap.made <= 2
    assert re.search(r"\d{4}-\d{4}", person.screen)


@pytest.mark.feature("C3")
async def test_with_payment_on_site_it_is_confirmed_in_three_taps(people: People) -> None:
    person, _ = await ordered(people)
    tap = Taps(person)
    await person.writes("周日上午开锁")
    await person.sees("can come then")
    await tap("1. ", "Total")
    await person.taps("Payment")
    await person.sees("How would you like to pay?")
    await person.taps("Pay on site")
    await person.sees("You pay")
    await tap("Confirm", "Waiting for the provider")


@pytest.mark.feature("C3")
async def test_a_part_of_a_day_gives_each_ones_first_start_in_it(people: People) -> None:
    person = await settled(people)
    await person.writes("sofa cleaning tomorrow morning")
    await person.sees("can come then")
    starts = offered(person)
    assert starts
    assert {start.date() for start in starts} == {tomorrow().date()}
    assert all(8 <= start.hour <= 12 for start in starts)
    assert "08:00–12:00" in person.screen
    assert len(presses(person.last)) <= 8


@pytest.mark.feature("C3")
async def test_an_hour_of_either_half_of_the_day_can_be_changed(people: People) -> None:
    person = await settled(people)
    await person.writes("明天8点修空调")
    await person.sees("08:00")
    await person.taps("Or at 20:00?")
    await person.sees_where(lambda m: "20:00" in words_of(m) and "Or at" not in words_of(m))
    await person.taps("Another time")
    await person.sees("When should they come instead?")
    assert len(presses(person.last)) <= 8
    await person.taps("Tomorrow afternoon")
    await person.sees("13:00–18:00")
    await person.writes("明天3点到5点")
    await person.sees("15:00–17:00")
    assert "AC repair" in person.screen


@pytest.mark.feature("C3")
async def test_where_nobody_is_free_the_nearest_times_are_offered(people: People) -> None:
    person = await settled(people)
    await person.writes("ac repair tomorrow 5:15am")
    await person.sees("Nobody is free then")
    starts = offered(person)
    assert starts == sorted(starts)
    assert starts
    await person.taps_stale(person.last["message_id"], str(with_verb(person.last, "bookat")))
    await person.sees("Which door exactly?")


@pytest.mark.feature("C3")
async def test_a_name_in_the_sentence_is_who_comes_and_the_others_are_one_tap_away(
    people: People,
) -> None:
    person = await with_address(people)
    await person.writes("明天上午修空调")
    await person.sees("can come then")
    name = re.search(r"1\. (\S+)", person.screen)
    assert name, person.screen
    await person.writes(f"明天上午约{name[1][0]}师傅修空调")
    await person.sees_button("Who else can?")
    labels = [label for label in person.buttons if re.match(r"\d\. ", label)]
    assert labels
    assert all(label.split(". ")[1].startswith(name[1][0]) for label in labels)
    when = await without(person, name[1])
    await person.writes(f"{name[1]} {when} 修空调")
    await person.sees(f"{name[1]} isn't free")
    await person.taps("Who else can?")
    await person.sees_where(lambda m: "Who else" not in str(m) and "can come then" in words_of(m))


async def without(person: Person, name: str) -> str:
    """A time at which others can come, and this one can't: which one it is depends on the day."""
    for day, hour in product(("明天", "后天", "大后天"), (6, 7, 18, 19, 20, 21)):
        await person.writes(f"{day}{hour:02}:00 修空调")
        await person.sees(f"{hour:02}:00")
        if "can come then" in person.screen and name not in person.screen:
            return f"{day}{hour:02}:00"
    raise AssertionError(f"{name} can always come")


@pytest.mark.feature("C3", "C8")
async def test_a_time_at_which_nobody_can_come_may_be_waited_for(people: People) -> None:
    person = await with_address(people)
    await person.writes("ac repair tomorrow 9:45pm")
    await person.sees("Nobody is free then")
    assert len(presses(person.last)) <= 8
    await person.taps("Tell me")
    await person.sees("We tell you when a time is free")
    assert "21:45" in person.screen
    await person.taps("Waiting list")
    await person.sees("Tap one to leave it")
    await person.taps("AC repair")
    await person.sees("You wait for nothing")


@pytest.mark.feature("C3")
async def test_a_name_and_a_time_ask_for_what_and_keep_both(people: People) -> None:
    person = await with_address(people)
    await person.writes("明天上午修空调")
    await person.sees("can come then")
    name = re.search(r"1\. (\S+)", person.screen)
    assert name, person.screen
    await person.writes(f"我想约{name[1][0]}师傅明天上午十点")
    await person.sees("Tap it to see who is free")
    assert name[1][0] in person.screen.splitlines()[0]
    assert "10:00" in person.screen
    await person.writes("修空调")
    await person.sees_button("Who else can?")
    assert "10:00" in person.screen


@pytest.mark.feature("C2")
async def test_a_place_alone_is_where_one_looks_around_from_then_on(people: People) -> None:
    person = await settled(people)
    await person.writes("外滩")
    await person.sees("📍 The Bund")


@pytest.mark.feature("C3")
async def test_a_place_after_the_list_brings_the_list_of_that_place(people: People) -> None:
    person = await settled(people)
    await person.writes("明天下午三点修空调")
    await person.sees("15:00")
    await person.writes("外滩")
    await person.sees("📍 The Bund")
    assert "AC repair" in person.screen
    assert {start.hour for start in offered(person)} == {15}
    await person.shares_location("Jing'an Temple")
    await person.sees("📍 Jing'an Temple")
    assert "15:00" in person.screen
    await person.writes("sofa")
    await person.sees_button("Sofa &")
    await person.writes("外滩")
    await person.sees_where(lambda m: "The Bund" in words_of(m), what="the place")
    assert "sofa" in person.screen, "what was found before, there"
    await person.writes("qwzxv")
    await person.sees("qwzxv")
    await person.writes("静安寺")
    await person.sees("📍 Jing'an Temple")
    assert "qwzxv" not in person.screen


@pytest.mark.feature("C3")
async def test_a_time_alone_asks_for_what_and_keeps_the_time(people: People) -> None:
    person = await settled(people)
    await person.writes("我明天下午有空，可以吗？")
    await person.sees("What do you need then?")
    await person.writes("修空调")
    await person.sees("can come then")
    assert "13:00–18:00" in person.screen


@pytest.mark.feature("C3")
async def test_words_that_fit_several_services_are_asked_about_with_the_time(
    people: People,
) -> None:
    person = await settled(people)
    await person.writes("明天下午三点空调")
    await person.sees("Which one do you mean?")
    assert "15:00" in person.screen
    await person.taps("AC cleaning")
    await person.sees("can come then")
    assert {start.hour for start in offered(person)} == {15}


@pytest.mark.feature("C3")
async def test_a_place_in_the_sentence_is_where_they_come(people: People) -> None:
    person = await settled(people)
    await person.writes("明天上午 静安寺附近 开锁")
    await person.sees("Jing'an Temple")
    await person.taps("1. ")
    await person.sees("Which door exactly?")
    assert "Jing'an Temple" in person.screen


@pytest.mark.feature("C3")
async def test_a_time_that_is_over_is_the_next_one_and_says_so(people: People) -> None:
    person = await settled(people)
    await person.writes(f"今天{datetime.now(SHANGHAI):%H:%M}修空调")
    await person.sees("over already")
    assert "Tomorrow" in person.screen


@pytest.mark.feature("C2", "C7")
async def test_a_time_typed_into_a_step_with_buttons_fills_it(people: People) -> None:
    person = await at_summary(people)
    await person.taps("Time")
    await person.sees("Which day?")
    day = days_on(person.last)[-1]
    await person.writes(f"{day.month}月{day.day}号")
    await person.sees("When should they come?")
    await starts_of_day(person, "bpart", "btime")
    shown = starts_on(person.last)
    first, last = shown[0], shown[-1]  # one and the same on a day of which little is left
    assert first.date() == day
    await person.writes(f"{last:%H:%M}")
    await person.sees("Total")
    assert f"{day.day} {last:%H:%M}" in person.screen
    await person.writes(f"{day:%b} {day.day} at {first:%H:%M} instead please")
    await person.sees(f"{first:%H:%M}, noted")
    assert f"{day.day} {first:%H:%M}–" in person.screen


@pytest.mark.feature("C7")
async def test_the_calendar_goes_sixty_days_ahead_and_lets_only_working_days_be_tapped(
    people: People, platform: Platform
) -> None:
    """Of somebody whose service needs no paper that might run out."""
    person = await settled(people)
    await listed(person, "Toilet repair")
    await wants(person, person.data("⚡"))
    await person.taps("Time")
    await person.sees("Which day?")
    today = datetime.now(SHANGHAI).date()
    days = [(day - today).days for day in await every_day(person)]
    assert 50 <= days[-1] < 60
    assert days[0] >= 0
    sql = (
        "SELECT DISTINCT weekday FROM hours WHERE provider_id = (SELECT provider_id FROM draft"
        " WHERE customer_id = (SELECT id FROM person WHERE telegram_id = ?))"
    )
    works = {row[0] for row in platform.rows(sql, person.id)}
    assert {(today + timedelta(days=n)).weekday() for n in days} == works


@pytest.mark.feature("C2", "C7")
async def test_a_service_typed_into_a_booking_is_looked_for_and_the_booking_waits(
    people: People,
) -> None:
    person = await at_summary(people)
    before = person.screen
    for text, seen in (
        ("sofa cleaning", "🔎"),
        ("明天上午洗沙发", "can come then"),
        ("客服", "help"),
    ):
        await person.writes(text)
        await sees(person, seen)
        await sees(person, "Continue booking")
        await person.taps("Continue booking")
        await person.sees_where(lambda _: person.screen == before, what="the booking as it was")


@pytest.mark.feature("C2", "C9")
async def test_an_order_number_opens_in_any_spelling_for_its_customer_alone(
    people: People,
) -> None:
    person, number = await ordered(people)
    bare = number.replace("-", "")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in bare)
    for spelling in (
        number, bare, f"#{bare}", f"{bare[:4]} {bare[4:]}", wide, f"订单号：{number}",
        " ".join(bare), f"order no. {number}", f"我的订单{number}什么时候到",
    ):  # fmt: skip
        await person.writes(spelling)
        await person.sees_where(
            lambda m: number in words_of(m) and "no order" not in words_of(m), what=spelling
        )
    stranger = await settled(people)
    await stranger.writes(number)
    await stranger.sees("You have no order")


@pytest.mark.feature("C2")
@pytest.mark.parametrize(
    "text",
    ["字" * 3000, "😀😀😀", "12345", "13812345678", "?!…", "\u202e\u200b", "SELECT 1; --", "ok"],
)
async def test_odd_words_get_a_sensible_answer_too(people: People, text: str) -> None:
    person = await settled(people)
    await person.writes(text)
    await person.sees_where(
        lambda m: "home:0" in str(m.get("reply_markup", "")) and "do for you" not in words_of(m)
    )
    assert len(presses(person.last)) <= 8
    assert len(person.screen) < 600


@pytest.mark.feature("C2")
async def test_a_result_has_at_most_eight_buttons(people: People) -> None:
    person = await settled(people)
    for text in ("清洗", "repair", "王师傅", "维修"):
        await person.writes(text)
        await person.sees("🔎")
        assert len(presses(person.last)) <= 8, person.buttons


@pytest.mark.feature("C2")
async def test_a_list_that_is_long_gone_leads_to_another_time(people: People) -> None:
    person = await settled(people)
    await person.writes("ac repair tomorrow 3pm")
    await person.sees("can come then")
    service = str(with_verb(person.last, "bookat")).split(":")[1]
    for start, length in ((1000, 0), (10**17, 5), (-5, -5)):
        await person.taps_stale(person.last["message_id"], f"lt:{service}:{start}:{length}:0")
        await sees(person, "AC repair")
    await person.taps_stale(person.last["message_id"], f"lt:{service}:1000:0:0")
    await person.sees("When should they come instead?")


@pytest.mark.feature("C2", "C24")
async def test_words_for_promotions_and_their_names_and_codes_lead_to_them(people: People) -> None:
    person = await settled(people)
    for text in ("优惠", "Deals", "有什么优惠？", "領券"):
        await person.writes(text)
        await person.sees("Deals for you")
        await person.writes("haircut")
        await person.sees("🔎 haircut")
    for text, name in (("cool30", "Appliance days"), ("Fresh home season", "Fresh home season")):
        await person.writes(text)
        await person.sees_where(lambda m, n=name: n in words_of(m) and "Choose" in words_of(m))


@pytest.mark.feature("C2", "C7")
async def test_an_address_alone_is_offered_as_a_place_and_may_be_kept(people: People) -> None:
    person = await settled(people)
    await person.writes("明天下午三点修空调")
    await person.sees("15:00")
    await person.writes("世纪大道100号")
    await person.sees("Shall I look around Century Avenue?")
    assert "世纪大道100号" in person.screen
    await person.taps("save it")
    await person.sees("📍 Century Avenue")
    assert "15:00" in person.screen, "what was asked before, there"
    await person.writes("/settings")
    await person.taps("🏠 Addresses")
    await person.sees("Century Avenue")
    await person.writes("世纪大道100号")
    await person.sees("Shall I look around")  # the list of addresses has a button of the same name
    await person.taps("📍 Century Avenue")
    await person.sees("what can we do for you?")


@pytest.mark.feature("C2")
@pytest.mark.parametrize("text", ["200 People Ave, building 8", "人民路200号8栋"])
async def test_an_address_nobody_knows_finds_no_furniture_but_asks_where_that_is(
    people: People, text: str
) -> None:
    person = await settled(people)
    await person.writes(text)
    await person.sees("I can't find this on my map")
    assert "Furniture" not in str(person.last)
    await person.writes("外滩")
    await person.sees("📍 The Bund")
    await person.writes("/settings")
    await person.taps("📍 Location")
    await person.sees("Where should we come?")
    await person.writes(text)
    await person.sees("on the map")
    assert "Furniture" not in str(person.last)


@pytest.mark.feature("C3")
async def test_a_time_with_an_address_asks_for_what_there(people: People) -> None:
    person = await settled(people)
    await person.writes("明天下午三点 世纪大道100号")
    await person.sees("What do you need then?")
    assert "15:00" in person.screen
    await person.writes("修空调")
    await person.sees("📍 Century Avenue")
    assert "15:00" in person.screen


@pytest.mark.feature("C2")
async def test_a_surname_in_letters_lists_everybody_of_that_name(people: People) -> None:
    person = await settled(people)
    await person.writes("Chen")
    await person.sees_button("👷 陈")
    shown = [label for label in person.buttons if label.startswith("👷")]
    assert len(shown) > 2
    assert all(label.startswith("👷 陈") for label in shown)
    assert len(presses(person.last)) <= 8
    await person.taps(shown[0])
    await person.sees(shown[0].removeprefix("👷 "))


@pytest.mark.feature("C2", "C7")
async def test_who_types_reads_what_a_tap_would_only_pop_up(people: People) -> None:
    person = await settled(people)
    await person.writes("外滩")
    await person.sees("Got it: around The Bund from now on.")
    await person.sees("what can we do for you?")
    await person.writes("/settings")
    await person.taps("📍 Location")
    await person.writes("静安寺")
    await person.sees("Got it: around Jing'an Temple from now on.")
