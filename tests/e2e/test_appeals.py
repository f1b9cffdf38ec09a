"""A provider on hold appeals over HTTP: somebody else than who froze decides, once, and both see how it stands."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import with_verb
from tests.e2e.staff import APPLICATIONS, SUPPORT, act, colleague, group, in_topic, opened
from tests.e2e.test_booking import jpeg
from tests.e2e.test_hours import ABLE, Shop, shop
from tests.e2e.watching import restarted_after_a_kill

__all__ = ["shop"]

pytestmark = pytest.mark.feature("P16")
REASON = "Neighbours complained"


@dataclass
class Frozen:
    """A provider whom `by` has put on hold for the sake of an order."""

    shop: Shop
    by: Person
    number: str

    @property
    def me(self) -> Person:
        return self.shop.person


@pytest.fixture
async def frozen(shop: Shop) -> AsyncIterator[Frozen]:
    """Works again in the end: other tests book him, too."""
    anna = await shop.customer()
    day = (await anna.days())[-1]
    number = await anna.books((await anna.starts(day))[0])
    by = await colleague(shop.people, "operator")
    await opened(by, number, "Accepted")
    await act(by, ("🧊 Freeze provider", "Why?"))
    await by.writes(REASON)
    await act(by, ("Yes, freeze", "☀️ Unfreeze provider"))
    await told_all(shop.person, number, REASON)
    yield Frozen(shop, by, number)
    if shop.platform.rows("SELECT 1 FROM provider WHERE id = ? AND state = 'frozen'", shop.id):
        await opened(by, number, "")
        await act(by, ("☀️ Unfreeze provider", "Why?"), ("Frozen by mistake", "Yes, unfreeze"),
                  ("Yes, unfreeze", "🧊 Freeze provider"))  # fmt: skip
        await shop.person.sees("You can work again")
        await shop.searched()


async def told_all(me: Person, number: str, reason: str) -> None:
    """Both messages that come by themselves are there, in whichever order: why, and that the job is gone."""

    def both(_news: Message) -> bool:
        there = [words_of(m) for m in me.from_bot()]
        gone = any(number in words and "took this job back" in words for words in there)
        return gone and any(f"Our staff say: {reason}" in words for words in there)

    await me.sees_where(both, what="why, and what was passed on")


async def sent(frozen: Frozen, words: str = "I was ill that day") -> None:
    me = frozen.me
    await me.taps("⚖️ Appeal")
    await me.sees("Tell us what happened")
    await me.writes(words)
    await me.sees_button("📨 Send it")
    await act(me, ("📨 Send it", "Your appeal is being checked"))


async def found(staff: Person, frozen: Frozen) -> Message:
    """The appeal on a colleague's own screen."""
    name = frozen.shop.platform.rows("SELECT name FROM provider WHERE id = ?", frozen.shop.id)[0][0]
    appeal = frozen.shop.platform.rows(
        "SELECT a.id FROM appeal a JOIN provider p ON p.person_id = a.person_id WHERE p.id = ?"
        " ORDER BY a.turn DESC, a.id DESC", frozen.shop.id,
    )[0][0]  # fmt: skip
    await staff.writes("/appeals")
    queue = await staff.sees("Appeals to decide on")
    await staff.taps_stale(queue["message_id"], f"zv:{appeal}")
    return await staff.sees(f"Appeal: {name}")


def says(person: Person, words: str) -> bool:
    return any(words in words_of(m) for m in person.from_bot())


async def test_the_provider_sees_why_since_when_and_what_was_passed_on(frozen: Frozen) -> None:
    me = frozen.me
    await me.writes("/start")
    await me.sees_where(
        lambda m: "Passed on:" in words_of(m) and "Since " in words_of(m), what="home"
    )
    assert REASON in me.screen
    assert me.screen.count("• ") == 1
    assert len(me.buttons) <= 8
    await act(me, ("⚖️ Appeal", "Tell us what happened"), ("‹ Back", "on hold"),
              ("🛟 Help", "How can we help?"))  # fmt: skip
    await me.writes("申诉")
    await me.sees("Tell us what happened")


