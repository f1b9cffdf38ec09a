"""Prices: changed at once inside the band, outside it staff decide; services added, paused, given up."""

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.applying import sees, working
from tests.e2e.staff import APPLICATIONS, OPERATOR, OWNER, act, colleague, desk_of, group, in_topic
from tests.e2e.test_booking import jpeg
from tests.platforms import Platform

pytestmark = pytest.mark.feature("P15")


async def opened(me: Person) -> None:
    """The price of the one service."""
    await me.writes("/prices")
    await act(me, ("Light fitting", "Another price?"))


async def asked(me: Person, price: str, note: str = "") -> None:
    """Staff are asked for a price outside the band."""
    await opened(me)
    await me.writes(price)
    await sees(me, "outside the usual range")
    if note:
        await me.writes(note)
        await sees(me, f"Why: {note}")
    await act(me, ("📨 Ask for", "is with our staff"))


async def its_card(chat: Person, me: Person, price: str) -> Message:
    return await chat.sees_where(
        lambda m: me.name in words_of(m) and f"→ {price}" in words_of(m), what="the card"
    )


async def test_inside_the_band_it_counts_at_once(people: People, platform: Platform) -> None:
    me = await working(people, await colleague(people, "operator"))
    await me.writes("/start")
    await act(me, ("💰 Income", "Withdrawn so far"))
    await act(me, ("🏷 Prices", "Light fitting · ¥60"), ("Light fitting", "Your price: ¥60"),
              ("+ ¥5", "¥60 → ¥65"), ("✅ Save ¥65", "Your price: ¥65"))  # fmt: skip
    for typed, price in (("七十", "¥70"), ("70.5元", "¥70.50"), ("¥ 71", "¥71")):
        await me.writes(typed)
        await sees(me, f"→ {price}")
        await sees(me, "It counts for new bookings at once")
    message, data = me.last["message_id"], me.data("✅ Save ¥71")
    for _ in range(2):  # saved twice is the same
        await me.taps_stale(message, data)
        await sees(me, "Your price: ¥71")
    sql = "SELECT s.price FROM skill s JOIN provider p ON p.id = s.provider_id WHERE p.name = ?"
    assert platform.rows(sql, me.name) == [(7100,)]


@pytest.mark.parametrize("typed", ["0", "-5", "999999", "1", "12.345"])
async def test_what_no_price_can_be_is_said_kindly(people: People, typed: str) -> None:
    me = await working(people, await colleague(people, "operator"))
    await opened(me)
    sent = await me.writes(typed)
    answer = await me.sees_where(lambda m: m["message_id"] > sent["message_id"], what="an answer")
    assert "→" not in words_of(answer)
    await me.writes("/prices")
    await sees(me, "Light fitting · ¥60")


@pytest.mark.feature("A8")
async def test_outside_the_band_staff_reject_with_a_reason_or_approve(
    people: People, platform: Platform
) -> None:
    chat, staff = await group(people, OPERATOR), await colleague(people, "operator")
    me = await working(people, staff)
    await asked(me, "200", "stairs everywhere")
    await sees(me, "Your price: ¥60")
    card = await its_card(chat, me, "¥200")
    assert card["message_thread_id"] == in_topic(chat, APPLICATIONS)
    await staff.writes("/prices", answered=False)
    seen = await act(staff, (me.name, "They say: stairs everywhere"))
    for said in ("Band: ¥40 to ¥120", "Nearby: ¥", "providers)", "¥60 → ¥200"):
        assert said in words_of(seen)
    await act(staff, ("I'll take it", f"taken by {staff.name}"),
              ("✖ Reject", "why?"), ("far above", "rejected"))  # fmt: skip
    await me.sees("¥200 was not accepted")
    await me.sees("It is far above what others nearby ask")
    await asked(me, "150")
    await staff.writes("/prices", answered=False)
    await act(staff, (me.name, "¥60 → ¥150"), ("✅ Approve ¥150", "approved"))
    await me.sees("¥150 counts from now on")
    await act(me, ("🏷 See price", "Your price: ¥150"))
    await sees(me, "Yours lies outside")
    acts = platform.rows(
        "SELECT reason FROM staff_act WHERE action = 'prices.decide' AND subject = ?",
        me.name,
    )
    assert len(acts) == 2


@pytest.mark.feature("A8")
async def test_taken_back_or_amended_the_old_card_decides_nothing(people: People) -> None:
    staff = await colleague(people, "operator")
    me = await working(people, staff)
    await asked(me, "200")
    await staff.writes("/prices", answered=False)
    await act(staff, (me.name, "¥60 → ¥200"))
    await asked(me, "180")
    await staff.taps("✅ Approve ¥200")
    await sees(staff, "¥60 → ¥180")
    assert "changed meanwhile" in staff.toast
    await act(me, ("Take the request back", "Your price: ¥60"))
    await staff.taps("✅ Approve ¥180")
    assert "taken back" in staff.toast
    await me.writes("/prices")
    await sees(me, "Light fitting · ¥60")
    assert "is with our staff" not in me.screen


