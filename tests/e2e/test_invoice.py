"""Paying by card inside Telegram, as people do it: the form behind the button, once, twice, passed on, too late."""

import pytest

from tests.chat import People
from tests.e2e.conftest import Platform
from tests.e2e.journey import Player, booking, paying, welcomed
from tests.e2e.staff import OWNER, group, told
from tests.e2e.watching import until

pytestmark = pytest.mark.feature("C10")
OPENS = "Enter card"


async def link_of(people: People, name: str) -> tuple[Player, str]:
    """A customer who chose the card inside Telegram, and the invoice's link."""
    player = await welcomed(people, name)
    await booking(player)
    await paying(player, "invoice")
    await player.press("bconfirm")
    await player.person.sees_button(OPENS)
    return player, player.person.link(OPENS)


async def test_paid_in_the_form_passed_on_and_paid_again(
    own_people: People, own_platform: Platform
) -> None:
    anna, link = await link_of(own_people, "Anna Fang")
    assert link.startswith("https://t.me/$")
    said = await anna.person.pays_invoice(link)
    assert said["ok"], said
    await anna.person.sees("received")
    [row] = own_platform.rows("SELECT key, also FROM charge")
    assert row[0].startswith("invoice:tg_")
    assert row[1].startswith("ch_")

    again = await anna.person.pays_invoice(link)
    assert not again["ok"]
    assert "paid already" in again["text"]
    friend = await own_people.person("Li Na", language="zh-hans")
    theirs = await friend.pays_invoice(link)
    assert not theirs["ok"]
    assert "已经付" in theirs["text"]
    assert len(own_platform.rows("SELECT id FROM charge")) == 1

    # Somebody else pays for a customer: the order follows, and the payer is thanked.
    ben, link = await link_of(own_people, "Ben Zhao")
    await friend.writes("/start")
    said = await friend.pays_invoice(link)
    assert said["ok"], said
    await friend.sees("谢谢")
    await ben.person.sees("received")

    # The hold has run out.
    cai, link = await link_of(own_people, "Cai Wu")
    await own_people.later(16 * 60)
    await cai.person.sees("time to pay is over")
    said = await cai.person.pays_invoice(link)
    assert not said["ok"]
    assert "The time to pay is over" in said["text"]


async def test_paid_cancelled_and_given_back_by_hand(
    own_people: People, own_platform: Platform
) -> None:
    anna, link = await link_of(own_people, "Anna Fang")
    assert (await anna.person.pays_invoice(link))["ok"]
    await anna.person.sees("received")
    await anna.person.taps("See order")
    await anna.person.taps("Cancel order")
    await anna.person.taps("Yes, cancel it")
    await until(
        lambda: bool(own_platform.rows("SELECT id FROM refund WHERE state = 'failed'")),
        lambda: own_platform.rows("SELECT state FROM refund"), own_people,
    )  # fmt: skip
    await anna.person.sees("sends it by hand")
    [[number, charge, also]] = own_platform.rows(
        "SELECT o.number, c.key, c.also FROM orders o JOIN payment p ON p.order_id = o.id"
        " JOIN charge c ON c.payment_id = p.id"
    )
    staff = await group(own_people, OWNER)
    await staff.writes(f"/order {number}")
    screen = await staff.sees("需人工退款")
    assert f"{charge.removeprefix('invoice:')} · {also}" in told(screen)
    await staff.taps("已人工退款")
    await staff.sees("是怎么退的")
    await staff.writes("re_77, Telegram has no call for it")
    await staff.taps("客户已收到")
    await anna.person.sees("is back with you")
    states = own_platform.rows("SELECT state, reference FROM refund")
    assert states == [("done", "re_77, Telegram has no call for it")]
