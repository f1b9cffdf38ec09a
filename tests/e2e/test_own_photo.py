"""A new photo of somebody who works here: staff see it first, the former one stays meanwhile, the provider is told."""

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.applying import applied, sees, working
from tests.e2e.staff import APPLICATIONS, OPERATOR, act, colleague, group, in_topic
from tests.e2e.test_booking import jpeg
from tests.e2e.watching import until
from tests.platforms import Platform

pytestmark = pytest.mark.feature("P1", "A2")
ON_PAGE = "SELECT photo_id FROM provider WHERE name = ?"


async def sent(me: Person) -> None:
    await me.writes("/settings")
    await act(me, ("📷 My photo", "Customers see it on your page"))
    await me.sends_photos(jpeg())
    await sees(me, "Our staff have a quick look")


async def opened(staff: Person, me: Person) -> None:
    await staff.writes("/photos", answered=False)
    await act(staff, (me.name, "Until you decide"))


async def test_staff_reject_it_with_a_reason_or_approve_it(
    people: People, platform: Platform
) -> None:
    chat, staff = await group(people, OPERATOR), await colleague(people, "operator")
    me = await working(people, staff)
    [[first]] = platform.rows(ON_PAGE, me.name)
    await sent(me)
    files = await chat.sees_where(
        lambda m: me.name in words_of(m) and "先是新照片" in words_of(m), what="the photos"
    )
    assert files["message_thread_id"] == in_topic(chat, APPLICATIONS)
    assert files["has_protected_content"]
    await me.writes("/settings")
    page = await act(me, ("📷 My photo", "Our staff are looking at your new one"))
    await opened(staff, me)
    await act(staff, ("I'll take it", f"taken by {staff.name}"),
              ("✖ Reject", "why?"), ("Your face", "rejected"))  # fmt: skip
    await me.sees("Your new photo was not accepted")
    await me.sees("Your face can't be seen clearly")
    await me.sees_where(
        lambda m: m["message_id"] == page["message_id"] and "Send another one" in words_of(m),
        what="the page of before without the wait",
    )
    assert platform.rows(ON_PAGE, me.name) == [(first,)], "the page stays as it was"
    await act(me, ("📷 Send another", "Customers see it on your page"))
    await me.sends_photos(jpeg())
    await sees(me, "Our staff have a quick look")
    [[second]] = platform.rows(
        "SELECT file_id FROM portrait JOIN provider p ON p.id = portrait.provider_id"
        " WHERE p.name = ? AND portrait.state = 'sent'",
        me.name,
    )
    assert platform.rows(ON_PAGE, me.name) == [(first,)], "not before staff have seen it"
    await opened(staff, me)
    await act(staff, ("✅ Approve", "✅ approved"))
    await me.sees("Your new photo is on your page")
    assert platform.rows(ON_PAGE, me.name) == [(second,)]
    await until(
        lambda: not platform.rows("SELECT 1 FROM kept_file WHERE id = ?", first),
        lambda: platform.rows("SELECT id, owner_id FROM kept_file"), people,
    )  # fmt: skip
    acts = "SELECT reason FROM staff_act WHERE action = 'photos.decide' AND subject = ?"
    assert len(platform.rows(acts, me.name)) == 2


async def test_of_two_that_were_sent_only_the_last_is_decided_on_and_by_whom_it_may(
    people: People, platform: Platform
) -> None:
    staff, support = await colleague(people, "operator"), await colleague(people, "support")
    me = await working(people, staff)
    await sent(me)
    await opened(staff, me)
    await opened(support, me)
    await support.taps("✅ Approve")
    assert "role doesn't include" in support.toast
    old = (staff.last["message_id"], staff.data("✅ Approve"))
    await sent(me)
    await staff.taps_stale(*old)
    assert "changed meanwhile" in staff.toast
    await act(staff, ("✅ Approve", "✅ approved"))
    await me.sees("Your new photo is on your page")
    [[state, version]] = platform.rows(
        "SELECT s.state, s.version FROM portrait s JOIN provider p ON p.id = s.provider_id"
        " WHERE p.name = ?",
        me.name,
    )
    assert (state, version) == ("approved", 3)


async def test_before_one_works_there_is_no_page_to_change(people: People) -> None:
    me = await applied(people)
    await me.writes("/settings")
    await sees(me, "⚙️ Settings")
    await me.taps("📷 My photo")
    assert "as soon as you may take orders" in me.toast
    await sees(me, "⚙️ Settings")
