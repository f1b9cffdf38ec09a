"""Staff look at the platform's figures: of any days, as a whole and split up, and read what is counted."""

import re

import pytest

from tests.chat import Message, People, Person, words_of
from tests.e2e.conftest import Platform
from tests.e2e.journey import booking, confirmed, on_site, welcomed
from tests.e2e.staff import OWNER, act, colleague, desk_of
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
              ("By week", "the week before"), ("ℹ️ What is counted", "Weeks begin on Monday"),
              ("‹ Back", "the week before"))  # fmt: skip
    assert staff.last["message_id"] == card["message_id"]


@pytest.mark.parametrize("data", ["sto:9:1", "sto:0:99999999", "stb:moon:0:0", "stm:0:0"])
async def test_odd_buttons_show_what_there_is(people: People, data: str) -> None:
    staff = await colleague(people, "operator")
    card = await asks(staff)
    await staff.taps_stale(card["message_id"], data)
    await staff.sees_where(lambda m: m["message_id"] == card["message_id"], what="an answer")
    assert not staff.alert


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
