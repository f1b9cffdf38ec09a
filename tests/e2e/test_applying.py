"""Applying with all that people do in between: leaving, coming back, sending the wrong thing, changing their mind."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.applying import ANSWERS, answers, applied, filled, newcomer, sees
from tests.e2e.journey import presses
from tests.e2e.staff import NAMES, act, colleague, told
from tests.e2e.test_booking import jpeg
from tests.e2e.watching import restarted_after_a_kill, watched
from tests.platforms import Platform

pytestmark = pytest.mark.feature("P1")

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
LOCKED = PDF.replace(b"<<>>\n%%EOF", b"<< /Encrypt 5 0 R >>\n%%EOF")
# After these a part is still open, so coming back leads to the part, not into the middle of it.
OPENS = {
    "What do you charge?": "What do you offer", "Light fitting": "What do you offer",
    "Light fitting · ¥60": "How many years", "A few words about you": "Electrician licence",
    "number": "Electrician licence", "Until when": "Electrician licence",
    "Send a photo or a PDF": "Electrician licence", "How far do you go": "When do you work?",
    "Done ▶": "Where do you set out from?",
}  # fmt: skip


async def test_it_can_be_left_and_gone_on_with_at_every_step(people: People) -> None:
    me = await newcomer(people)
    for one in ANSWERS[:-1]:
        await one.act(me)
        await sees(me, one.then)
        left = me.last["message_id"]
        await me.writes("/start")
        await sees(me, "Everything you told us is saved")
        await me.taps("▶️ Go on")
        await sees(me, OPENS.get(one.then, one.then))
        await me.taps_stale(left, "home")  # a button of the step that was left
        await sees(me, "Everything you told us is saved")
        await back_to(me, one.then)
    await ANSWERS[-1].act(me)
    await sees(me, "Is everything right?")


async def back_to(me: Person, question: str) -> None:
    """To the very question that was left, by the way a person would go."""
    await me.taps("▶️ Go on")
    ways = {
        "Light fitting": ["light fitting"], "What do you charge?": ["light fitting", "tap:Light"],
        "number": ["tap:Electrician"], "Until when": ["tap:Electrician"],
        "Send a photo or a PDF": ["tap:Electrician"],
    }  # fmt: skip
    for way in ways.get(question, ()):
        await (me.taps(way[4:]) if way.startswith("tap:") else me.writes(way))
    jumps = {
        "A few words about you": "apart:bio", "Light fitting · ¥60": "apart:services",
        "Done ▶": "apart:papers", "How far do you go": "apart:area",
    }  # fmt: skip
    if question in jumps:
        await me.taps_stale(me.last["message_id"], jumps[question])
    if question == "How far do you go":
        await me.writes("People's Square")
    await sees(me, question)


async def test_nothing_is_lost_over_a_restart(own_people: People, own_platform: Platform) -> None:
    me = await newcomer(own_people)
    await answers(me, until="Until when")
    await restarted_after_a_kill(own_platform, own_people)
    await answers(me, after="Until when")
    await sees(me, "E-2231")


WRONG: dict[str, Callable[[Person], Awaitable[Any]]] = {
    "sticker": lambda me: me.sends_sticker("🙂"),
    "poll": lambda me: me.sends(poll={"question": "Up?", "options": ["yes", "no"]}),
    "voice": lambda me: me.sends_photos(b"OggS" + bytes(500), kind="voice"),
}
QUESTIONS = (
    "Step 1 of 9", "Your phone number", "Send a photo of yourself", "What do you offer",
    "What do you charge?", "How many years", "A few words about you", "Electrician licence",
    "number", "Until when", "Send a photo or a PDF", "Where do you set out from?",
    "How far do you go", "When do you work?",
)  # fmt: skip


async def test_what_is_no_answer_is_said_so_and_asked_again(
    people: People, platform: Platform
) -> None:
    async with watched(platform, people):
        me = await newcomer(people)
        for one in ANSWERS:
            await one.act(me)
            await sees(me, one.then)
            for send in WRONG.values() if one.then in QUESTIONS else ():
                sent = me.last["message_id"]
                await send(me)
                await me.sees_where(
                    lambda m, sent=sent, then=one.then: m["message_id"] > sent and then in told(m),  # type: ignore[misc]
                    what=f"{one.then} again",
                )
        await me.taps("✏️ Change")
        await me.taps("About you")
        await sees(me, "Now: I fix things")


async def test_papers_come_as_photo_or_pdf_and_bad_ones_are_told_why(
    people: People, tmp_path: Path
) -> None:
    files = {
        "broken.pdf": (PDF[:20], "We couldn't open that PDF"),
        "locked.pdf": (LOCKED, "That PDF has a password"),
        "photo.heic": (bytes(4) + b"ftypheic" + bytes(99), "HEIC"),
        "huge.pdf": (PDF[:9] + bytes(11 << 20) + PDF[9:], "too large"),
        "notes.txt": (b"hello", "Please send a photo or a PDF"),
    }
    me = await newcomer(people)
    await answers(me, until="Send a photo or a PDF")
    for name, (content, said) in files.items():
        (tmp_path / name).write_bytes(content)
        await me.sends_photos(tmp_path / name, kind="document")
        await sees(me, said)
        await sees(me, "Send a photo or a PDF of it")
    (tmp_path / "licence.pdf").write_bytes(PDF)
    await me.sends_photos(tmp_path / "licence.pdf", kind="document")
    await answers(me, after="Done ▶")
    await me.taps("📨 Send")
    await sees(me, "We are looking at your application")
    staff = await colleague(people, "operator")
    await staff.writes("/applications", answered=False)
    await act(staff, (me.name, "E-2231"))
    await staff.taps("📎 Documents")
    await staff.sees_where(lambda m: "Photo and papers of" in words_of(m), what="the files")
    kinds = [m["document"]["file_name"] for m in staff.messages() if "document" in m]
    assert any(name.endswith(".pdf") for name in kinds), kinds


async def test_an_album_is_one_answer(people: People) -> None:
    me = await newcomer(people)
    await answers(me, until="Send a photo of yourself")
    await me.sends_photos(jpeg(), jpeg(), jpeg())
    await sees(me, "What do you offer")
    await me.writes("light fitting")
    await sees(me, "Is it one of these?")
    assert "I don't know a service" not in "".join(words_of(m) for m in me.from_bot())


@pytest.mark.parametrize(
    "day", ["20310531", "31 May 2031", "2031年5月", "31/05/2031", "二〇三一年五月三十一日"]
)
async def test_a_last_day_in_any_spelling(people: People, day: str) -> None:
    me = await newcomer(people)
    await answers(me, until="Until when")
    await me.writes("31.02.2031")
    await sees(me, "I can't read that day")
    await me.writes("2019-01-31")
    await sees(me, "Jan 31, 2019 is over")
    await me.writes(day)
    await sees(me, "Valid until: May 31, 2031")


async def test_a_paper_is_seen_and_changed_answer_by_answer(people: People) -> None:
    me = await filled(people)
    await act(me, ("✏️ Change", "About you"), ("More ▶", "Certificates"),
              ("Certificates", "You have all you need"),
              ("Electrician", "E-2231"), ("✏️ Number", "Now: E-2231"))  # fmt: skip
    await me.writes("E-9999")
    await sees(me, "You have all you need")
    await act(me, ("Electrician", "E-9999"), ("🗓 Valid until", "No end date"))
    await me.writes("长期")
    await act(me, ("Electrician", "Valid until: no end date"))
    await me.taps("🗑 Remove")
    await sees(me, "without them you get no orders")


async def test_a_service_without_papers_asks_for_none_and_counts_no_step_for_them(
    people: People,
) -> None:
    me = await newcomer(people)
    await answers(me, until="What do you offer")
    await me.writes("ironing")
    await act(me, ("Ironing", "What do you charge?"))
    assert "📄 Needs" not in me.screen
    low = next(label for label in me.buttons if label.startswith("¥"))
    await act(me, (low, "Step 4 of 8"), ("Done ▶", "Step 5 of 8 · Experience"), ("5", "A few words"),
              ("Skip", "Step 7 of 8 · Area"), ("‹ Back", "Step 6 of 8 · About you"))  # fmt: skip
    await me.writes("/start")
    await sees(me, "6 of 8 answered")
    await act(me, ("👁 See all answers", "Still missing"), ("✏️ Change", "➕ About you"),
              ("More ▶", "➕ Certificates"))  # fmt: skip
    assert "▫️ Area" in me.buttons


async def test_only_the_own_number_and_nobody_elses(people: People) -> None:
    other = await applied(people)
    me = await newcomer(people)
    await answers(me, until="Your phone number")
    await me.shares_contact({"phone_number": "+8613900000000", "first_name": "Li", "user_id": 77})
    await sees(me, "That's somebody else's number")
    await me.writes("call me")
    await sees(me, "Your phone number")
    await me.writes("12")
    await sees(me, "doesn't look like a phone number")
    await me.writes(other.phone.removeprefix("+"))
    await sees(me, "Another provider here has this number")
    await me.writes(f"+49 170 55{next(NAMES):05d}")
    await answers(me, after="Send a photo of yourself")
    await me.taps("📨 Send")
    staff = await colleague(people, "operator")
    await staff.writes("/applications", answered=False)
    await act(staff, (me.name, "typed, not confirmed by Telegram"))


async def test_prices_years_way_and_hours_as_people_type_them(people: People) -> None:
    me = await newcomer(people)
    await answers(me, until="What do you charge?")
    await sees(me, "📄 Needs: Electrician licence")
    await me.writes("99999")
    await sees(me, "For now it must be between")
    await me.writes("一百二")
    await sees(me, "Light fitting · ¥120")
    await me.taps("Done ▶")
    await me.writes("十五年")
    await answers(me, after="A few words about you", until="Where do you set out from?")
    await me.shares_location("People's Square")
    await sees(me, "How far do you go")
    await me.writes("far")
    await sees(me, "Please send a distance")
    await me.writes("8.5 公里")
    await sees(me, "When do you work?")
    await me.writes("whenever")
    await sees(me, "I can't read that")
    await me.writes("Mon-Fri 9-18, Sat 10-16")
    await sees(me, "Is everything right?")
    for said in ("15 years", "Mon–Fri 09:00–18:00", "Sat 10:00–16:00", "¥120"):
        await sees(me, said)


async def test_a_way_too_long_is_asked_again_and_the_summary_shows_what_was_sent(
    people: People,
) -> None:
    me = await newcomer(people)
    await answers(me, until="How far do you go")
    for typed in ("80 km", "500 m", "120", "far away"):
        sent = await me.writes(typed)
        seen = await me.sees_where(
            lambda m, sent=sent: m["message_id"] > sent["message_id"] and "How far" in words_of(m),
            what="the question",
        )  # fmt: skip
        assert "between 1 and 50 km" in words_of(seen) or "for example 8 km" in words_of(seen)
        assert "People's Square" in words_of(seen)
    await me.writes("12.5 km")
    await sees(me, "When do you work?")
    await act(me, ("Mon–Sat 9–18", "Is everything right?"))
    assert "photo" in me.last
    assert "until May 31, 2031" in me.screen
    await act(
        me, ("📎 Certificates (1)", "as our staff see them"), ("‹ Back", "Is everything right?")
    )
    await act(me, ("📨 Send", "We are looking"), ("👁 What I sent", "E-2231"))
    assert "photo" in me.last


async def test_many_services_are_paged_and_each_can_be_opened(people: People) -> None:
    me = await newcomer(people)
    await answers(me, until="What do you offer")
    wanted = ("Ironing", "Dog walking", "Drain unblocking", "Furniture assembly", "Facial")
    for name in wanted:
        await me.writes(name.lower())
        await act(me, (name, "What do you charge?"))
        await act(me, ("¥", f"{name} · ¥" if name != wanted[-1] else "2/2"))
    await act(me, ("◀", "1/2"), ("Ironing", "Now: ¥"))


@pytest.mark.feature("A2")
async def test_sent_twice_is_one_application(people: People, platform: Platform) -> None:
    me = await filled(people)
    message, data = me.last["message_id"], me.data("📨 Send")
    await asyncio.gather(*(me.taps_stale(message, data) for _ in range(3)))
    await sees(me, "We are looking at your application")
    sql = (
        "SELECT count(*) FROM outbox JOIN provider ON provider.id = outbox.subject"
        " WHERE outbox.kind = 'application' AND provider.name = ?"
    )
    assert platform.rows(sql, me.name)[0][0] == 1
    old = {"apart:name": "", "ahours:daily": "", "arad:3000": "", "acats:0": "", "apap:gas": ""}
    for button in old:  # what was sent is changed by no old button
        await me.taps_stale(message, button)
        await sees(me, "We are looking at your application")
    await me.taps("👁 What I sent")
    await sees(me, "10 km around")
    await sees(me, "Mon–Sat")


@pytest.mark.feature("A2")
async def test_taken_back_changed_and_sent_again(people: People) -> None:
    me, staff = await applied(people), await colleague(people, "operator")
    await staff.writes("/applications", answered=False)
    await act(staff, (me.name, "E-2231"), ("✅ Approve", "Yes, approve"))
    await act(me, ("↩️ Take it back", "kept"), ("Yes, take it back", "Go on"))
    await staff.taps("Yes, approve")
    assert "being filled in" in staff.toast
    await act(me, ("▶️ Go on", "Is everything right?"), ("✏️ Change", "Experience"),
              ("Experience", "5 years"), ("10", "10 years"), ("📨 Send", "We are looking at"))  # fmt: skip
    await staff.writes("/applications", answered=False)
    waits = await me.sees("We are looking at your application")
    await act(staff, (me.name, "10 years"), ("✅ Approve", "Yes, approve"),
              ("Yes, approve", "✅ approved"))  # fmt: skip
    await me.sees("You're approved.")
    over = await me.sees_where(
        lambda m: m["message_id"] == waits["message_id"] and "The answer is below" in words_of(m),
        what="the screen that said to wait",
    )
    assert not presses(over), "nothing to take back any more"


@pytest.mark.feature("A2")
async def test_sent_back_for_several_parts_each_with_its_button(people: People) -> None:
    me, staff = await applied(people), await colleague(people, "operator")
    await staff.writes("/applications", answered=False)
    await act(staff, (me.name, "E-2231"), ("✏️ Send back", "mend"), ("Photo", "✅ Photo"),
              ("Hours", "✅ Hours"), ("Next ▶", "working hours"), ("Send", "↩️ sent back"))  # fmt: skip
    await me.sees("Please send a clear photo of your face. Please check your working hours.")
    await act(me, ("👁 See all answers", "Still to mend"))
    assert "photo" in me.last, "what was sent is seen again"
    await act(me, ("📎 Certificates (1)", "as our staff see them"), ("‹ Back", "Still to mend"),
              ("🏠 Home", "Something needs fixing"),
              ("✏️ Fix: Photo", "Send a photo of yourself"))  # fmt: skip
    await me.sends_photos(jpeg())
    await sees(me, "When do you work?")
    await me.writes("/start")
    await sees(me, "✏️ Fix: Working hours")
    assert not any("Photo" in label for label in me.buttons)
    await act(me, ("✏️ Fix: Working hours", "Keep and go on"),
              ("Every day 8–20", "Is everything right?"), ("📨 Send", "We are looking at"))  # fmt: skip


@pytest.mark.feature("X2")
async def test_in_chinese_from_the_first_word_to_the_last(people: People) -> None:
    me = await people.person(f"申请人{next(NAMES)}", roles=("provider",), language="zh-hans")
    await me.writes("/start")
    await act(me, ("申请", "第 1/9 步"), ("用“", "手机号"))
    await me.shares_contact()
    await me.sends_photos(jpeg())
    await me.writes("安装灯具")
    await sees(me, "📄")
    await me.taps("灯")
    await me.writes("一百二十块")
    await sees(me, "120")
    await act(me, ("完成", "年"))
    await me.writes("五年")
    await me.writes("做了很多年电工，认真负责")
    await act(me, ("电工", "编号"))
    await me.writes("电-2231")
    await me.writes("2031年5月31日")
    await sees(me, "有效期至：2031年5月31日")
    await me.sends_photos(jpeg())
    await sees(me, "完成")
    await me.taps("完成")
    await me.writes("人民广场")
    await sees(me, "人民广场")
    await me.writes("八公里")
    await me.writes("周一到周五9点到18点，周六10点到16点")
    await sees(me, "提交")
    assert "周一" in me.screen
