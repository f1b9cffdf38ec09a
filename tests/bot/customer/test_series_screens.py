"""The screens of repeated visits hold whatever names people have, in both languages, with as many dates as can be."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.customer.orders import screens as order_screens
from bot.customer.payment import screens as pay_screens
from bot.customer.series import date_screens, screens
from bot.i18n import Words
from bot.screen import File, Screen
from core.orders.model import Pay, State
from core.payments.model import Payment, Purpose
from core.series.model import DateState, Rhythm, Series, SeriesDate, SeriesState, Why
from core.series.open_dates import Choice
from core.series.service import Coming, Plan
from tests.bot.customer.test_booking_screens import (
    BIG,
    FREE,
    HOSTILE,
    NOW,
    START,
    booking,
    sound,
    view,
    words,
)

WEEKS = tuple(START + timedelta(days=7 * number) for number in range(8))


def series(**values: Any) -> Series:
    given: dict[str, Any] = {
        "id": BIG, "customer_id": 1, "provider_id": BIG, "service_id": BIG, "rhythm": Rhythm.WEEKLY,
        "day": START.toordinal(), "minute": 600, "zone": "Asia/Shanghai", "price": 10**9,
        "next_index": 1, "created_at": NOW,
    }  # fmt: skip
    return Series(**(given | values))


def date(**values: Any) -> SeriesDate:
    given: dict[str, Any] = {
        "id": BIG, "series_id": BIG, "person_id": 1, "number": 4, "starts_at": WEEKS[4],
        "why": Why.TAKEN, "asked_at": NOW,
    }  # fmt: skip
    return SeriesDate(**(given | values))


def agreeing(name: str, w: Words) -> Iterable[Screen]:
    seen = view(name, State.ACCEPTED)
    yield screens.how_often(seen, w)
    for rhythm, pay in product(Rhythm, Pay):
        one = series(rhythm=rhythm, pay=pay)
        for starts in (WEEKS[1:7], ()):
            found = Plan(one, seen.provider, starts, frozenset(starts[::2]), 90, 5000)
            yield screens.plan(seen.order, found, 6, NOW, w)


def going_on(name: str, w: Words) -> Iterable[Screen]:
    seen, service = view(name, State.UNPAID, series_id=BIG, rhythm="weekly"), booking(name).service
    yield screens.listed([(series(), service)] * 10, w)
    yield screens.listed([], w)
    orders = tuple(
        view(name, state, id=BIG - number, starts_at=WEEKS[number]).order
        for number, state in enumerate((State.UNPAID, State.ACCEPTED, State.OFFERED) * 2)
    )
    for state, pay, some in product(SeriesState, Pay, ((), orders)):
        coming = Coming(series(state=state, pay=pay), some, (date(),) if some else ())
        fees = {order.id: 100 * (number % 2) for number, order in enumerate(some)}
        ahead = screens.Ahead(coming, service, seen.provider, fees, 6)
        yield screens.page(ahead, NOW, w)
        yield screens.ask_stop(ahead, NOW, w)


def asking(name: str, w: Words) -> Iterable[Screen]:
    one = booking(name)
    assert one.provider is not None
    for why, state in product(Why, DateState):
        for starts in ((), WEEKS[4:5], WEEKS[5:8]):
            choice = Choice(series(), date(why=why, state=state), starts, 10**9)
            for others in (0, 3):
                yield date_screens.date(choice, one.service, one.provider, others, w)
    for count in (2, 5, 9):
        dates = [date(id=BIG - n, number=n, why=[*Why][n % 3]) for n in range(count)]
        given = (series(), dates, one.service, one.provider, w)
        yield date_screens.several(*given)
        yield date_screens.ask_skip_all(*given)
    yield date_screens.ask_skip(series(), date(), one.service, one.provider, w)


def paying(name: str, w: Words) -> Iterable[Screen]:
    order = view(
        name, State.UNPAID, series_id=BIG, rhythm="weekly", pay=Pay.FULL, due_now=30000,
        asked_until=NOW + timedelta(days=20),
    )  # fmt: skip
    yield order_screens.card(order, FREE, NOW, w)
    link = Payment(
        id=1, number="P1", order_id=BIG, method="stripe", purpose=Purpose.FULL, amount=30000,
        currency="CNY", url="https://example.org", created_at=NOW, expires_at=NOW,
    )  # fmt: skip
    yield pay_screens.pay(order.order, link, File("qr.png", "image/png", b"x"), w)


@pytest.mark.feature("X2", "C20")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", HOSTILE, ids=[name[:6] for name in HOSTILE])
@pytest.mark.parametrize("group", [agreeing, going_on, asking, paying])
def test_every_screen_is_sound(group: Any, name: str, language: str) -> None:
    for screen in group(name, words(language)):
        sound(screen)


@pytest.mark.feature("C20")
def test_the_page_counts_the_dates_that_wait_for_an_answer() -> None:
    seen, service = view("x", State.ACCEPTED), booking("x").service
    for count, said in ((1, "❓ One date needs"), (3, "❓ 3 dates need")):
        open_dates = tuple(date(starts_at=WEEKS[number]) for number in range(count))
        coming = Coming(series(), (), open_dates)
        shown = screens.page(screens.Ahead(coming, service, seen.provider, {}, 6), NOW, words("en"))
        assert said in shown.text
