"""Staff look at the platform's figures: of any days, as a whole and split up, and read what is counted."""

import io
import re
import zipfile

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, confirmed, on_site, welcomed
from tests.e2e.staff import OWNER, act, colleague, desk_of, group
from tests.e2e.watching import Watch

pytestmark = pytest.mark.feature("A9")


async def asks(staff: Person, said: str = "") -> Message:
    """/stats; the answer to it."""
    sent = await staff.writes(f"/stats {said}".strip())
    return await staff.sees_where(
        lambda m: m["message_id"] > sent["message_id"] and "📊" in words_of(m), what="the figures"
    )


def figure(name: str, card: Message) -> int:
    found = re.search(rf"{name} ([\d,]+)", words_of(card))
    assert found, words_of(card)
    return int(found[1].replace(",", ""))


async def test_an_order_and_who_placed_it_are_counted_at_once(
    own_platform: Platform, own_people: People
) -> None:
    staff = await desk_of(own_people, OWNER)
    before = await asks(staff)
    assert "so far" in words_of(before)
    customer = await welcomed(own_people, "Anna")
    await booking(customer)
    await on_site(customer)
    await confirmed(customer, Watch(own_platform, own_people))
    card = await asks(staff)
    assert figure("Orders placed", card) == figure("Orders placed", before) + 1
    assert figure("new", card) == figure("new", before) + 1
    assert figure("Active:", card) == figure("Active:", before) + 1
    assert "now: Waiting for the provider 1" in words_of(card)
    await act(staff, ("🗂 Split up", "by category"))
    assert "Appliance repair  1 · ¥0 · –" in words_of(staff.last)
    await act(staff, ("By district", "by district"), ("By hour", "by hour"))
    assert re.search(r"\d\d:00–\d\d:00  1 · ", words_of(staff.last))
    await act(staff, ("‹ Back", "Orders placed"))


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("yesterday", "the day before"), ("上周", "the week before"), ("last month", "the month before"),
        ("3月", "March"), ("last 10 days", "as many days before"), ("nonsense", "the day before"),
    ],
)  # fmt: skip
async def test_any_days_can_be_typed(people: People, said: str, seen: str) -> None:
    staff = await colleague(people, "finance")
    assert seen in words_of(await asks(staff, said))


async def test_one_message_turns_from_span_to_span(people: People) -> None:
    staff = await colleague(people, "operator")
    card = await asks(staff, "last month")
    this = words_of(card).splitlines()[0]
    assert figure("Orders placed", card)
    assert figure("Jobs done", card)
    await act(staff, ("◀", "Orders placed"), ("▶", this), ("By day", "the day before"),
              ("By week", "the week before"))  # fmt: skip
    assert staff.last["message_id"] == card["message_id"]
    assert "photo" in staff.last
    await act(staff, ("➕ More", "For any other days"),
              ("ℹ️ What is counted", "Weeks begin on Monday"), ("‹ Back", "For any other days"),
              ("‹ Back", "the week before"))  # fmt: skip


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        ("sto:9:1", "📊"), ("sto:0:99999999", "📊"), ("stb:moon:0:0", "by category"),
        ("stm:0:0", "Weeks begin"), ("stw:0:0", "🧭"), ("sth:9:9", "🛒"), ("stx:0:0", "For any other"),
    ],
)  # fmt: skip
async def test_odd_buttons_show_what_there_is(people: People, data: str, seen: str) -> None:
    staff = await colleague(people, "operator")
    card = await asks(staff)
    await staff.taps_stale(card["message_id"], data)
    await staff.sees(seen)


async def test_money_is_not_for_every_role(people: People) -> None:
    staff = await colleague(people, "support")
    await staff.writes("/stats")
    await staff.sees("/help shows what you can do")
    await staff.writes("/help")
    assert "/stats" not in words_of(await staff.sees("What you can do here"))


async def test_the_figures_speak_chinese(people: People) -> None:
    staff = await colleague(people, "operator")
    await staff.writes("/language")
    await staff.sees_button("简体中文")
    await staff.taps("简体中文")
    await staff.writes("/stats 上个月")
    await staff.sees("成交额")
    await act(staff, ("🗂 分项看", "按类目"), ("‹ 返回", "括号内是上个月"))


