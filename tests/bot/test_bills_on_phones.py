"""Paying, extra work, receipts and reviews fit under a thumb: few buttons with a few short words, in both languages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from bot.customer.extras import screens as extras
from bot.customer.payment import screens as payment
from bot.customer.receipts import screens as receipts
from bot.customer.review import screens as reviews
from bot.customer.review.opinion import Opinion
from bot.i18n import Words
from bot.provider.extras import screens as drafts
from bot.provider.extras import waiting
from bot.screen import File, Page, Screen
from core.extras.desk import Desk, Suggestion
from core.extras.model import Extra, ExtraState
from core.extras.proposals import Proposal
from core.files.model import Kept
from core.orders.model import Pay, State
from core.payments.model import Payment, Purpose
from core.receipts.model import Bill, Moved
from core.receipts.service import Month
from core.reviews.model import Review
from tests.bot.customer.test_booking_screens import NOW, START, view, words
from tests.phone import too_much

NAMES = {"en": "Refrigerant top-up", "zh_CN": "补充冷媒"}
ORDER: dict[str, Any] = {"pay": Pay.DEPOSIT, "method": "card", "paid": 9_000, "extra_total": 16_000}
VIEW = view("王建国", State.WORKING, **ORDER)
FILES = [
    Kept(id=n, name="a", mime=mime, size=1, sha256="0", path="0", created_at=NOW)
    for n, mime in enumerate(("image/jpeg", "video/mp4"), start=1)
]


def extra(state: ExtraState, lines: int = 3) -> Extra:
    return Extra(
        id=1, order_id=1, provider_id=1, turn=1, state=state, amount=16_000, minutes=90, photos=[1],
        lines=[{"names": NAMES, "count": 2, "amount": 5_000}] * lines, until=START, created_at=NOW,
        reason=drafts.REASONS[0][1], talk=[{"by": "customer", "text": "?", "at": ""}],
    )  # fmt: skip


def paying(w: Words) -> Iterable[Screen]:
    for purpose in Purpose:
        link = Payment(
            id=1, number="P1", order_id=1, method="card", purpose=purpose, amount=9_000,
            currency="CNY", url="https://pay.example/1", created_at=NOW, expires_at=START,
        )  # fmt: skip
        yield payment.pay(VIEW.order, link, File("qr.png", "image/png", b"x"), w)


def extra_work(w: Words) -> Iterable[Screen]:
    for state in set(ExtraState) - {ExtraState.DRAFT}:
        yield extras.proposal(Proposal(extra(state), VIEW), w, NOW)
    yield extras.ask(Proposal(extra(ExtraState.OPEN), VIEW), w)
    some = tuple(Suggestion(str(n), NAMES, 15_000) for n in range(9))
    for lines in (0, 6):
        one = Desk(extra(ExtraState.DRAFT, lines), VIEW, some, 50_000, 1)
        yield drafts.draft(one, w)
    for page in range(2):
        yield drafts.suggestions(one, page, w)
    yield drafts.cut(one, w)
    yield drafts.ask_why(one, w)
    yield drafts.ask_photos(one, w)
    yield drafts.ask_longer(one, 240, w)
    yield waiting.waiting(extra(ExtraState.OPEN), VIEW.order, w)


def receipts_(w: Words) -> Iterable[Screen]:
    bill = Bill([{"names": NAMES, "count": 1, "amount": 128_850}], 0, START.isoformat())
    moves = tuple(
        Moved(n, VIEW.order.id, NOW, 128_850, "CNY", "card", bool(n % 2), bill) for n in range(9)
    )
    months = [Month(date(2026, 11, 1), moves), Month(date(2026, 10, 1), moves[:1])]
    for page in range(4):
        yield receipts.months(months, {VIEW.order.id: VIEW.order}, page, receipts.FROM_ORDERS, w)
    yield receipts.of_order(VIEW.order, moves, w)


def reviewing(w: Words) -> Iterable[Screen]:
    given = {"quality": 5, "attitude": 4, "skill": 3}
    for opinion in (
        Opinion(),
        Opinion(given, "fine", [1, 2], "skill"),
        Opinion(given, "", [1], ""),
    ):
        yield reviews.form(VIEW, opinion, FILES[: len(opinion.files)], "", w)
    for number in range(10):
        yield reviews.pictures(VIEW.order, Page.of(FILES * 5, number, size=1), w)
    review = Review(
        id=1, order_id=1, provider_id=1, customer_id=1, service_id=1, files=[1, 2], created_at=NOW,
        **given,
    )  # fmt: skip
    yield reviews.shown(VIEW, review, FILES, START, NOW, w)


@pytest.mark.feature("C9", "C16", "C18", "X2")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("screens", [paying, extra_work, receipts_, reviewing])
def test_labels_are_a_few_short_words(screens: Any, language: str) -> None:
    for shown in screens(words(language)):
        assert too_much([button.label for row in shown.rows for button in row]) == [], shown.text
