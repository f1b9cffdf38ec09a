"""Repeated visits, pressed as people would: booked, paid, let go, asked about alone, skipped, stopped."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.engine import Database
from db.ops import Op
from tests.chat import Message, People, Person, words_of
from tests.e2e.journey import SLOW, about, accepts, presses, with_verb
from tests.e2e.staff import told
from tests.e2e.test_booking import listed, number_of, sees, settled, wants
from tests.e2e.test_moving import booked, of_order, start_of, to
from tests.e2e.test_payment import at_stripe
from tests.e2e.test_story import EN, pays
from tests.platforms import Platform

WEEK = timedelta(days=7)
# No paper of whoever comes can run out on the way.
UNCERTIFIED = "Toilet repair"
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def rests(provider: Person, ordinal: int) -> None:
    """The provider takes this day off."""
    await provider.writes("/schedule")
    await provider.taps("Days off")
    await sees(provider, "dayoff:")
    await provider.taps_stale(provider.last["message_id"], f"dayoff:{ordinal}:0")


async def presses_one(person: Person, verb: str) -> None:
    """The first button with this verb, as soon as it is there."""
    seen = await person.sees_where(lambda m: with_verb(m, verb) is not None, what=verb)
    await person.taps_stale(seen["message_id"], str(with_verb(seen, verb)))


@pytest.mark.feature("C20")
async def test_a_conflict_in_week_four_asks_about_it_alone_and_it_stops(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        start = start_of(own_platform, number)
        fourth = (start + WEEK * 4).astimezone(SHANGHAI).date()
        await rests(provider, fourth.toordinal())
        await person.taps("More")
        await person.taps("🔁 Repeat")
        await sees(person, "How often should they come?")
        await person.taps("Every week")
        await sees(person, "taken, we'll ask you for another time")
        assert told(person.last).count("taken, we'll ask") == 1
        await person.taps("Book them")
        letter = await person.sees_where(
            lambda m: "One visit needs your answer" in told(m), what="the question"
        )
        orders = [f"{start + WEEK * week:%Y-%m-%d %H:%M}" for week in range(4)]
        sql = "SELECT starts_at FROM orders WHERE series_id IS NOT NULL ORDER BY starts_at"
        assert [str(row[0])[:16] for row in own_platform.rows(sql)] == orders
        dates = own_platform.rows("SELECT starts_at, why FROM series_date")
        assert [(str(at)[:16], why) for at, why in dates] == [
            (f"{start + WEEK * 4:%Y-%m-%d %H:%M}", "taken")
        ]
        times = [data for data in presses(letter) if data.startswith("sertake:")]
        assert len(times) == 3
        await person.taps_stale(letter["message_id"], times[0])
        await sees(person, "a visit is booked in place of")
        await person.taps_stale(letter["message_id"], times[1])
        assert "answered already" in person.toast
        await presses_one(person, "ser")
        page = await person.sees_where(lambda m: "Stop repeating" in str(m), what="the page")
        assert len([data for data in presses(page) if data.startswith("order:")]) == 5
        await person.taps("Stop repeating")
        await sees(person, "These are booked:")
        await person.taps("Stop, cancel all")
        await sees(person, "nothing more is booked")
        alive = own_platform.rows(
            "SELECT COUNT(*) FROM orders WHERE series_id IS NOT NULL AND state <> 'cancelled'"
        )
        assert alive[0][0] == 0
        assert own_platform.rows("SELECT state FROM series") == [("stopped",)]


@pytest.mark.feature("C20")
async def test_somebody_else_who_is_free_at_that_very_date_takes_it_with_one_tap(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        fourth = start_of(own_platform, number) + WEEK * 4
        await rests(provider, fourth.astimezone(SHANGHAI).date().toordinal())
        for label in ("More", "🔁 Repeat", "Every week", "Book them"):
            await person.taps(label)
        letter = await person.sees_where(
            lambda m: "One visit needs your answer" in told(m), what="the question"
        )
        await person.taps_stale(letter["message_id"], str(with_verb(letter, "serwho")))
        who = await person.sees_where(lambda m: with_verb(m, "sergive") is not None, what="others")
        assert "They can come at that time" in told(who)
        given = str(with_verb(who, "sergive"))
        await person.taps_stale(who["message_id"], given)
        await sees(person, "a visit is booked in place of")
        rows = own_platform.rows(
            "SELECT provider_id, starts_at FROM orders WHERE series_id IS NOT NULL"
            " ORDER BY starts_at DESC LIMIT 1"
        )
        assert [(row[0], str(row[1])[:16]) for row in rows] == [
            (int(given.split(":")[2]), f"{fourth:%Y-%m-%d %H:%M}")
        ]


async def its_provider(people: People, platform: Platform, number: str) -> Person:
    """Who is asked to come, reading English."""
    sql = (
        "SELECT person.telegram_id FROM person JOIN provider ON provider.person_id = person.id"
        " JOIN orders ON orders.provider_id = provider.id WHERE orders.number = ?"
    )
    provider = await people.known(int(platform.rows(sql, number.replace("-", ""))[0][0]))
    await provider.writes("/language", answered=False)
    await provider.taps("English")
    return provider


async def paid(people: People, platform: Platform) -> tuple[Person, Person, str]:
    """A visit of a service that is paid beforehand, paid and accepted: customer, provider, number."""
    person = await settled(people)
    await listed(person, "Cat feeding")
    await wants(person, person.data("⚡"))
    await person.taps("Confirm")
    await sees(person, "payment page")
    number = number_of(person)
    await pays(person, EN)
    provider = await its_provider(people, platform, number)
    await accepts(provider, number)
    await about(person, number, lambda m: "is coming" in words_of(m), "the promise")
    return person, provider, number


async def repeated(person: Person, number: str, *, sees_first: str = "a visit") -> Message:
    """Weekly from now on; the page of the series."""
    card = await about(person, number, lambda m: with_verb(m, "omore") is not None, "its card")
    await person.taps("More", on=card)
    await person.taps("🔁 Repeat")
    await sees(person, "How often should they come?")
    await person.taps("Every week")
    await sees(person, sees_first)
    await person.taps("Book them")
    return await person.sees_where(lambda m: "Stop repeating" in told(m), what="the page")


def ahead(platform: Platform, number: str) -> list[str]:
    """Numbers of the visits that follow this one, the next first."""
    sql = (
        "SELECT number FROM orders WHERE series_id = (SELECT series_id FROM orders WHERE number = ?)"
        " AND number <> ? ORDER BY starts_at"
    )
    first = number.replace("-", "")
    return [f"{n[:4]}-{n[4:]}" for (n,) in platform.rows(sql, first, first)]


def states(platform: Platform, numbers: list[str]) -> list[object]:
    return [of_order(platform, number, "state") for number in numbers]


async def raises_price(platform: Platform, number: str, *, by: int) -> None:
    """The provider of this order is dearer from now on; nothing in a chat does that yet."""
    platform.stop()
    database = await Database.open(platform.database)
    sql = (
        "UPDATE skill SET price = price + ? WHERE (provider_id, service_id) ="
        " (SELECT provider_id, service_id FROM orders WHERE number = ?)"
    )
    await database.apply([Op(sql, [by, number.replace("-", "")], expect=1)])
    await database.close()
    platform.start()
    await platform.ready()


@pytest.mark.feature("C20", "C10")
async def test_each_visit_is_paid_some_days_ahead_by_its_own_link_and_then_offered(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await paid(people, own_platform)
        await repeated(person, number, sees_first="We send a link to pay 4 days before each visit")
        visits = ahead(own_platform, number)
        assert states(own_platform, visits) == ["unpaid"] * 4
        await provider.refresh()
        assert visits[0] not in provider.shown(), "nobody is asked before it is paid"
        await to(people, own_platform, visits[0], hours_before=4 * 24)
        letter = await about(
            person, visits[0], lambda m: with_verb(m, "pay") is not None, "the letter"
        )
        assert "unpaid, only this visit falls away" in words_of(letter)
        await person.taps("💳 Pay ¥", on=letter)
        await sees(person, "payment page")
        assert "Other way to pay" not in person.buttons
        await pays(person, EN)
        offer = await about(
            provider, visits[0], lambda m: with_verb(m, "accept") is not None, "the offer"
        )
        assert "Every week; you answer for each visit by itself" in words_of(offer)
        await accepts(provider, visits[0])
        await about(person, visits[0], lambda m: "is coming" in words_of(m), "the promise")
        assert states(own_platform, visits) == ["accepted", "unpaid", "unpaid", "unpaid"]
        assert len(await at_stripe(own_platform, "charges", visits[0])) == 1


@pytest.mark.feature("C20", "C8")
async def test_who_is_reminded_and_does_not_pay_loses_that_date_alone(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, _, number = await paid(people, own_platform)
        await repeated(person, number)
        visits = ahead(own_platform, number)
        await to(people, own_platform, visits[0], hours_before=4 * 24)
        await about(person, visits[0], lambda m: "can be paid now" in words_of(m), "the letter")
        await to(people, own_platform, visits[0], hours_before=2 * 24 + 4)
        await about(person, visits[0], lambda m: "isn't paid yet" in words_of(m), "the reminder")
        await to(people, own_platform, visits[0], hours_before=2 * 24 - 0.1)
        over = await about(
            person, visits[0], lambda m: "time to pay is over" in words_of(m), "the end"
        )
        assert "All other visits stay" in words_of(over)
        assert states(own_platform, visits)[:4] == ["cancelled", "unpaid", "unpaid", "unpaid"]
        await person.taps("All visits", on=over)
        await sees(person, "Stop repeating")
        assert own_platform.rows("SELECT state FROM series") == [("active",)]


@pytest.mark.feature("C20")
async def test_who_stops_may_keep_what_is_booked(own_platform: Platform) -> None:
    async with People(own_platform.url) as people:
        person, _, number = await booked(people, near=True, service=UNCERTIFIED)
        page = await repeated(person, number, sees_first="Paid on site each time")
        await person.taps("Stop repeating", on=page)
        await sees(person, "These are booked:")
        await person.taps("Stop, keep these")
        page = await person.sees_where(
            lambda m: "nothing more is booked" in words_of(m), what="the page"
        )
        assert len([data for data in presses(page) if data.startswith("order:")]) == 5
        visits = ahead(own_platform, number)
        assert states(own_platform, visits) == ["offered"] * 4
        assert own_platform.rows("SELECT key FROM timer WHERE kind = 'series.roll'") == []


@pytest.mark.feature("C20")
async def test_one_date_is_skipped_and_the_others_stay(own_platform: Platform) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        second = (start_of(own_platform, number) + WEEK * 2).astimezone(SHANGHAI).date()
        await rests(provider, second.toordinal())
        page = await repeated(person, number)
        letter = await person.sees_where(
            lambda m: "One visit needs your answer" in told(m), what="the question"
        )
        await same_message(person, page, "❓ One date needs your answer.")
        await person.taps("Skip this one", on=letter)
        await sees(person, "Skip this visit?")
        assert own_platform.rows("SELECT state FROM series_date") == [("open",)]
        await person.taps("Back")
        await sees(person, "Which time instead?")
        await person.taps("Skip this one")
        await person.taps("Yes, skip it")
        await sees(person, "Nobody comes on")
        assert states(own_platform, ahead(own_platform, number)) == ["offered"] * 3
        assert own_platform.rows("SELECT state FROM series_date") == [("skipped",)]
        # The page above, where nothing was tapped, asks for it no more.
        await person.sees_where(
            lambda m: m["message_id"] == page["message_id"] and "❓" not in told(m),
            what="the page brought up to date", timeout=SLOW,
        )  # fmt: skip
        # A visit that is booked is skipped by cancelling it alone, and that is said.
        [third] = [data for data in presses(page) if data.startswith("order:")][-1:]
        await person.taps_stale(page["message_id"], third.replace("order", "ocancel"))
        asked = await same_message(person, page, "Cancel this order?")
        assert "All other visits stay as they are." in words_of(asked)
        await person.taps("Yes, cancel it", on=asked)
        await same_message(person, page, "Cancelled")
        assert sorted(states(own_platform, ahead(own_platform, number))) == [
            "cancelled", "offered", "offered",
        ]  # fmt: skip


@pytest.mark.feature("C20")
async def test_a_higher_price_is_asked_about_before_it_counts(own_platform: Platform) -> None:
    async with People(own_platform.url) as people:
        person, _, number = await booked(people, near=True, service=UNCERTIFIED)
        await repeated(person, number)
        before = int(str(of_order(own_platform, number, "total")))
        await raises_price(own_platform, number, by=2000)
        await to(people, own_platform, ahead(own_platform, number)[0], hours_before=0.01)
        await people.later(60)
        letter = await person.sees_where(
            lambda m: "the price has risen" in words_of(m), what="the question", timeout=30
        )
        dear = re.search(r"it is ¥(\d+) now", words_of(letter))
        assert dear, words_of(letter)
        assert int(dear[1]) == before // 100 + 20
        wish = start_of(own_platform, number) + WEEK * 5
        [choice] = [data for data in presses(letter) if data.startswith("sertake:")]
        assert datetime.fromtimestamp(int(choice.split(":")[2]) * 60, UTC) == wish
        await person.taps("Yes, for ¥", on=letter)
        await sees(person, "a visit is booked in place of")
        totals = own_platform.rows(
            "SELECT total FROM orders WHERE series_id IS NOT NULL ORDER BY starts_at"
        )
        assert [total for (total,) in totals] == [before] * 5 + [before + 2000]


async def conflicts(platform: Platform, number: str, provider: Person, *weeks: int) -> None:
    """The provider of this order is away in these weeks after it."""
    for week in weeks:
        day = (start_of(platform, number) + WEEK * week).astimezone(SHANGHAI).date()
        await rests(provider, day.toordinal())


def questions(person: Person, page: Message) -> list[Message]:
    """What was asked besides the page of the series, which says it, too."""
    return [
        m
        for m in person.from_bot()
        if "visits need your answer" in words_of(m)
        and with_verb(m, "serdate")
        and m["message_id"] != page["message_id"]
    ]


async def asked_about_four(people: People, platform: Platform) -> tuple[Person, Message, Message]:
    """A series whose first four dates can't be had: its page, and the one question about them."""
    person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
    await conflicts(platform, number, provider, 1, 2, 3, 4)
    page = await repeated(person, number, sees_first="taken, we'll ask")
    word = await person.sees_where(
        lambda m: m["message_id"] != page["message_id"] and "4 visits need your" in told(m),
        what="the question", timeout=SLOW,
    )  # fmt: skip
    return person, page, word