async def test_from_looking_to_the_order_and_what_was_wanted_in_vain(
    own_platform: Platform, own_people: People
) -> None:
    staff = await desk_of(own_people, OWNER)
    customer = await welcomed(own_people, "Anna")
    for typed, seen in (
        ("ac repair tomorrow 3am", "Nobody is free then"),
        ("purple elephants", "Nothing found"),
    ):
        await customer.person.writes(typed)
        await customer.person.sees(seen)
    await booking(customer)
    await on_site(customer)
    await confirmed(customer, Watch(own_platform, own_people))
    card = await asks(staff)
    await act(staff, ("🧭 Search to paid", "Looked for a service"))
    told = words_of(staff.last)
    assert "photo" in staff.last
    for line in ("Looked for a service 1 · 100%", "Saw a provider 1 · 100%", "Began to book 1 · 100%",
                 "Placed the order 1 · 100%", "Paid 0 · 0%", "Looked for in vain: 2"):  # fmt: skip
        assert line in told, told
    assert re.search(r"AC repair · \w+ · 03:00–04:00: 1", told), told
    assert "no service of ours" in told
    await act(staff, ("‹ Back", "Orders placed"), ("🛒 Habits", "Looking around"))
    assert "1 order by 1 customer" in words_of(staff.last)
    assert "Most looked for: AC repair" in words_of(staff.last)
    await act(staff, ("‹ Back", "Orders placed"))
    assert "photo" in staff.last
    assert card["message_id"] <= staff.last["message_id"]


async def test_the_figures_come_as_a_table(people: People) -> None:
    staff = await colleague(people, "finance")
    await asks(staff, "last month")
    await act(staff, ("➕ More", "For any other days"))
    await staff.taps("📄 As a table")
    await staff.sees_where(
        lambda _: any("document" in m for m in staff.from_bot()), what="the table"
    )
    [paper] = [m for m in staff.from_bot() if "document" in m]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d–\d{4}-\d\d-\d\d\.xlsx", paper["document"]["file_name"])
    with zipfile.ZipFile(io.BytesIO(await people.document(paper))) as book:
        assert "Turnover" in book.read("xl/sharedStrings.xml").decode()


async def test_a_question_in_words_is_answered_with_what_was_understood(people: People) -> None:
    staff = await colleague(people, "operator")
    await asks(staff)
    await act(staff, ("💬 Ask", "For example:"))
    for typed, seen in (
        ("上周取消率最高的三个类目", "Cancellation rate · by category · the highest"),
        ("how many orders yesterday", "Orders placed: "),
        ("which district has most unmet demand", "Unmet demand · by district"),
        ("浦东上个月多少单", "Orders placed · Pudong · "),
        ("AC repair turnover last month", "Turnover · AC repair · "),
        ("家电维修上个月每天的订单", "Orders placed · Appliance repair · by date"),
        ("what is the weather", "which figure you mean"),
        ("top 2 providers by turnover last month", "Turnover · by provider · the highest"),
    ):
        await staff.writes(typed)
        await staff.sees(seen)
    assert "2. " in words_of(staff.last)
    assert "3. " not in words_of(staff.last)
    await act(staff, ("📊 All figures", "the month before"))
    await staff.writes("turnover last month")  # outside any question as well
    await staff.sees("🔎 Turnover")


async def test_a_report_comes_by_itself_once_to_its_topic(
    own_platform: Platform, own_people: People
) -> None:
    chat = await group(own_people, OWNER)
    reports = await chat.topic("📊")

    def come() -> list[Message]:
        return [m for m in chat.messages(reports) if "日报" in words_of(m)]

    for days in (1, 2):
        await own_people.later(86_400)
        await chat.sees_where(
            lambda m, days=days: len(come()) == days,
            what=f"report {days}",  # type: ignore[misc]
        )
    assert "photo" in come()[-1]
    await chat.writes("成交额", topic=reports)
    await chat.sees_where(lambda m: "🔎" in words_of(m), what="an answer in the topic of reports")
