"""A provider looks at own figures: numbers and a picture in one message, and the orders each was counted from."""

import re
from datetime import date

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import (
    booking,
    confirmed,
    its_provider,
    on_site,
    presses,
    reviewed,
    welcomed,
    worked,
)
from tests.e2e.test_provider import reading_english
from tests.e2e.watching import Watch

pytestmark = pytest.mark.feature("P10")
PAST, ODD, CHINESE = 2180, 2181, 2182


async def opens(provider: Person) -> Message:
    await provider.writes("/stats")
    return await provider.sees("📊")


async def turns(provider: Person, card: Message, data: str, into: str) -> Message:
    """The same message shows another span: its picture and its words change together."""
    await provider.taps_stale(card["message_id"], data)
    return await provider.sees_where(
        lambda m: m["message_id"] == card["message_id"] and into in words_of(m), what=into
    )


def figure(name: str, text: str) -> str:
    found = re.search(rf"{name} ([\d.,¥%]+)", text)
    assert found, text
    return found[1]


def number(name: str, text: str) -> float:
    return float(figure(name, text).strip("¥").replace(",", ""))


async def of_demo(people: People, who: int) -> Person:
    return await reading_english(people, (await people.known(who)).name)


async def test_a_job_is_counted_in_every_figure_it_belongs_to(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    customer = await welcomed(own_people, "Anna")
    await booking(customer)
    await on_site(customer)
    order = await confirmed(customer, watch)
    player = await its_provider(own_people, watch, order)
    provider = await reading_english(own_people, player.person.name)
    before = words_of(await opens(provider))
    assert figure("Offers", before) == "1"
    assert "open 1" in before
    await worked(player, watch, order)
    await player.press(f"cash:{order}")
    await customer.press(f"ocashyes:{order}", then="review")
    await reviewed(customer, "Good work", order)
    await provider.sees("in cash is confirmed")
    await provider.writes("/income")
    await provider.sees("On hold")
    await provider.taps("📄 By order")
    mine = words_of(await provider.sees("commission −¥")).split("\n\n")[1]
    card = await opens(provider)
    told = words_of(card)
    assert "photo" in card
    assert "so far" in told
    assert number("Jobs done", told) == number("Jobs done", before) + 1
    assert figure("Offers", told) == "1"
    assert "accepted 1" in told
    assert figure("could answer", told) == "100%"
    assert figure("On time", told) == "100%"
    net = float(mine.splitlines()[0].rpartition("¥")[2].replace(",", ""))
    assert number("Yours", told) == pytest.approx(number("Yours", before) + net)
    await provider.taps("🔎 Orders behind it")
    await provider.sees_button(f"✅ Done {figure('Jobs done', told)}")
    assert "🔔 Offers 1" in provider.buttons
    assert not any("Cancelled" in label for label in provider.buttons)
    await provider.taps("⭐ Reviewed")
    await provider.sees_button("AC repair")
    await provider.taps("AC repair")
    await provider.sees("Good work")
    await provider.taps("‹ Back")
    await provider.sees("📒 Records")
    await provider.taps("‹ Back")
    await provider.sees("Which ones?")
    await provider.taps("🔔 Offers 1")
    await provider.sees_button("accepted")


async def test_one_message_turns_from_span_to_span(people: People) -> None:
    provider = await of_demo(people, PAST)
    card = await opens(provider)
    # Earlier, until there was work to count.
    card = await turns(provider, card, "stats:month:0", "the month before")
    while "so far" in words_of(card) or figure("Jobs done", words_of(card)) == "0":
        back = next(data for data in presses(card) if data.startswith("stats:month"))
        month = date.fromordinal(int(back.split(":")[2]))
        card = await turns(provider, card, back, f"{month:%B %Y}")
    assert "so far" not in words_of(card)
    done = figure("Jobs done", words_of(card))
    await provider.taps("🔎 Orders behind it")
    await provider.sees_button(f"✅ Done {done}")
    await provider.taps("✅ Done")
    await provider.sees("✅ Done · ")
    listed = words_of(await provider.sees("📒 Records"))
    assert f"{done} job" in listed, "the number and its records"
    assert [data for data in presses(provider.last) if data.startswith("record:")]
    await provider.taps("‹ Back")
    await provider.sees("Which ones?")
    await provider.taps("‹ Back")
    await provider.sees("the month before")
    await provider.taps("By day")
    await provider.sees("the day before")


@pytest.mark.parametrize(
    ("data", "into"),
    [
        ("stats:year:0", "the week before"),
        (f"stats:month:{date(2190, 1, 1).toordinal()}", "so far"),
        ("stats:day:99999999", "That day is over"),
        ("behind:week:0", "🔎"),
        ("pile:day:0:nonsense:7", "✅ Done · "),
        ("pile:day:0:lost-nonsense:0", "✖️ Cancelled · "),
        ("pileparts:week:0:done", "✅ Done · "),
        ("pileparts:week:0:lost", "✖️ Cancelled · "),
        ("records:pz000d__.:0", "📒 Records"),
        ("records:pwzzzd__.:0", "📒 Records"),
    ],
)
async def test_odd_buttons_show_what_there_is(people: People, data: str, into: str) -> None:
    provider = await of_demo(people, ODD)
    card = await opens(provider)
    await provider.taps_stale(card["message_id"], data)
    if into not in provider.toast:
        await provider.sees(into)


async def test_the_figures_speak_chinese(people: People) -> None:
    provider = await people.known(CHINESE)
    await provider.speaks("zh")
    await provider.writes("/start")
    await provider.sees_button("📊 数据统计")
    await provider.taps("📊 数据统计")
    told = words_of(await provider.sees("括号内是上一周"))
    assert "完成" in told
    assert "派单" in told
    await provider.taps("按月")
    await provider.sees("括号内是上个月")
    assert "photo" in provider.last
