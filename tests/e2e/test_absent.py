"""Nobody opens: the customer is warned in time, the provider may leave at last, and the customer may object."""

import pytest

from tests.chat import People, words_of
from tests.e2e.journey import (
    SLOW,
    Player,
    about,
    booking,
    code_of,
    confirmed,
    its_provider,
    page_of,
    paying,
    state_of,
    taps_about,
    welcomed,
    with_verb,
)
from tests.e2e.staff import OPERATOR, group, told
from tests.e2e.test_moving import booked, of_order, to
from tests.e2e.test_provider import reading_english
from tests.e2e.watching import Watch, until
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


async def paid_visit(people: People, watch: Watch, name: str) -> tuple[Player, Player, int, str]:
    """Paid in full by the link, and accepted: customer, provider, the order and its number."""
    customer = await welcomed(people, name)
    await booking(customer)
    await paying(customer, "full")
    order = await confirmed(customer, watch)
    await page_of(customer)
    provider = await its_provider(people, watch, order)
    await reading_english(people, provider.person.name)
    await provider.press(f"accept:{order}", then=f"depart:{order}")
    digits = str(watch.rows("SELECT number FROM orders WHERE id = ?", order)[0][0])
    return customer, provider, order, f"{digits[:4]}-{digits[4:]}"


def money(watch: Watch, order: int) -> tuple[int, int, int]:
    """(price, paid, sent back)"""
    sql = "SELECT total, paid, refunded FROM orders WHERE id = ?"
    total, paid, back = watch.rows(sql, order)[0]
    return int(total), int(paid), int(back)


def earned(watch: Watch, order: int) -> int:
    """What the book puts on the provider's accounts for this order."""
    sql = (
        "SELECT COALESCE(SUM(-l.amount), 0) FROM ledger_leg l JOIN ledger_transaction t"
        " ON t.id = l.transaction_id WHERE t.order_id = ? AND l.account LIKE 'provider:%'"
    )
    return int(watch.rows(sql, order)[0][0])


@pytest.mark.feature("P17", "P11", "C15")
async def test_of_what_was_paid_by_link_the_call_out_fee_is_his_and_the_rest_goes_back(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    customer, provider, order, number = await paid_visit(own_people, watch, "Out Shopping")
    total, paid, _ = money(watch, order)
    assert paid == total
    fee = -(-total // 2)
    person = provider.person
    await to(own_people, own_platform, number, hours_before=0.1)
    await provider.press(f"depart:{order}", then=f"arrive:{order}")
    await provider.press(f"arrive:{order}", then=f"absent:{order}")
    await provider.press(f"absent:{order}", then=f"knock:{order}")
    shown = words_of(await person.sees("a call-out fee of ¥", timeout=SLOW))
    assert f"¥{fee / 100:g}" in shown.replace(",", "").replace(".00", "")
    await provider.press(f"knock:{order}")
    warned = await customer.person.sees("of what you paid is kept as call-out fee", timeout=SLOW)
    assert "the rest goes back" in words_of(warned)
    await own_people.later(25 * 60)
    await provider.press(f"called:{order}", then=f"absentgo:{order}")
    _, leave = await provider.offered(f"absentgo:{order}")
    dearer = leave.rsplit(":", 1)[0] + f":{fee + 100}"  # a made-up button
    await person.taps_stale(person.last["message_id"], dearer)
    assert state_of(watch, order) == "arrived", "only the fee that was shown is charged"
    await provider.press(f"absent:{order}", then=f"absentgo:{order}")
    await provider.press(f"absentgo:{order}")
    left = words_of(await customer.person.sees("has left", timeout=SLOW))
    assert "A call-out fee of ¥" in left
    assert state_of(watch, order) == "cancelled"
    back = total - fee
    await until(lambda: money(watch, order)[2] == back, lambda: money(watch, order), own_people)
    part = earned(watch, order)
    assert 0 < part < fee
    told = f"¥{part / 100:.2f}".removesuffix(".00")
    closed = await about(
        person, number, lambda m: "Nobody opened the door" in words_of(m), "the end"
    )
    assert told in words_of(closed).replace(",", ""), "what coming was worth is on the card"
    await person.writes("/income")
    await person.sees("On hold: ¥", timeout=SLOW)


@pytest.mark.feature("P17")
async def test_nobody_is_absent_while_he_is_still_on_the_way_or_once_work_is_done(
    own_platform: Platform, own_people: People
) -> None:
    watch = Watch(own_platform, own_people)
    _, provider, order, number = await paid_visit(own_people, watch, "At Home")
    person = provider.person

    async def in_vain() -> None:
        state = state_of(watch, order)
        for verb in (f"absent:{order}", f"knock:{order}", f"called:{order}", f"absentgo:{order}:0"):
            await person.taps_stale(person.last["message_id"], verb)
        assert state_of(watch, order) == state
        noted = (
            "SELECT verb FROM order_step WHERE order_id = ? AND verb IN ('knock', 'call', 'absent')"
        )
        assert watch.rows(noted, order) == []

    await in_vain()
    await to(own_people, own_platform, number, hours_before=0.1)
    await provider.press(f"depart:{order}", then=f"arrive:{order}")
    await in_vain()
    assert not await offers(provider, "absent")
    await provider.press(f"arrive:{order}", then=f"code:{order}")
    assert await offers(provider, "absent")
    await provider.press(f"code:{order}")
    await provider.writes(code_of(watch, order), then=f"finish:{order}")
    await in_vain()
    await provider.press(f"finish:{order}", then=f"finish:{order}:1")
    message, sure = await provider.offered(f"finish:{order}:1")
    await person.taps_stale(message, sure)
    await until(
        lambda: state_of(watch, order) in ("finished", "closed"),
        lambda: state_of(watch, order), own_people,
    )  # fmt: skip
    await in_vain()
    assert money(watch, order)[2] == 0, "nothing goes back for a visit that was done"


async def offers(provider: Player, verb: str) -> bool:
    """Whether the newest message has such a button."""
    await provider.person.refresh()
    return with_verb(provider.person.last, verb) is not None
