"""The staff chat over HTTP: who may come in, in which language."""

import pytest

from tests.chat import People, words_of
from tests.e2e.journey import with_verb
from tests.e2e.staff import (
    ALERTS,
    DESK,
    NAMES,
    OPERATOR,
    OWNER,
    act,
    colleague,
    desk_of,
    group,
    in_topic,
    opened,
    told,
)
from tests.e2e.test_booking import ordered
from tests.e2e.watching import until
from tests.platforms import Platform


@pytest.mark.feature("A1")
async def test_staff_are_added_by_id_and_lose_everything_when_removed(
    people: People, platform: Platform
) -> None:
    owner = await desk_of(people, OWNER)
    new = await people.person(f"Colleague {next(NAMES)}", roles=["staff"])
    await new.writes("/orders", answered=False)
    refusals = "SELECT 1 FROM refusal WHERE telegram_id = ?"  # the group hears nothing of it
    await until(lambda: platform.rows(refusals, new.id), lambda: "not refused", people)
    new = new.with_bot(DESK)
    await owner.writes(f"/staff add {new.id} finance", answered=False)
    await owner.sees(new.name)
    await new.writes("/help", answered=False)
    help_ = words_of(await new.sees("What you can do here"))
    assert "/orders" in help_
    assert "/log" not in help_
    await new.writes("/log", answered=False)
    await new.sees("Your role doesn't include this.")
    await act(owner, (new.name, "Another role?"), ("Remove", "All rights end at once"))
    await owner.taps("Yes, remove")
    assert owner.toast == "Removed."
    await new.writes("/orders", answered=False)
    await new.sees("This chat is for our staff.")
    await owner.writes("/log", answered=False)
    await owner.sees("Who did what")
    refused = words_of(await act(owner, ("Refused", "Refused attempts")))
    assert f"{new.name} · orders · not a member of the staff" in refused
    assert f"{new.name} · orders · no longer a member of the staff" in refused
    assert f"{new.name} · log · the role doesn't include it" in refused


@pytest.mark.feature("A1")
async def test_the_desk_leads_everywhere_by_buttons_and_back_as_far_as_the_role_goes(
    people: People,
) -> None:
    support = await colleague(people, "support")
    await support.writes("/start", answered=False)
    desk = await support.sees("Your desk")
    assert not [b for b in support.buttons if "Withdrawals" in b], "finance's own"
    await act(support, ("Business", "Business"))
    assert not [b for b in support.buttons if "Figures" in b or "Announce" in b]
    await act(support, ("Services", "Services"), ("Home", "Your desk"))
    await act(
        support,
        ("Decisions", "Decisions"),
        ("Reviews", "Reported reviews"),
        ("Hidden reviews", "Hidden reviews:"),
    )
    await act(support, ("Home", "Your desk"))
    assert support.last["message_id"] == desk["message_id"], "one message all the way"
    await support.taps_stale(desk["message_id"], "/payouts")
    assert support.toast == "Your role doesn't include this."


@pytest.mark.feature("A1")
async def test_who_leaves_the_group_is_named_to_the_owner_who_may_remove_them(
    people: People,
) -> None:
    member, owner = await colleague(people, "support"), await group(people, OWNER)
    await people.call("POST", "/people", json={"id": member.id, "name": member.name, "roles": []})
    told_so = await owner.sees_where(
        lambda m: (
            member.name in words_of(m) and m.get("message_thread_id") == in_topic(owner, ALERTS)
        ),
        what="the alert",
    )
    await member.writes("/tickets", answered=False)
    await member.sees("🎫")  # in private nothing changed
    remove = str(with_verb(told_so, "sdn"))
    helper = await group(people, OPERATOR)
    await helper.taps_stale(told_so["message_id"], remove)
    assert helper.toast, "only the owner may"
    await owner.taps_stale(told_so["message_id"], remove)
    sure = await owner.sees_where(lambda m: with_verb(m, "sdy") is not None, what="sure?")
    await owner.taps_stale(sure["message_id"], str(with_verb(sure, "sdy")))
    await member.writes("/tickets", answered=False)
    await member.sees("This chat is for our staff.")


@pytest.mark.feature("A1", "X2")
async def test_each_reads_their_own_language_and_the_group_that_of_the_house(
    people: People,
) -> None:
    staff = await colleague(people, "operator")
    _, number = await ordered(people)
    chat = await group(people, OPERATOR)
    card = await chat.sees_where(
        lambda m: number in words_of(m) and with_verb(m, "on") is not None, what="the card"
    )
    assert "等待" in words_of(card), "the house speaks Chinese"
    await opened(staff, number)
    await staff.writes("/language")
    await staff.taps("简体中文")
    await staff.sees("选择语言")
    await staff.writes("/help", answered=False)
    await staff.sees("您可以使用的功能")
    same = staff.with_bot(chat.chat_id)
    await same.taps_stale(card["message_id"], str(with_verb(card, "on")))
    await same.sees_where(lambda m: number in words_of(m) and "时间" in told(m), what="the order")


@pytest.mark.feature("A1")
async def test_a_stranger_in_private_hears_that_this_is_not_the_door(people: People) -> None:
    stranger = (await people.person(f"Stranger {next(NAMES)}")).with_bot(300)
    await stranger.writes("/orders")
    await stranger.sees("This chat is for our staff.")
