"""Extra work over HTTP: the provider writes it line by line, the customer asks, approves or refuses, and pays."""

import asyncio
import re
from dataclasses import dataclass
from functools import partial

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.journey import accepts, taps_about
from tests.e2e.staff import act, colleague, opened
from tests.e2e.test_booking import Taps, jpeg, listed, number_of, settled
from tests.e2e.test_job_photos import code_on, order_of, speaking
from tests.e2e.test_story import EN, ZH, Lines, booked, pays
from tests.platforms import Platform


@dataclass(frozen=True)
class Say:
    """One visit with extra work, in the words of one language."""

    story: Lines
    language: str
    labels: tuple[str, ...]
    code: str
    typed: str
    line: str
    open_: str
    ready: str
    more: str
    cut: str
    second: str
    missing: str
    reason: str
    because: str
    plain_reason: str
    noted: str
    why: str
    send: str
    no_photo: str
    waits: str
    proposes: str
    ask: str
    what: str
    question: str
    reply: str
    answer: str
    approve: str
    approved: str
    total: str
    go: str
    pay: str
    pay_page: str
    finish: tuple[str, ...]
    done: str


IN_ENGLISH = Say(
    story=EN, language="English", labels=("On the way", "I'm here", "Start with code"),
    code="four digits", typed="capacitor 80 x2", line="1. capacitor ×2 — ¥160",
    open_="➕ Extra work or parts", ready="Ready-made lines", more="¥", cut="Remove a line",
    second="🗑 2.", missing="still missing", reason="📝 Reason",
    because="Worn-out part",
    plain_reason="The old one is swollen and leaks", noted="Noted as the reason",
    why="A part is worn out", send="Ask the customer", no_photo="First send 1 photo",
    waits="The customer is asked",
    proposes="proposes extra work", ask="❓ Ask", what="What would you like to know",
    question="Can the old one stay?", reply="💬 Answer", answer="No, it is leaking.",
    approve="Approve +¥160", approved="You approved ¥160", total="New total", go="Approved: +¥160",
    pay="by link", pay_page="payment page", finish=("🏁 Finish", "Yes, done"),
    done="Completed",
)  # fmt: skip
IN_CHINESE = Say(
    story=ZH, language="中文", labels=("出发", "我到了", "输码开工"), code="服务码",
    typed="换电容 80 x2", line="1. 换电容 ×2 — ¥160", open_="➕ 提加项", ready="常用项目", more="¥",
    cut="删一项", second="🗑 2.", missing="还没", reason="📝 原因", because="零件坏了",
    plain_reason="电容鼓包了，漏电", noted="已记为原因",
    why="零件坏了", send="发给客户", no_photo="请先发 1 张",
    waits="已发给客户", proposes="提出加项", ask="问一问", what="想问师傅什么",
    question="旧的不能用了吗？", reply="💬 回复", answer="漏电了，不能用。", approve="同意 +¥160",
    approved="您同意了 ¥160", total="新合计", go="客户已同意：+¥160", pay="在线支付",
    pay_page="付款页面", finish=("完工", "干完了"), done="已完成",
)  # fmt: skip


async def at_work(people: People, say: Say) -> tuple[Person, Person, str]:
    """(customer, provider, number) of a visit paid by card, with the work begun."""
    anna, name, number = await booked(people, say.story)
    wang = await speaking(people, name, say.language)
    await pays(anna, say.story)
    await accepts(wang, number)
    for label in say.labels:
        await taps_about(wang, number, label)
    await wang.sees(say.code)
    await anna.sees(say.story.arrived)
    await wang.writes(code_on(anna))
    await wang.sees_button(say.open_)
    return anna, wang, number


async def proposed(wang: Person, number: str, say: Say) -> None:
    """The proposal is with the customer."""
    await taps_about(wang, number, say.open_)
    await wang.writes(say.typed)
    await wang.sees(say.line)
    await wang.sends_photos(jpeg())
    await wang.sees_where(lambda m: "(1)" in str(m.get("reply_markup", "")), what="the photo")
    await wang.taps(say.reason)
    await wang.taps(say.because)
    await wang.sees(say.why)
    await wang.taps(say.send)
    await wang.sees(say.waits)


