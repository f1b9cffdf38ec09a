"""Tips of the week in the chats: what was missed is named, a tap leads to where it is mended, another puts it away."""

import json
from datetime import datetime, timedelta

import pytest

from tests.chat import People, Person, words_of
from tests.databases import written
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    SHANGHAI,
    SLOW,
    booking,
    confirmed,
    its_provider,
    on_site,
    presses,
    welcomed,
)
from tests.e2e.staff import OWNER
from tests.e2e.test_levels import rules
from tests.e2e.test_provider import picture, reading_english
from tests.e2e.watching import Watch, until

pytestmark = pytest.mark.feature("P10")
QUIET = 2175


async def silent_about_one(platform: Platform, people: People, name: str) -> Person:
    """The provider who let one offer run out."""
    watch = Watch(platform, people)
    await rules(await people.known(OWNER), finding_times=1, findings_most=1, paper_first_days=8)
    await people.by_day()
    customer = await welcomed(people, name)
    await booking(customer)
    await on_site(customer)
    order = await confirmed(customer, watch)
    provider = (await its_provider(people, watch, order)).person
    await reading_english(people, provider.name)
    await people.later(11 * 60)
    silent = "SELECT 1 FROM order_step WHERE verb = 'time_out' AND order_id = ?"
    await until(
        lambda: watch.rows(silent, order), lambda: watch.rows("SELECT * FROM timer"), people
    )
    return provider


def to_monday(now: datetime) -> float:
    """Seconds from now to five past nine on the next Monday."""
    now = now.astimezone(SHANGHAI)
    monday = now.replace(hour=9, minute=5) + timedelta(days=-now.weekday() % 7)
    return ((monday if monday > now else monday + timedelta(days=7)) - now).total_seconds()


async def test_silence_is_named_and_a_tap_leads_to_the_sound(
    own_platform: Platform, own_people: People
) -> None:
    provider = await silent_about_one(own_platform, own_people, "Anna")
    await provider.writes("/tips")
    told = words_of(await provider.sees("Tips of this week"))
    assert "1 offer ran out without your answer" in told
    await provider.taps("🔔 Sound for offers")
    await provider.sees_where(
        lambda m: any(data.startswith("notice:work_offers") for data in presses(m)), what="manners"
    )
    # What was acted upon is not said again.
    await provider.writes("/stats")
    await provider.sees("📊")
    await provider.taps("💡 Tips")
    await provider.sees("Nothing stands out in your records")


async def test_on_monday_a_letter_comes_and_a_tap_puts_a_tip_away(
    own_platform: Platform, own_people: People
) -> None:
    provider = await silent_about_one(own_platform, own_people, "Ben")
    await own_people.later(to_monday(await own_people.now()))
    card = await provider.sees("1 offer ran out", timeout=SLOW)
    away = next(data for data in presses(card) if data.startswith("tipno"))
    await provider.taps_stale(card["message_id"], away)
    assert "Put away" in provider.toast
    await provider.sees("Nothing stands out in your records")
    await provider.taps_stale(provider.last["message_id"], away)
    await provider.sees("Nothing stands out in your records")


async def test_nothing_to_say_is_said_kindly_in_chinese(people: People) -> None:
    provider = await people.known(QUIET)
    await provider.speaks("zh")
    await provider.writes("/start")
    await provider.writes("/tips")
    await provider.sees("本周建议")
    await provider.taps("📊 数据统计")
    await provider.sees("括号内是上一周")


async def test_without_a_photo_one_is_suggested_until_it_is_sent(
    own_platform: Platform, own_people: People
) -> None:
    own_platform.stop()
    bare = "UPDATE provider SET photo_id = NULL WHERE person_id = (SELECT id FROM person WHERE telegram_id ="
    written(own_platform.database, f"{bare} {QUIET})")
    own_platform.start()
    await own_platform.ready()
    await rules(await own_people.known(OWNER), findings_most=5)
    provider = await own_people.known(QUIET)
    await reading_english(own_people, provider.name)
    await provider.writes("/tips")
    told = words_of(await provider.sees("Tips of this week"))
    assert "There is no photo on your page" in told
    await provider.taps("📷 My photo")
    await provider.sees("There is none yet")
    await provider.sends_photos(b"%PDF-1.4 no picture", kind="document")
    await provider.sees("couldn't open that picture")
    await provider.sends_photos(picture())
    await provider.sees("Our staff have a quick look")
    await provider.writes("/tips")
    left = words_of(await provider.sees_where(lambda m: "💡" in words_of(m), what="the tips"))
    assert "no photo" not in left


async def test_what_is_looked_for_around_in_vain_is_suggested_to_be_offered(
    own_platform: Platform, own_people: People
) -> None:
    await rules(await own_people.known(OWNER), finding_times=1, findings_most=5)
    sql = (
        "SELECT p.name, p.lat, p.lon, s.names FROM provider p"
        " JOIN service s ON s.category_id IN (SELECT category_id FROM service JOIN skill"
        " ON skill.service_id = service.id WHERE skill.provider_id = p.id)"
        " WHERE p.state = 'approved' AND s.id NOT IN"
        " (SELECT service_id FROM skill WHERE provider_id = p.id) ORDER BY"
        " ABS(p.lat - 31.2304) + ABS(p.lon - 121.4737), s.id LIMIT 1"  # at People's Square
    )
    [[name, lat, lon, names]] = own_platform.rows(sql)
    await reading_english(own_people, name)
    provider = await own_people.known(name)
    wanted = json.loads(names)["en"] if isinstance(names, str) else names["en"]
    customer = await own_people.person("Vera")
    await customer.writes("/start")
    await customer.taps("English")
    await customer.sees("Where should we come?")
    await customer.shares_location((lat, lon))
    await customer.sees("what can we do for you?")
    await customer.writes(f"{wanted} tomorrow 3 am")
    await customer.sees("Nobody")
    await provider.writes("/tips")
    told = words_of(await provider.sees("Tips of this week"))
    assert f"{wanted} was wanted 1 time around you" in told
    await provider.taps("➕ Offer it")
    await provider.sees("What do you charge?")
    await provider.taps("‹ Back")
    await provider.sees("Tips of this week")
