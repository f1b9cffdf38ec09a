"""Nobody opens: the customer is warned in time, the provider may leave at last, and the customer may object."""

import pytest

from tests.chat import People, words_of
from tests.e2e.journey import SLOW, about, taps_about, with_verb
from tests.e2e.staff import OPERATOR, group, told
from tests.e2e.test_moving import booked, of_order, to
from tests.e2e.test_provider import reading_english
from tests.platforms import Platform


@pytest.mark.feature("P17", "C19")
async def test_at_a_closed_door_he_waits_tries_twice_and_may_leave(
    own_platform: Platform, own_people: People
) -> None:
    staff = await group(own_people, OPERATOR)
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    await to(own_people, own_platform, number, hours_before=0.1)
    await about(provider, number, lambda m: with_verb(m, "arrive") is not None, "the job")
    await taps_about(provider, number, "I'm here")
    await taps_about(provider, number, "Nobody opens")
    first = words_of(await provider.sees("Nobody opens?", timeout=SLOW))
    assert "0 of 2" in first
    assert "There is no call-out fee" in first, "nothing was paid beforehand, and that is said"
    await taps_about(provider, number, "I'm at the door")
    await provider.sees("1 of 2", timeout=SLOW)
    warned = words_of(await person.sees("is at your door, and nobody opens", timeout=SLOW))
    assert "Please open, or write, by" in warned
    assert "charged nothing" in warned
    await own_people.later(5 * 60)
    await taps_about(provider, number, "I called")
    waiting = await provider.sees("2 of 2", timeout=SLOW)
    assert "Leave" not in told(waiting), "the waiting is not over"
    await own_people.later(20 * 60)
    await taps_about(provider, number, "📞 I called")  # the screen as it is now
    await provider.sees_button("🚪 Leave", timeout=SLOW)
    await taps_about(provider, number, "🚪 Leave")
    left = await person.sees("waited at your door and has left", timeout=SLOW)
    assert "charged nothing" in words_of(left)
    assert of_order(own_platform, number, "state") == "cancelled"
    await person.taps("I was there", on=left)
    await person.sees("T", timeout=SLOW)
    await staff.refresh()
    [ticket] = own_platform.rows("SELECT kind, order_id FROM ticket")
    assert ticket[0] == "complaint"
    assert ticket[1] == of_order(own_platform, number, "id")