@pytest.mark.feature("C16", "X2")
@pytest.mark.parametrize("say", [IN_ENGLISH, IN_CHINESE], ids=["en", "zh"])
async def test_extra_work_is_proposed_asked_about_approved_and_paid(
    people: People, platform: Platform, say: Say
) -> None:
    anna, wang, number = await at_work(people, say)
    await taps_about(wang, number, say.open_)
    await wang.writes("??")
    await wang.sees("??")
    await wang.writes(say.plain_reason)
    await wang.sees(say.plain_reason)  # nothing to be explained yet
    await wang.writes(say.typed)
    await wang.sees(say.line)
    assert say.missing in wang.screen
    await wang.writes(say.plain_reason)
    await wang.sees(say.noted)
    assert f"📝 {say.plain_reason}" in wang.screen
    await wang.taps(say.ready)
    await wang.sees_button(say.more)
    await wang.taps(say.more)
    await wang.sees("2. ")
    await wang.taps(say.cut)
    await wang.taps(say.second)
    await wang.sees_where(lambda m: say.line in words_of(m) and "2. " not in words_of(m))
    await wang.taps(say.reason)
    await wang.taps(say.because)
    await wang.taps(say.send)
    assert say.no_photo in wang.toast
    await wang.sends_photos(jpeg())
    await wang.sees_where(lambda m: "(1)" in str(m.get("reply_markup", "")), what="the photo")
    await wang.taps(say.send)
    await wang.sees(say.waits)

    # The customer sees what, why and how much it becomes, asks, and decides with one tap.
    card = await anna.sees_button(say.approve)
    assert say.proposes in words_of(card)
    assert say.why in words_of(card)
    assert any("photo" in m for m in anna.from_bot())
    yes = anna.data(say.approve)
    await anna.taps(say.ask)
    await anna.sees(say.what)
    await anna.writes(say.question)
    await wang.sees(say.question)
    first = (await anna.sees_button(say.approve))["message_id"]
    await wang.taps(say.reply)
    await wang.writes(say.answer)
    card = await anna.sees_where(
        lambda m: say.answer in words_of(m) and say.approve in str(m), what="the answer"
    )
    await anna.sees_where(
        lambda m: m["message_id"] == first and words_of(m).startswith("⬇️"), what="only one is live"
    )
    await anna.taps(say.approve, on=card)
    await anna.sees(say.approved)
    await wang.sees(say.go)
    order = order_of(anna, "payrest")[1]
    [(total, extra)] = platform.rows(
        "SELECT total, extra_total FROM orders WHERE id = ?", int(order)
    )
    assert extra == 16_000
    assert platform.rows("SELECT minutes FROM orders WHERE id = ?", int(order)) == [(90,)]
    await anna.taps_stale(card["message_id"], yes)
    assert not anna.alert
    assert platform.rows("SELECT total FROM orders WHERE id = ?", int(order)) == [(total,)]

    # The deposit came by card, so what is left now can be paid by link, too.
    await anna.taps(say.pay)
    await anna.sees_button(say.pay_page)
    await pays(anna, say.story)
    await wang.sees_where(lambda m: "💳" in words_of(m), what="what was paid by link")
    for label in say.finish:
        await taps_about(wang, number, label)
    await anna.sees_button(say.story.rate)
    assert platform.rows("SELECT state, paid FROM orders WHERE id = ?", int(order)) == [
        ("closed", total)
    ]


@pytest.mark.feature("C16", "C12")
async def test_once_cash_is_spoken_of_what_was_agreed_offers_no_link_any_more(
    people: People,
) -> None:
    say = IN_ENGLISH
    anna, wang, number = await at_work(people, say)
    await proposed(wang, number, say)
    await anna.taps(say.approve)
    await anna.sees_button(say.pay)
    for label in (*say.finish, "Received ¥"):
        await taps_about(wang, number, label)
    await anna.sees_where(
        lambda m: say.approved in words_of(m) and say.pay not in str(m.get("reply_markup", "")),
        what="what was agreed, without a link to pay by",
    )


async def door(people: People) -> tuple[Person, Person, str, str]:
    """(customer, provider, number, order) of a visit that is paid on site; the provider stands at the door."""
    anna = await settled(people)
    tap = await listed(anna)
    found = re.search(r"1\. (\S+)", anna.screen)
    assert found, anna.shown()
    wang = await speaking(people, found[1], "English")
    await tap("⚡", "Which door exactly?")
    await anna.writes("12 Nanjing Rd, building 3, flat 502")
    await anna.sees("Total")
    await Taps(anna)("Payment", "How would you like to pay?")
    await Taps(anna)("Pay on site", "You pay")
    await Taps(anna)("Confirm", "Waiting for the provider")
    number = number_of(anna)
    await accepts(wang, number)
    for label in ("On the way", "I'm here"):
        await taps_about(wang, number, label)
    await wang.sees_button("➕ Extra work or parts")
    return anna, wang, number, order_of(wang, "extra")[1]


