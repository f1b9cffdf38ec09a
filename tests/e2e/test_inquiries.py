"""Staff ask an applicant, who answers in the chat; the application stays with them, the dossier keeps both."""

from pathlib import Path

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.applying import applied, sees
from tests.e2e.staff import (
    APPLICATIONS,
    DESK,
    OPERATOR,
    OWNER,
    act,
    colleague,
    group,
    in_topic,
    told,
)
from tests.e2e.test_booking import jpeg
from tests.platforms import Platform

pytestmark = pytest.mark.feature("A2", "P1")
SENT = ("sendMediaGroup", "sendDocument", "sendPhoto")
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
QUESTION = "Could you send a photo of work you have done?"


async def opened(staff: Person, me: Person) -> Message:
    await staff.writes("/applications", answered=False)
    return await act(staff, (me.name, "E-2231"))


async def asked(staff: Person, me: Person, own: str = "") -> None:
    """A ready question, or an own one."""
    await opened(staff, me)
    await act(staff, ("❓ Ask a question", "like to know"))
    if own:
        await staff.writes(own)
        await sees(staff, own)
    else:
        await act(staff, ("Could you send a photo", QUESTION))
    await act(staff, ("Ask", "The answer comes"))


async def test_asked_and_answered_with_words_and_pictures_the_application_stays(
    people: People, platform: Platform, tmp_path: Path
) -> None:
    chat, staff = await group(people, OPERATOR), await colleague(people, "operator")
    me = await applied(people)
    await asked(staff, me)
    await asked(staff, me, "Do you speak <b>English</b>?")
    await me.sees_where(lambda m: "Do you speak <b>English</b>?" in words_of(m), what="a letter")
    await me.writes("/start")
    await sees(me, "2 questions wait for your answer")
    await act(me, ("Could you send a photo", "Just send your answer"))
    await me.sends_sticker("👍")
    await sees(me, "I can only take words")
    await me.writes("Two kitchens last year")
    await sees(me, "Our staff have it")
    await me.sends_photos(jpeg(), jpeg(), caption="Before and after")
    await sees(me, "📎 2 files")
    await sees(me, "You can add to it")
    await me.writes("/start")
    await sees(me, "1 question waits for your answer")
    await act(me, ("Do you speak", "Just send your answer"))
    paper = tmp_path / "course.pdf"
    paper.write_bytes(PDF)
    await me.sends_photos(paper, kind="document")
    await sees(me, "📎 1 file")
    await me.writes("/start")
    await sees(me, "There is nothing to do now")
    news = await chat.sees_where(
        lambda m: "Two kitchens last year" in words_of(m) and "Before and after" in words_of(m)
        and m.get("message_thread_id") == in_topic(chat, APPLICATIONS), what="the answer",
    )  # fmt: skip
    assert staff.name in words_of(news)
    card = words_of(await opened(staff, me))
    for part in ("🟡 to be decided", f"❓ {staff.name},", QUESTION, "💬", "Two kitchens last year",
                 "Do you speak <b>English</b>?", "📎 1 file"):  # fmt: skip
        assert part in card, card
    sent = await people.calls(bot="doorstep_staff_bot")
    here = str(in_topic(chat, APPLICATIONS))  # other topics have pictures that are no secret
    files = [
        c for c in sent
        if c["method"] in SENT and str(c["params"].get("message_thread_id")) == here
    ]  # fmt: skip
    assert files
    assert all(str(c["params"].get("protect_content")).lower() == "true" for c in files)
    sql = "SELECT i.files FROM inquiry i JOIN provider p ON p.id = i.provider_id WHERE p.name = ?"
    assert len(platform.rows(sql, me.name)) == 2


async def test_answered_from_the_letter_and_by_reply_and_what_is_decided_needs_no_answer(
    people: People,
) -> None:
    staff, other = [await colleague(people, "operator") for _ in range(2)]
    me = await applied(people)
    await asked(staff, me)
    letter = await me.sees("have a question about your application")
    await me.taps("✍️ Answer")
    await sees(me, "Just send your answer")
    await asked(staff, me, "Since when?")
    letter = await me.sees_where(
        lambda m: "Since when?" in words_of(m) and "have a question" in words_of(m), what="letter"
    )
    await me.writes("Since 2019", reply_to=letter)
    await sees(me, "Our staff have it")
    assert "Since 2019" in told(await opened(staff, me))
    await asked(staff, me, "Own van?")
    letter = await me.sees_where(
        lambda m: "Own van?" in words_of(m) and "have a question" in words_of(m), what="letter"
    )
    await opened(other, me)
    await act(other, ("❓ Ask a question", f"{staff.name} has it in hand"))
    await opened(staff, me)
    await act(staff, ("✅ Approve", "Yes, approve"), ("Yes, approve", "✅ approved"))
    await me.sees_where(lambda m: "needs no answer any more" in words_of(m), what="the line")
    await me.taps_stale(me.last["message_id"], f"iqa:{letter_id(letter)}")
    await sees(me, "needs no answer any more")


def letter_id(letter: Message) -> str:
    """Of the question that the letter's button answers."""
    rows = letter["reply_markup"]["inline_keyboard"]
    return next(b["callback_data"] for row in rows for b in row if "iqa:" in b["callback_data"])[4:]


async def test_nobody_answers_for_another_and_nobody_of_old_reads_the_papers(
    people: People,
) -> None:
    """A button of somebody else's question, a colleague who was removed, a stranger's chat."""
    staff, gone = await colleague(people, "operator"), await colleague(people, "operator")
    me, other = await applied(people), await applied(people)
    await asked(staff, me)
    letter = await me.sees("have a question about your application")
    await other.taps_stale(other.last["message_id"], f"iqa:{letter_id(letter)}")
    assert QUESTION not in told(other.last)
    await opened(gone, me)
    documents = gone.data("📎 Documents")
    owner = (await people.known(OWNER)).with_bot(DESK)
    await owner.writes("/staff", answered=False)
    await owner.sees_where(lambda m: "👥" in words_of(m), what="the staff")
    await owner.taps_stale(owner.last["message_id"], f"sdy:{gone.id}")
    await people.later(1)
    stranger = (await people.person("No Staff", roles=("provider",))).with_bot(DESK)
    await stranger.writes("/start")
    calls = len(await people.calls(bot="doorstep_staff_bot"))
    for who in (gone, stranger):
        await who.taps_stale(who.last["message_id"], documents)
        assert who.toast
        assert "E-2231" not in told(who.last) or who is gone
    after = (await people.calls(bot="doorstep_staff_bot"))[calls:]
    chats = {str(gone.id), str(stranger.id), str(gone.chat_id), str(stranger.chat_id)}
    assert not [c for c in after if c["method"] in SENT and str(c["params"]["chat_id"]) in chats]