@pytest.mark.feature("C20", "C13")
async def test_four_dates_that_need_an_answer_are_one_message_and_it_follows_what_is_decided(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, page, word = await asked_about_four(people, own_platform)
        assert len(questions(person, page)) == 1, [
            (m["message_id"], words_of(m)) for m in questions(person, page)
        ]
        letters = own_platform.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'series_asked'")
        assert letters[0][0] == 1
        assert len(presses(word)) <= 8
        # Decided on the page of the series: what was asked goes along.
        first = str(with_verb(word, "serdate"))
        await person.taps_stale(page["message_id"], first)
        await person.sees_where(lambda m: "One visit needs your answer" in told(m), what="one date")
        await person.taps_stale(page["message_id"], first.replace("serdate", "serskip"))
        await sees(person, "Skip this visit?")
        await person.taps("Yes, skip it")
        shown = await person.sees_where(
            lambda m: m["message_id"] == page["message_id"] and "Nobody comes on" in told(m),
            what="what was decided",
        )
        assert "3 visits need your answer" in words_of(shown)
        await same_message(person, word, "3 visits need your answer")
        # One is taken, and the others are still there.
        second = str(with_verb(shown, "serdate"))
        await person.taps_stale(page["message_id"], second)
        await sees(person, "Which time instead?")
        await person.taps("Back")
        await sees(person, "Tap a date")
        await person.taps_stale(page["message_id"], second)
        choice = await person.sees_where(
            lambda m: with_verb(m, "sertake") is not None, what="times"
        )
        await person.taps_stale(page["message_id"], str(with_verb(choice, "sertake")))
        await sees(person, "a visit is booked in place of")
        await same_message(person, word, "2 visits need your answer")
        # The rest in one go, asked once more; then nothing is asked any more.
        await person.taps("Skip all 2", on=shown)
        await sees(person, "Skip these 2 visits?")
        await person.taps("Yes, skip all 2")
        await sees(person, "Stop repeating")
        line = await same_message(person, word, "You were asked about your repeated visits")
        assert not presses(line)
        states_now = own_platform.rows("SELECT state FROM series_date ORDER BY number")
        assert states_now == [("skipped",), ("booked",), ("skipped",), ("skipped",)]


async def same_message(person: Person, word: Message, said: str) -> Message:
    return await person.sees_where(
        lambda m: m["message_id"] == word["message_id"] and said in told(m),
        what=f"{said} in its place", timeout=SLOW,
    )  # fmt: skip


@pytest.mark.feature("C20", "C13")
async def test_who_stops_is_asked_first_and_what_was_asked_ends_with_it(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        await conflicts(own_platform, number, provider, 2, 3)
        await repeated(person, number, sees_first="taken, we'll ask")
        word = await person.sees_where(
            lambda m: "2 visits need your answer" in told(m), what="the question", timeout=SLOW
        )
        await person.writes("stop repeating")  # the way there in words, too
        await sees(person, "2 dates need your answer")
        await person.taps("Stop repeating")
        await sees(person, "The 2 dates that wait for your answer fall away, too.")
        assert own_platform.rows("SELECT state FROM series") == [("active",)]
        await person.taps("Stop, keep these")
        await sees(person, "nothing more is booked")
        line = await same_message(person, word, "You were asked about your repeated visits")
        assert not presses(line)
        await person.taps_stale(word["message_id"], str(with_verb(word, "serdate")))
        await sees(person, "Nobody comes on")


@pytest.mark.feature("C20", "C13")
async def test_a_date_nobody_answered_for_is_over_when_it_has_come(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, provider, number = await booked(people, near=True, service=UNCERTIFIED)
        await conflicts(own_platform, number, provider, 1)
        await repeated(person, number, sees_first="taken, we'll ask")
        word = await person.sees_where(
            lambda m: "One visit needs your answer" in told(m), what="the question", timeout=SLOW
        )
        await to(people, own_platform, number, hours_before=-(7 * 24 + 0.1))
        line = await same_message(person, word, "You were asked about your repeated visits")
        assert not presses(line)
        assert own_platform.rows("SELECT state FROM series_date WHERE number = 1") == [("skipped",)]


@pytest.mark.feature("C20", "C13")
async def test_a_date_opened_in_the_question_or_on_the_page_follows_what_is_decided_in_the_other(
    own_platform: Platform,
) -> None:
    async with People(own_platform.url) as people:
        person, page, word = await asked_about_four(people, own_platform)
        first, *_, last = [data for data in presses(word) if data.startswith("serdate:")]

        async def skips(message: Message, date: str, said: str) -> None:
            await person.taps_stale(message["message_id"], date.replace("serdate", "serskipgo"))
            await same_message(person, message, said)

        # Open in the question, answered on the page.
        await person.taps("🗓", on=word)
        await same_message(person, word, "One visit needs your answer")
        await skips(page, first, "👌 Nobody comes on")
        shown = await same_message(person, word, "3 visits need your answer")
        assert "👌 Nobody comes on" in words_of(shown)
        # Answered in the question itself, it goes on with the others, and follows on.
        await person.taps("🗓", on=shown)
        await same_message(person, word, "Which time instead?")
        await person.taps("Skip this one", on=word)
        await same_message(person, word, "Skip this visit?")
        await person.taps("Yes, skip it", on=word)
        shown = await same_message(person, word, "2 visits need your answer")
        assert words_of(shown).count("👌 Nobody comes on") == 2
        # Open on the page, answered in the question.
        await person.taps_stale(
            page["message_id"], f"ser:{own_platform.rows('SELECT id FROM series')[0][0]}"
        )
        await same_message(person, page, "Stop repeating")
        await person.taps_stale(page["message_id"], last)
        await same_message(person, page, "One visit needs your answer")
        await skips(word, last, "One visit needs your answer")
        await same_message(person, page, "Stop repeating")