@pytest.mark.feature("C16", "C12")
async def test_a_refused_or_withdrawn_proposal_adds_nothing_and_old_buttons_say_so(
    people: People, platform: Platform
) -> None:
    anna, wang, number, order = await door(people)
    bill = partial(platform.rows, "SELECT total FROM orders WHERE id = ?", int(order))
    before = bill()
    await proposed(wang, number, IN_ENGLISH)
    card = await anna.sees_button("Approve +¥160")
    yes = anna.data("Approve +¥160")
    await wang.taps("Take back and change")
    await wang.sees_button("Ask the customer")
    await anna.sees("The provider took this proposal back")
    await anna.taps_stale(card["message_id"], yes)
    assert anna.alert
    assert bill() == before

    await wang.taps("Ask the customer")
    card = await anna.sees_button("Refuse")
    again = anna.data("Approve +¥160")
    assert again != yes
    refusal = anna.data("✖ Refuse")
    taps = [again, refusal, refusal, again, refusal]
    first = anna.taps_stale(card["message_id"], refusal)
    await asyncio.gather(first)
    await asyncio.gather(*(anna.taps_stale(card["message_id"], data) for data in taps))
    await anna.sees("You refused the extra work")
    await wang.sees("The customer says no to +¥160")
    assert bill() == before

    # The work goes on at the old price, and what both name at the end is that.
    await taps_about(wang, number, "Start with code")
    await wang.writes(code_on(anna))
    await wang.sees_button("🏁 Finish")
    for label in ("🏁 Finish", "Yes, done", "Received ¥"):
        await taps_about(wang, number, label)
    await anna.sees_button("That's right")
    await anna.taps("That's right")
    await anna.sees("Completed")
    assert platform.rows("SELECT cash_confirmed FROM orders WHERE id = ?", int(order)) == before


@pytest.mark.feature("C16", "C12")
async def test_an_extra_is_collected_at_the_door_and_other_amounts_go_to_the_staff(
    people: People, platform: Platform
) -> None:
    anna, wang, number, order = await door(people)
    await proposed(wang, number, IN_ENGLISH)
    await anna.sees_button("Approve +¥160")
    await anna.taps("Approve +¥160")
    await anna.sees("New total")
    [(total,)] = platform.rows("SELECT total FROM orders WHERE id = ?", int(order))
    due = f"¥{total // 100}"
    approved = await anna.sees("You approved ¥160")
    assert f"To pay on site {due}" in words_of(approved)
    await taps_about(wang, number, "Start with code")
    await wang.writes(code_on(anna))
    for label in ("🏁 Finish", "Yes, done"):
        await taps_about(wang, number, label)
    await wang.sees_button(f"Received {due}")
    # Done and asked about, it is no longer to be paid where the extra work was agreed.
    await anna.sees_where(
        lambda m: "You approved ¥160" in words_of(m) and "To pay on site" not in words_of(m),
        what="the approved extra work without an amount to pay",
    )
    await taps_about(wang, number, f"Received {due}")
    await anna.sees_button("Another amount")
    await anna.taps("Another amount")
    await anna.writes(str(total // 100 + 1))  # more than the bill is no answer
    await anna.sees("How much did you pay on site?")
    await anna.writes(str(total // 100 - 160))
    await anna.taps(f"Yes, ¥{total // 100 - 160}")
    await wang.sees("Our staff are checking the payment")
    staff = await colleague(people, "operator")
    await opened(staff, number, "Being checked")
    assert f"provider says {due}" in staff.screen
    assert f"customer says ¥{total // 100 - 160}" in staff.screen
    assert "¥160 of it was approved during the visit" in staff.screen


@pytest.mark.feature("C16", "A4")
async def test_too_much_needs_the_staff_and_finishing_takes_back_what_waits(
    people: People, platform: Platform
) -> None:
    anna, wang, number, order = await door(people)
    await taps_about(wang, number, "➕ Extra work or parts")
    await wang.writes("a whole new machine 4800")
    await wang.sends_photos(jpeg(), caption="It is beyond repair")
    await wang.sees("It is beyond repair")
    await wang.taps("Ask the customer")
    assert "Ask our staff" in wang.toast
    staff = await colleague(people, "operator")
    await opened(staff, number, "Arrived")
    await act(
        staff, ("Allow more extras", "Why?"), ("The photos show it", "the customer decides"),
        ("Yes, allow", "Larger extra work allowed"),
    )  # fmt: skip
    await wang.sees("You may propose a larger amount here")
    await taps_about(wang, number, "➕ Extra work or parts")
    await wang.taps("Ask the customer")
    await wang.sees("The customer is asked")
    card = await anna.sees_button("Approve +¥4,800")
    yes = anna.data("Approve +¥4,800")
    await opened(staff, number, "Extra work waits")
    assert "It is beyond repair" in staff.screen
    await staff.taps("📷 Photos of the work")
    await staff.sees_where(lambda m: "photo" in m, what="what the provider showed")

    await taps_about(wang, number, "‹ Back")
    await taps_about(wang, number, "Start with code")
    await wang.writes(code_on(anna))
    await taps_about(wang, number, "🏁 Finish")
    await wang.sees("Finishing takes it back")
    await taps_about(wang, number, "Yes, done")
    await anna.sees("The provider took this proposal back")
    await anna.taps_stale(card["message_id"], yes)
    assert anna.alert
    assert platform.rows("SELECT extra_total FROM orders WHERE id = ?", int(order)) == [(0,)]
