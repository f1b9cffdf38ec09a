"""Announcements over HTTP: written, aimed and sent in the staff chat, read, muted and opened by those they are for."""

import pytest

from bot.gateway.render import units
from tests.chat import Message, People, Person, words_of
from tests.e2e.announcing import drafted, sent
from tests.e2e.staff import act, colleague, told
from tests.e2e.test_booking import jpeg, settled

pytestmark = pytest.mark.feature("A11", "C24")


def has(person: Person, text: str) -> list[Message]:
    return [m for m in person.from_bot() if text in words_of(m)]


async def bar(staff: Person, text: str) -> Message:
    """The bar edits itself; nobody taps."""
    return await staff.sees_where(lambda m: text in told(m), what=text, timeout=40)


async def test_written_looked_at_sent_read_opened_corrected_and_taken_back(
    own_people: People,
) -> None:
    people = own_people  # everybody hears it, also people of other tests
    ann, bob, mia = [await settled(people) for _ in range(3)]
    await mia.taps_stale(mia.last["message_id"], "notice:news:off")
    await mia.sees_button("📣 News · 🚫 off")
    staff = await colleague(people, "operator")
    await staff.writes("/announce")
    await act(
        staff, ("✏️ New announcement", "No text yet."), ("✏️ Text", "In which language?"),
        ("English", "the text in English"),
    )  # fmt: skip
    bold = [{"type": "bold", "offset": 0, "length": 4}]
    await staff.sends(text="New: window cleaning <3", marks=bold)
    await staff.sees("⚠️ No Chinese text: they get the English one.")
    await act(staff, ("🖼 Photo", "Send the photo"))
    await staff.sends_photos(jpeg())
    await staff.sees("🖼 Photo: yes")
    await act(staff, ("🔘 Button", "What does its button open?"))
    await staff.writes("window cleaning")
    await act(staff, ("Window cleaning", "🔘 Button: Window cleaning"))
    await staff.sees("🔕 1 muted it")
    await act(staff, ("👀 Preview", "🎯 To: customers"))
    shown = staff.from_bot()[-2]
    assert "New: window cleaning <3" in words_of(shown)
    assert shown["photo"]
    await staff.taps("✨ Book now", on=shown)
    assert "only the preview" in staff.toast
    await act(staff, ("📣 Send it", "Send it?"), ("Yes, to 2 people", "being sent"))
    got = await ann.sees("New: window cleaning <3", timeout=30)
    [title, new] = got["caption_entities"]
    assert (new["type"], new["length"]) == ("bold", 4), "in front is the title, bold, too"
    assert title["offset"] < new["offset"] == units(got["caption"].split("New:")[0])
    assert ann.buttons == ["✨ Book now", "🔕 No more news"]
    await bob.sees("New: window cleaning", timeout=30)
    await bar(staff, "everybody has it")
    assert not has(await mia.refresh(), "New: window cleaning")
    await ann.taps("✨ Book now")
    await ann.sees("Window cleaning")
    assert has(ann, "New: window cleaning <3"), "it stays above what it opens"
    await ann.taps("🔕 No more news")
    await ann.sees("You won't get news any more")
    await ann.taps("↩️ Undo")
    await ann.sees_button("🔕 No more news")
    await staff.taps("‹ Back")
    await act(
        staff, ("🗂 Past ones", "✅ 2 got it"), ("New: window", "👆 1 tapped"), ("✏️ Correct it", "Which text"),
        ("English", "What is the right text"),
    )  # fmt: skip
    await staff.writes("New: carpets, too")
    await staff.sees("Correct it for everybody who got it?")
    await act(staff, ("Yes, correct it", "being corrected"))
    await bob.sees("New: carpets, too", timeout=30)
    assert not has(bob, "window cleaning")
    await bar(staff, "corrected")
    await act(staff, ("↩️ Take it back", "Take it back?"), ("Yes, take it back", "being taken back"))
    for one in (bob, ann):
        await one.sees_where(lambda _, one=one: not has(one, "New: carpets"), what="it gone")  # type: ignore[misc]
    await bar(staff, "taken back")
    await bob.writes("/news")
    await bob.sees("Nothing yet.")


async def test_an_offer_opens_the_very_deal_it_is_about(own_people: People) -> None:
    ann, staff = await settled(own_people), await colleague(own_people, "operator")
    await drafted(staff, {"English": "Half the summer is left."})
    await act(staff, ("🔘 Button", "What does its button open?"))
    name = staff.buttons[0].removesuffix("…")
    await act(staff, (name, "🔘 Button: 🎁"))
    await sent(staff)
    await ann.sees("Half the summer", timeout=30)
    await ann.taps("🎁 See the offer")
    await ann.sees(name.removeprefix("🎁 "))


async def test_scheduled_in_words_changed_paused_and_stopped(own_people: People) -> None:
    """To providers of the city: long enough under way to be paused, let go on and stopped."""
    people = own_people
    staff = await colleague(people, "operator")
    await drafted(staff, {"English": "Helmets, please", "Chinese": "请戴头盔"})
    await act(
        staff,
        ("🎯 To whom", "Who gets it?"),
        ("providers", "providers ✓"),
        ("✓ That's it", "🎯 To: providers"),
    )
    await act(staff, ("🕘 When", "When is it to go out?"))
    await staff.writes("gibberish")
    await staff.sees("Please name a time")
    await staff.writes("tomorrow 9am")
    await staff.sees("🕘 When: Tomorrow")
    await act(
        staff, ("🕘 Schedule it", "Send it?"), ("Yes, to ", "scheduled"), ("✏️ Change it", "🕘 When: Tomorrow"),
        ("🕘 When", "When is it to go out?"), ("At once", "🕘 When: at once"),
    )  # fmt: skip
    await sent(staff)
    await act(staff, ("⏸ Pause", "paused"))
    before = await _said(people)
    await act(staff, ("▶️ Go on", "being sent"))
    await until_more(people, before)
    await act(staff, ("⏹ Stop", "stopped"))
    stopped = await _said(people)
    await bar(staff, f"✅ {len(stopped)} got it")
    assert await _said(people) == stopped, "nobody after the stop"
    assert len(set(stopped)) == len(stopped), "nobody twice"


async def _said(people: People) -> list[int]:
    calls = await people.calls(method="sendMessage", bot="doorstep_provider_bot")
    return [
        int(call["params"]["chat_id"]) for call in calls
        if call["ok"] and ("Helmets" in str(call["params"]) or "头盔" in str(call["params"]))
    ]  # fmt: skip


async def until_more(people: People, before: list[int]) -> None:
    after = 0
    while len(await _said(people)) <= len(before):
        after = (await people.call("GET", f"/events/poll?after={after}&wait=0.3"))["seq"]
