"""Small things on screens that must read right: what is asked, where, by when, how much, and where Back leads."""

from datetime import timedelta
from typing import Any

import pytest

from bot.admin.orders import screens as staffs
from bot.admin.orders.whole import Whole
from bot.customer.moving import screens as moving
from bot.customer.orders import list_screens
from bot.customer.orders import screens as orders
from bot.customer.receipts import screens as receipts
from bot.gateway.render import plain
from bot.provider.jobs import screens as jobs
from bot.provider.moving.screens import asked as asked_by_customer
from bot.screen import Button, Screen
from core.orders.model import State
from core.orders.offers import Job, as_job
from core.orders.terms import CancelTerms
from core.people.model import Role
from core.redress.bearing import Stake
from tests.bot.customer.test_booking_screens import FREE, NOW, view, words
from tests.bot.provider.test_screens import PERSON
from tests.bot.provider.test_screens import order as job_order

EN, ZH = words("en"), words("zh_CN")


def text_of(screen: Screen) -> str:
    return plain(screen.text)


def labels(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row]


def job(state: State, **values: Any) -> Job:
    given = {"place": "徐汇区", "detail": "8号楼502"} | values
    return as_job(job_order(state, **given), PERSON)


@pytest.mark.feature("P4")
def test_a_deadline_that_is_past_is_no_deadline() -> None:
    by = NOW + timedelta(minutes=30)
    one = job(State.ACCEPTED, contact_by=by)
    assert "Please get in touch by Mon, Mar 2 09:30" in text_of(jobs.card(one, EN, now=NOW))
    late = text_of(jobs.card(one, EN, now=by))
    assert "Please get in touch now" in late
    assert "09:30" not in late
    assert "请现在联系客户" in text_of(jobs.card(one, ZH, now=by))


@pytest.mark.feature("P3", "A4")
def test_place_and_door_stand_apart() -> None:
    assert "📍 徐汇区 · 8号楼502" in text_of(jobs.card(job(State.ACCEPTED), ZH, now=NOW))
    one = view("王", State.ACCEPTED, place="徐汇区", detail="8号楼502")
    assert "📍 徐汇区 · 8号楼502" in text_of(staff_page(one, ZH))


def staff_page(one: Any, w: Any) -> Screen:
    return staffs.order(
        w, Whole(one, [], [], [], {}, CancelTerms(0, 0, NOW), Stake(0)), Role.OWNER, now=NOW
    )


@pytest.mark.feature("A4", "C12")
def test_what_was_paid_at_the_door_counts_as_paid() -> None:
    paid = view("王", State.CLOSED, cash_stated=30000, cash_confirmed=30000)
    assert "paid ¥300" in text_of(staff_page(paid, EN))
    doubted = view("王", State.DISPUTED, cash_stated=30000, cash_confirmed=20000)
    assert "paid ¥0" in text_of(staff_page(doubted, EN))
    unsaid = view("王", State.DISPUTED, cash_stated=None, cash_confirmed=20000)
    assert "¥0" not in plain(staffs.cash(EN, unsaid.order))


@pytest.mark.feature("C12", "P5")
def test_who_named_the_same_amount_is_not_told_of_another() -> None:
    same: dict[str, Any] = {"cash_stated": 8000, "cash_confirmed": 8000}
    theirs = text_of(jobs.card(job(State.DISPUTED, **same), EN, now=NOW))
    assert "You both named ¥80, but ¥120 was due." in theirs
    assert "another amount" not in theirs
    mine = text_of(orders.card(view("王", State.DISPUTED, **same), FREE, NOW, EN))
    assert "You both say ¥80 was paid, but ¥300 was due." in mine
    differs = text_of(jobs.card(job(State.DISPUTED, **(same | {"cash_confirmed": 0})), EN, now=NOW))
    assert "another amount than you" in differs
    unsaid = text_of(jobs.card(job(State.DISPUTED, cash_stated=None), EN, now=NOW))
    assert "You haven't said yet what you received." in unsaid