async def test_another_than_who_froze_lifts_it_and_the_provider_works_again(
    frozen: Frozen,
) -> None:
    me, people = frozen.me, frozen.shop.people
    await me.writes("/start")
    await act(me, ("⚖️ Appeal", "Tell us what happened"))
    await me.sends_sticker("😢")
    await me.sees("I can only take words")
    await me.sends_photos(jpeg())
    await me.sees("📎 1 file")
    await act(me, ("📨 Send it", "Please write a few words first"))
    await me.writes("I was <b>ill</b> that day")
    await me.sees("I was <b>ill</b> that day")
    await act(me, ("📨 Send it", "Your appeal is being checked"))
    assert not [label for label in me.buttons if "Appeal" in label]
    await found(frozen.by, frozen)
    await act(frozen.by, ("☀️ Lift", "so a colleague decides"))
    other = await colleague(people, "operator")
    card = words_of(await found(other, frozen))
    for part in (REASON, "on hold by Colleague", frozen.number, "I was <b>ill</b> that day", "📎 1 file",
                 "Somebody else than Colleague", "never on hold before"):  # fmt: skip
        assert part in card
    await act(other, ("📎 Files", "with the appeal"))
    await found(other, frozen)
    await act(other, ("☀️ Lift", "Let "), ("It is cleared up", "They will read"),
              ("Yes, lift it", "lifted it"))  # fmt: skip
    news = await me.sees("You can work again")
    assert "Your appeal was right." in words_of(news)
    assert "It is cleared up" in words_of(news)
    await me.sees_where(lambda _: not says(me, "is on hold"), what="no page of the pause")
    assert says(me, "🧊 Your account was on hold")
    await me.writes("/start")
    await me.sees("You're on")
    await me.writes("/appeal")
    await me.sees("nothing to appeal")
    log = "SELECT COUNT(*) FROM staff_act WHERE action = 'appeals.decide' AND telegram_id = ?"
    assert frozen.shop.platform.rows(log, other.id)[0][0] == 1


async def test_it_is_kept_with_words_and_no_other_appeal_before_its_time(frozen: Frozen) -> None:
    me = frozen.me
    await sent(frozen)
    old = me.last["message_id"]
    await me.taps_stale(old, "appealsend")
    await me.sees("Your appeal is being checked")
    await me.writes("/appeal")
    await me.sees("Your appeal is being checked")
    other = await colleague(frozen.shop.people, "operator")
    await found(other, frozen)
    await act(other, ("🧊 Keep", "on hold?"))
    await other.sends_sticker("🤔", answered=False)
    await other.writes("Two more reports came in.")
    await act(other, ("Yes, keep it", "kept it"))
    news = await me.sees("Your account stays on hold")
    assert "Two more reports came in." in words_of(news)
    assert "You can appeal again from" in words_of(news)
    await me.writes("/appeal")
    await me.sees("Your appeal was turned down")
    for data in ("appealsend", "appealnew", "appeal"):
        await me.taps_stale(me.last["message_id"], data)
        await me.sees("Your appeal was turned down")
    await act(frozen.by, ("☀️ Unfreeze provider", "Why?"), ("It is cleared up", "Unfreeze"),
              ("Yes, unfreeze", "🧊 Freeze provider"))  # fmt: skip
    await me.sees("You can work again")