@pytest.mark.feature("A8", "A1")
async def test_only_those_who_may_decide_on_prices(people: People) -> None:
    staff, support = await colleague(people, "operator"), await colleague(people, "support")
    me = await working(people, staff)
    await asked(me, "200")
    await support.writes("/prices", answered=False)
    await act(support, (me.name, "¥60 → ¥200"))
    await support.taps("✅ Approve ¥200")
    assert "role doesn't include" in support.toast
    await opened(me)
    await act(me, ("Take the request back", "Your price: ¥60"))


@pytest.mark.feature("A2")
async def test_a_service_is_added_and_its_certificate_looked_at(people: People) -> None:
    chat, staff = await group(people, OPERATOR), await colleague(people, "operator")
    me = await working(people, staff)
    await me.writes("add a service")
    await sees(me, "One more service")
    await me.writes("water heater")
    await act(me, ("Water heater", "📄 Needs: Gas"))
    await me.writes("5000")
    await sees(me, "Begin between")
    await act(me, ("¥", "What is its number?"))
    await me.writes("G-7788")
    await sees(me, "Until when is it valid?")
    await act(me, ("No end date", "Send a photo or a PDF"))
    await me.writes("later")
    await sees(me, "Please send a photo or a PDF.")
    await me.sends_photos(jpeg())
    await sees(me, "being checked")
    card = await chat.sees_where(lambda m: "G-7788" in words_of(m), what="the certificate")
    assert me.name in words_of(card)
    await act(chat, ("✔ 已认证", "✔ 已核验"))
    await me.sees("Gas appliance licence is confirmed")
    await act(me, ("🏷 Prices", "Water heater"))
    assert "being checked" not in me.screen


async def test_a_service_is_paused_offered_again_and_given_up(people: People) -> None:
    me = await working(people, await colleague(people, "operator"))
    await opened(me)
    await act(me, ("⏸ Pause", "⏸ paused"), ("▶️ Offer again", "⏸ Pause"),
              ("🗑 Remove", "Stop offering"))  # fmt: skip
    await me.taps("🗑 Yes, remove")
    assert "only service you offer" in me.toast
    await me.writes("加个服务")
    await me.writes("ironing")
    await act(me, ("Ironing", "What do you charge?"), ("¥", "Your price: ¥"),
              ("‹ Back", "Light fitting"), ("Light fitting", "Your price"),
              ("🗑 Remove", "Stop offering"), ("🗑 Yes, remove", "Ironing"))  # fmt: skip
    assert "Light fitting" not in me.screen
    old = me.last["message_id"]
    await me.writes("/start")
    await me.taps_stale(old, "prdropok:1")  # of a service that isn't there
    await sees(me, "Ironing")


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("change my price", "Your services and prices"), ("我想涨价", "Your services and prices"),
        ("Light fitting to 70", "¥60 → ¥70"), ("灯具安装改成七十", "¥60 → ¥70"),
        ("灯具安装涨价", "Your price: ¥60"), ("my prices", "Your services and prices"),
    ],
)  # fmt: skip
async def test_words_about_prices_find_the_screen(people: People, words: str, then: str) -> None:
    me = await working(people, await colleague(people, "operator"))
    await me.writes("/start")
    await me.writes(words)
    await sees(me, then)


async def test_who_only_applies_is_led_home(people: People) -> None:
    me = await people.person("Price Curious", roles=("provider",))
    await me.writes("/prices")
    await sees(me, "Apply now")
    await me.taps_stale(me.last["message_id"], "prgo:1:100")
    await sees(me, "Apply now")


@pytest.mark.feature("X2", "A8")
async def test_in_chinese(people: People) -> None:
    staff = await colleague(people, "operator")
    me = await working(people, staff)
    await me.writes("/language")
    await act(me, ("中文", "设置"))
    await me.writes("我要改价")
    await act(me, ("灯具安装", "您的价格：¥60"))
    await me.writes("两百块")
    await sees(me, "超出了常用价格范围")
    await me.writes("高空作业")
    await act(me, ("📨 申请 ¥200", "平台审核中"))
    await staff.writes("/prices", answered=False)
    await act(staff, (me.name, "They say: 高空作业"), ("✅ Approve ¥200", "approved"))
    await me.sees("¥200 已生效")


@pytest.mark.feature("A7")
async def test_a_narrower_band_leaves_prices_and_tells_their_owners(own_people: People) -> None:
    people = own_people
    owner = await desk_of(people, OWNER)
    me = await working(people, await colleague(people, "operator"))
    await opened(me)
    await me.writes("45")
    await act(me, ("✅ Save ¥45", "Your price: ¥45"))
    await owner.writes("/services", answered=False)
    await narrowed(owner)
    await me.sees("the usual range is ¥50 to ¥90 now")
    await act(me, ("🏷 See price", "Yours lies outside"))


async def narrowed(owner: Person) -> None:
    """The band of fitting lights becomes 50 to 90."""
    await act(owner, ("Appliance repair", "Living room"), ("Living room", "Light fitting"))
    await act(owner, ("Light fitting", "Price and pay"), ("Price and pay", "Price band"),
              ("Price band", "for example 80-200"))  # fmt: skip
    await owner.writes("50-90")
    await sees(owner, "¥50–¥90")
    await act(owner, ("Draft", "🚀 Publish"), ("🚀 Publish", "outside the new band"),
              ("✅ Yes, publish", "published"))  # fmt: skip
