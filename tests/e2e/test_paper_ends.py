"""A certificate that runs out: the provider hears it with a button to send the new one, the staff look at that."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.chat import People, words_of
from tests.e2e.applying import sees, working
from tests.e2e.staff import APPLICATIONS, OPERATOR, act, colleague, group, in_topic, told
from tests.e2e.test_booking import jpeg
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A2", "P15")


async def the_next_look(platform: Platform, people: People) -> None:
    """The hour at which certificates are looked at, whatever the clock shows now."""
    due = platform.rows("SELECT due_at FROM timer WHERE kind = 'paper.day'")[0][0] / 1000
    await people.later(due - datetime.now(UTC).timestamp() + 60)


async def test_warned_renewed_from_the_letter_and_verified(
    own_people: People, own_platform: Platform
) -> None:
    staff, chat = await colleague(own_people, "operator"), await group(own_people, OPERATOR)
    me = await working(own_people, staff)
    day = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    paper = own_platform.rows(
        "SELECT c.id FROM certificate c JOIN provider p ON p.id = c.provider_id WHERE p.name = ?",
        me.name,
    )[0][0]  # fmt: skip
    await staff.taps_stale(staff.last["message_id"], f"ace:{paper}")
    await sees(staff, "Until which day")
    await staff.writes(day)
    await sees(staff, "only until")
    await the_next_look(own_platform, own_people)
    letter = await me.sees_where(
        lambda m: "runs out in" in words_of(m), what="the warning", timeout=60
    )
    assert "Light fitting" in words_of(letter)
    topic = in_topic(chat, APPLICATIONS)
    await chat.sees_where(
        lambda m: words_of(m).startswith("⚠️") and me.name in words_of(m)
        and m.get("message_thread_id") == topic, what="the staff know, too", timeout=60,
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