@pytest.mark.feature("A1")
async def test_of_two_who_tap_at_once_one_has_it_and_the_other_hears_who(frozen: Frozen) -> None:
    await sent(frozen)
    people = frozen.shop.people
    two = [await colleague(people, "operator") for _ in range(2)]
    cards = [await found(one, frozen) for one in two]
    await asyncio.gather(
        *(
            one.taps_stale(card["message_id"], one.data("🧊 Keep"))
            for one, card in zip(two, cards, strict=True)
        )
    )
    for one in two:
        await one.sees_where(
            lambda m: "on hold?" in words_of(m) or "has it in hand" in words_of(m), what="an answer"
        )
    first, second = sorted(two, key=lambda one: "has it in hand" in one.screen)
    assert f"{first.name} has it in hand" in second.screen
    await act(first, ("The reports", "They will read"))
    yes, question = first.data("Yes, keep it"), first.last["message_id"]
    await act(second, ("🙋 Take it over", f"taken by {second.name}"))
    await first.taps_stale(question, yes)
    await first.sees(f"{second.name} has it in hand")
    await act(second, ("🧊 Keep", "on hold?"), ("The reports", "They will read"),
              ("Yes, keep it", "kept it"))  # fmt: skip
    await first.taps_stale(question, yes)
    await first.sees("kept it")
    log = (
        "SELECT reason FROM staff_act WHERE action = 'appeals.decide' AND telegram_id IN (?, ?)"
        " ORDER BY id"
    )
    assert [row[0][0] for row in frozen.shop.platform.rows(log, first.id, second.id)] == [
        "🙋",
        "🧊",
    ]
    await frozen.me.sees("Your account stays on hold")


async def test_the_staff_see_the_card_and_its_files_in_their_topic(frozen: Frozen) -> None:
    me, staff = frozen.me, await group(frozen.shop.people, SUPPORT)
    await me.taps("⚖️ Appeal")
    await me.sees("Tell us what happened")
    await me.sends_photos(jpeg(), jpeg(), caption="Both of my papers")
    await me.sees("📎 2 files")
    await act(me, ("📨 Send it", "Your appeal is being checked"))
    topic = in_topic(staff, APPLICATIONS)
    card = await staff.sees_where(
        lambda m: "Both of my papers" in words_of(m) and m.get("message_thread_id") == topic,
        what="the card", timeout=60,
    )  # fmt: skip
    await staff.taps_stale(card["message_id"], str(with_verb(card, "zad")))
    assert staff.toast, "support may read it, not decide"


async def test_support_is_there_for_who_was_rejected(people: People, platform: Platform) -> None:
    """No appeal without a freeze, but a kind answer and the staff."""
    person = await people.person("Never Applied", roles=["provider"], language="en")
    await person.writes("/start")
    await person.sees("Work with")
    await person.writes("/appeal")
    await person.sees("nothing to appeal")
    await person.writes("/help")
    await person.sees("How can we help?")
    await person.taps("Talk to a person")
    await person.sees("Write to us")
    await person.writes("Why was I rejected?")
    await person.sees("✅ Sent. Your question is")


async def test_what_is_written_stays_over_a_restart(
    own_platform: Platform, own_people: People
) -> None:
    provider_id, telegram_id, *facts = own_platform.rows(ABLE)[0]
    person = await own_people.known(int(telegram_id))
    await person.writes("/language")
    await person.taps("English")
    case = Shop(own_people, own_platform, provider_id, person, *facts)
    anna = await case.customer()
    number = await anna.books((await anna.starts((await anna.days())[-1]))[0])
    by = await colleague(own_people, "operator")
    await opened(by, number, "Accepted")
    await act(by, ("🧊 Freeze provider", "Why?"), ("Papers in doubt", "Yes, freeze"),
              ("Yes, freeze", "☀️ Unfreeze provider"))  # fmt: skip
    await told_all(person, number, "Papers in doubt")
    await person.taps("⚖️ Appeal")
    await person.sees("Tell us what happened")
    await person.writes("My papers are good")
    await person.sees_button("📨 Send it")
    await restarted_after_a_kill(own_platform, own_people)
    await person.writes("until 2030")
    await person.sees_where(
        lambda m: "My papers are good" in words_of(m) and "until 2030" in words_of(m), what="both"
    )
    await act(person, ("🗑 Start over", "You can send one appeal"))
    await person.writes("All is well")
    await person.sees_button("📨 Send it")
    await act(person, ("📨 Send it", "Your appeal is being checked"))
    other = await colleague(own_people, "operator")
    await found(other, Frozen(case, by, number))
    await act(other, ("☀️ Lift", "Let "), ("It was a mistake", "They will read"),
              ("Yes, lift it", "lifted it"))  # fmt: skip
    await person.sees("You can work again")
