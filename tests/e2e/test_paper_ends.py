"""A certificate that runs out: the provider hears it with a button to send the new one, the staff look at that."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.applying import sees, working
from tests.e2e.staff import APPLICATIONS, OPERATOR, act, colleague, group, in_topic, told
from tests.e2e.test_booking import jpeg
from tests.e2e.watching import Watch
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A2", "P15")
HOURS = 3600


async def until_morning(watch: Watch, people: People, who: Person) -> Message:
    """Whatever the clock shows now: within a day it is nine once, and then nobody sleeps."""
    for _ in range(6):
        await people.later(5 * HOURS)
        await watch.delivered()
        await who.refresh()
        for message in reversed(who.from_bot()):
            if "runs out in" in words_of(message):
                return message
    raise AssertionError("no warning within a day")


async def test_warned_renewed_from_the_letter_and_verified(
    own_people: People, own_platform: Platform
) -> None:
    watch = Watch(own_platform, own_people)
    staff, chat = await colleague(own_people, "operator"), await group(own_people, OPERATOR)
    me = await working(own_people, staff)
    day = own_platform.rows("SELECT date('now', '+20 days')")[0][0]
    paper = own_platform.rows(
        "SELECT c.id FROM certificate c JOIN provider p ON p.id = c.provider_id WHERE p.name = ?",
        me.name,
    )[0][0]  # fmt: skip
    await staff.taps_stale(staff.last["message_id"], f"ace:{paper}")
    await sees(staff, "Until which day")
    await staff.writes(day)
    await sees(staff, "only until")
    letter = await until_morning(watch, own_people, me)
    assert "Light fitting" in words_of(letter)
    await chat.sees_where(
        lambda m: (me.name in words_of(m) and "runs out soon" in words_of(m)) or ("run out soon" in words_of(m)
        and m.get("message_thread_id") == in_topic(chat, APPLICATIONS)), what="the staff know",
    )  # fmt: skip
    service = next(
        b["callback_data"] for row in letter["reply_markup"]["inline_keyboard"] for b in row
        if b["callback_data"].startswith("prpaper:")
    )  # fmt: skip
    await me.taps_stale(letter["message_id"], service)
    await sees(me, "What is its number?")
    await me.writes("E-9000")
    await sees(me, "Until when")
    await me.writes("2033-01-31")
    await sees(me, "Send a photo or a PDF")
    await me.sends_photos(jpeg())
    await sees(me, "the new one is being checked")
    new = own_platform.rows("SELECT id FROM certificate WHERE number = 'E-9000'")[0][0]
    await chat.sees_where(lambda m: "E-9000" in words_of(m), what="the card of the new one")
    await staff.taps_stale(staff.last["message_id"], f"acp:{new}")
    await act(staff, ("✔ Verified", "E-9000"))
    await me.sees_where(lambda m: "is confirmed" in words_of(m), what="news")
    assert "E-2231" not in told(staff.last), "the new one takes the place of the former"
