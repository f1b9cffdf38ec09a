"""What reaches one and how, over HTTP: in both bots by the same screens, and the letters keep to it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.people.choices import kinds_of
from tests.chat import Message, People, Person, words_of
from tests.e2e.announcing import drafted, sent
from tests.e2e.conftest import Platform
from tests.e2e.journey import its_provider, presses, reviewed, welcomed
from tests.e2e.staff import colleague
from tests.e2e.test_booking import settled
from tests.e2e.test_hours import Shop, shop
from tests.e2e.test_robust_reviews import closed
from tests.e2e.watching import until, watched

__all__ = ["shop"]

pytestmark = pytest.mark.feature("P13")
ZONE = ZoneInfo("Asia/Shanghai")
BOTS = {"customer": "doorstep_bot", "provider": "doorstep_provider_bot"}


async def tap(person: Person, label: str, then: str) -> Message:
    await person.taps(label)
    return await person.sees(then)


async def at_notices(person: Person) -> None:
    await person.writes("/notifications")
    await person.sees("What reaches you")


async def sends(people: People, person: Person, words: str, bot: str = "provider") -> list[bool]:
    """Whether each message with these words made a sound, as Telegram was told."""
    return [
        not call["params"].get("disable_notification")
        for call in await people.calls(bot=BOTS[bot])
        if call["ok"] and call["method"].startswith("send")
        and int(call["params"]["chat_id"]) == person.id
        and words in re.sub("<.*?>", "", str(call["params"].get("text") or call["params"].get("caption")))
    ]  # fmt: skip


async def test_a_provider_chooses_per_kind_and_offers_are_never_off(shop: Shop) -> None:
    me = shop.person
    await me.writes("/settings")
    await tap(me, "🔔 What reaches me", "What reaches you")
    assert len(me.buttons) <= 8
    await me.taps("📋 New orders · 🔔 with sound")
    await me.sees_button("📋 New orders · 🔕 silently")
    await me.taps("📋 New orders")
    await me.sees_button("📋 New orders · 🔔 with sound")
    assert "go off duty" in me.screen
    await me.taps_stale(me.last["message_id"], "notice:work_offers:off")
    await me.sees_button("📋 New orders · 🔔 with sound")
    for then in ("🔕 silently", "🚫 off", "🔔 with sound"):
        await me.taps("⭐ Reviews")
        await me.sees_button(f"⭐ Reviews · {then}")
    for odd in (
        "notice:reviews:off",
        "notice:always:off",
        "notice:work_news:loudest",
        "notice:x:y",
    ):
        await me.taps_stale(me.last["message_id"], odd)
        await me.sees("What reaches you")
        assert not [label for label in me.buttons if "🚫" in label], odd
    await tap(me, "‹ Back", "Settings")


async def test_a_try_sends_one_of_each_kind_as_it_comes_now(shop: Shop) -> None:
    me, people = shop.person, shop.people
    await at_notices(me)
    await me.taps_stale(me.last["message_id"], "notice:work_money:silent")
    await me.sees_button("💰 Payments · 🔕 silently")
    await me.taps_stale(me.last["message_id"], "notice:work_news:off")
    await me.sees_button("📣 News and tips · 🚫 off")
    await me.writes("/test")
    await me.sees_where(lambda m: "Payments: this is an example" in words_of(m), what="an example")
    await me.sees_where(lambda _: _has(me, "This is how each comes right now"), what="the summary")
    summary = next(words_of(m) for m in me.from_bot() if "how each comes" in words_of(m))
    for line in ("📋 New orders: 🔔 with sound", "💰 Payments: 🔕 silently", "News and tips: 🚫 off",
                 "iPhone", "Android", "only “with sound” or “silently”"):  # fmt: skip
        assert line in summary
    for name, loud in (("New orders", True), ("Job reminders", True), ("Reviews", True),
                       ("Payments", False)):  # fmt: skip
        assert await sends(people, me, f"{name}: this is an example") == [loud], name
    assert await sends(people, me, "News and tips: this is an example") == []


def _has(person: Person, words: str) -> bool:
    return any(words in words_of(m) for m in person.from_bot())


def hours_around(person: Person, *, ahead: int = 2) -> str:
    """Quiet hours in which it is now, as they are typed, whatever the time of day is."""
    local = datetime.fromtimestamp(person.last["date"], ZONE)
    return f"{local - timedelta(hours=1):%H:%M}–{local + timedelta(hours=ahead):%H:%M}"


async def test_in_quiet_hours_an_order_comes_silently_and_the_rest_waits(shop: Shop) -> None:
    me, people = shop.person, shop.people
    hours = hours_around(me)
    await me.writes(f"quiet hours {hours}")
    await me.sees(f"Quiet hours: {hours}")
    await me.writes("/test")
    await me.sees_where(lambda _: _has(me, "Job reminders: this is an example"), what="an example")
    summary = await me.sees_where(lambda m: "🌙 waits until" in words_of(m), what="what waits")
    assert words_of(summary).count("🌙 waits until") == 3, "reviews, payments, news"
    assert await sends(people, me, "New orders: this is an example") == [False]
    anna = await shop.customer()
    day = (await anna.days())[-1]
    number = await anna.books((await anna.starts(day))[-1])
    assert await sends(people, me, number) == [False]
    await me.writes("quiet hours off")
    await me.sees("Quiet hours: never")
    ben = await shop.customer()
    day = (await ben.days())[-1]
    number = await ben.books((await ben.starts(day))[0])
    assert (await sends(people, me, number))[0] is True


async def test_quiet_hours_are_tapped_stepped_or_typed(people: People, shop: Shop) -> None:
    me = shop.person
    await at_notices(me)
    await tap(me, "🌙 Quiet hours", "When should it be quiet?")
    await tap(me, "23:00–07:00", "Quiet hours: 23:00–07:00")
    await tap(me, "🌙 Quiet hours", "When should it be quiet?")
    await tap(me, "🕐 Other hours", "Quiet from 23:00 to 07:00")
    await me.taps("▶")
    await me.sees("Quiet from 23:30 to 07:00")
    await me.taps_stale(me.last["message_id"], _steps(me)[2])
    await me.sees("Quiet from 23:30 to 06:30")
    await tap(me, "✅ Save", "Quiet hours: 23:30–06:30")
    await tap(me, "🌙 Quiet hours", "When should it be quiet?")
    await me.sees_button("🕐 Other hours · 23:30–06:30 ✓")
    for odd in ("soon", "25-99", "7", "22-22"):
        await me.writes(odd)
        await me.sees("I can't read hours in that")
    await me.sends_sticker("😴")
    await me.sees("I can't read hours in that")
    await me.writes("22-7")
    await me.sees("Quiet hours: 22:00–07:00")
    for odd in ("nightset:5:5", "nightset:-1:9999", "night:7:7", "quietat:99", "nightset:x:y"):
        await me.taps_stale(me.last["message_id"], odd)
        await me.refresh()
        assert me.buttons, odd
    await me.writes("免打扰 晚上十点半到早上七点")
    await me.sees("Quiet hours: 22:30–07:00")
    await me.writes("quiet hours")
    await tap(me, "Never", "Quiet hours: never")


def _steps(person: Person) -> Sequence[str]:
    """The arrows in their order: from back, from on, to back, to on."""
    found = [data for data in presses(person.last) if data.startswith("night:")]
    return [found[0], found[2], found[3], found[5]]


async def test_a_provider_without_reviews_gets_none_and_all_else(
    people: People, platform: Platform
) -> None:
    async with watched(platform, people) as watch:
        customer = await welcomed(people, "Quiet Reviewer")
        order = await closed(people, watch, customer)
        provider = (await its_provider(people, watch, order)).person
        await provider.writes("/notifications")
        await provider.sees_where(lambda m: bool(presses(m)), what="the kinds")
        message = provider.last["message_id"]
        await provider.taps_stale(message, "notice:work_reviews:off")
        await reviewed(customer, "Very tidy", order)
        letter = (
            "SELECT o.state, o.error FROM outbox o JOIN review r ON r.id = o.subject"
            " WHERE o.kind = 'review' AND r.order_id = ?"
        )
        await until(
            lambda: watch.rows(letter, order) == [("closed", "pointless")],
            lambda: watch.rows(letter, order), people,
        )  # fmt: skip
        await provider.taps_stale(message, "notice:work_reviews:on")
        assert await sends(people, provider, "Very tidy") == []


@pytest.mark.feature("C23", "C24")
async def test_news_wait_for_the_end_of_the_quiet_hours(own_people: People) -> None:
    ann, bob = await settled(own_people), await settled(own_people)
    await ann.writes(f"quiet hours {hours_around(ann)}")
    await ann.sees("Quiet hours: ")
    staff = await colleague(own_people, "operator")
    await drafted(staff, {"English": "Window cleaning is new"})
    await sent(staff)
    await bob.sees("Window cleaning is new", timeout=30)
    await ann.refresh()
    assert not _has(ann, "Window cleaning is new")
    await own_people.later(2 * 3600)
    await ann.sees("Window cleaning is new", timeout=30)
    assert await sends(own_people, ann, "Window cleaning is new", "customer") == [True]


@pytest.mark.feature("C23", "C24")
async def test_what_waits_already_goes_by_what_was_chosen_since(
    own_people: People, own_platform: Platform
) -> None:
    ann, bob, cyn = [await settled(own_people) for _ in range(3)]
    for one in (ann, bob, cyn):
        await one.writes(f"quiet hours {hours_around(one)}")
        await one.sees("Quiet hours: ")
    staff = await colleague(own_people, "operator")
    await drafted(staff, {"English": "Carpets are cleaned, too"})
    await sent(staff)
    sql = "SELECT state, due_at > created_at, due_at FROM outbox WHERE kind = 'announcement' AND chat_id = ?"

    def row(one: Person) -> list[tuple[object, ...]]:
        return own_platform.rows(sql, one.id)

    for one in (ann, bob, cyn):
        await until(
            lambda one=one: [r[:2] for r in row(one)] == [("waiting", 1)],  # type: ignore[misc]
            lambda one=one: row(one), own_people,  # type: ignore[misc]
        )  # fmt: skip
    [(_, _, former)] = row(bob)
    await ann.writes("quiet hours off")
    await ann.sees("Carpets are cleaned, too", timeout=30)
    await bob.writes(f"quiet hours {hours_around(bob, ahead=5)}")
    await until(
        lambda: row(bob)[0][0] == "waiting" and int(str(row(bob)[0][2])) > int(str(former)),
        lambda: row(bob), own_people,
    )  # fmt: skip
    await cyn.taps_stale(cyn.last["message_id"], "notice:news:off")
    await until(lambda: row(cyn)[0][0] == "closed", lambda: row(cyn), own_people)
    assert await sends(own_people, bob, "Carpets are", "customer") == []
    assert await sends(own_people, cyn, "Carpets are", "customer") == []


@pytest.mark.feature("C23")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "test notifications"), ("zh-hans", "测试通知")]
)
async def test_customers_have_the_same_and_are_tried_in_their_language(
    people: People, language: str, said: str
) -> None:
    me = await people.person(f"Tries {language}", language=language)
    await me.writes("/start")
    await me.taps("中文" if language != "en" else "English")
    await me.sees_button("跳过" if language != "en" else "Skip")
    await me.taps("跳过" if language != "en" else "Skip")
    await me.writes(said)
    example = "示例" if language != "en" else "this is an example"
    count = len(kinds_of(side="customer"))
    await me.sees_where(
        lambda _: sum(example in words_of(m) for m in me.from_bot()) == count, what="the examples"
    )
    await me.sees_where(lambda _: _has(me, "iPhone") or _has(me, "苹果手机"), what="how to set it")
    assert await sends(people, me, example, "customer") == [True] * count
    assert {"notifications", "test"} <= {c.strip("/") for c in me.commands}