@pytest.mark.feature("C11", "C20")
def test_back_from_the_payments_leads_to_where_one_came_from() -> None:
    me, mine = (
        receipts.months([], {}, 0, way, EN) for way in (receipts.FROM_ME, receipts.FROM_ORDERS)
    )
    assert (labels(me)[0].label, labels(me)[0].press) == ("‹ Me", "me")
    assert (labels(mine)[0].label, labels(mine)[0].press) == ("‹ My orders", "orders:0")
    [from_orders] = list_screens.beside(EN, waits=0, series=0)
    assert from_orders.press.startswith(receipts.FROM_ORDERS.page)


@pytest.mark.feature("X2")
def test_a_question_ends_without_a_gap() -> None:
    asked = text_of(moving.days(view("王", State.ACCEPTED), [NOW.date()], None, NOW, EN))
    assert not any(line != line.rstrip() for line in asked.splitlines())
    later = text_of(moving.days(view("王", State.ACCEPTED), [NOW.date()], (2026, 3), NOW, EN))
    assert "Move to which day? March 2026" in later


RELATIVE = ("Today", "today", "Tomorrow", "tomorrow", "今天", "明天")


@pytest.mark.feature("X7", "C13")
@pytest.mark.parametrize("w", [EN, ZH])
def test_what_stays_in_the_chat_is_as_true_tomorrow_as_today(w: Any) -> None:
    soon: dict[str, Any] = {
        "starts_at": NOW + timedelta(hours=26),
        "contact_by": NOW + timedelta(hours=20),
    }
    asking: dict[str, Any] = soon | {
        "proposed_by": "customer", "proposed_start": NOW + timedelta(hours=28),
        "proposed_until": NOW + timedelta(hours=25),
    }  # fmt: skip
    one, theirs = view("王", State.ACCEPTED, **asking), job(State.ACCEPTED, **asking)
    assert one.order.proposal is not None
    stay = [
        orders.card(view("王", state, **soon), FREE, NOW, w) for state in State
    ] + [
        orders.card(one, FREE, NOW, w),
        jobs.card(theirs, w, now=NOW),
        moving.asked(one, one.order.proposal, w),
        asked_by_customer(theirs.order, one.order.proposal, w),
        staffs.card(w, one, now=NOW),
    ]  # fmt: skip
    for screen in stay:
        said = [text_of(screen), *(button.label for button in labels(screen))]
        assert not [word for word in RELATIVE for text in said if word in text], said


@pytest.mark.feature("C13", "C8")
def test_what_was_cancelled_says_why_and_who_books_again_finds_one_button() -> None:
    for reason, by, said in (
        ("unpaid", "clock", "The time to pay is over"),
        ("no_provider", "matching", "Nobody can come at that time"),
        ("Booked twice", "staff", "Our staff cancelled it: Booked twice"),
    ):
        card = orders.card(
            view("王", State.CANCELLED, reason=reason, cancelled_by=by), FREE, NOW, EN
        )
        assert said in text_of(card)
        assert [b.press.split(":")[0] for b in labels(card)].count("oagain") == 1
    mine = orders.card(
        view("王", State.CANCELLED, reason="", cancelled_by="customer"), FREE, NOW, EN
    )
    assert "staff" not in text_of(mine)


@pytest.mark.feature("C13", "C17")
def test_who_may_be_asleep_is_said_to_have_until_the_morning() -> None:
    late = view("王", State.OFFERED, asked_until=NOW + timedelta(hours=9, minutes=10))
    shown = text_of(orders.card(late, FREE, NOW, EN))
    assert "may be asleep now and have until 18:10" in shown
    assert "最晚 18:10 答复" in text_of(orders.card(late, FREE, NOW, ZH))
    soon = text_of(orders.card(late, FREE, NOW + timedelta(hours=9), EN))
    assert "They answer by 18:10" in soon
