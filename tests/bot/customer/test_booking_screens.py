"""Every screen from Book to the review: both languages, hostile names, Telegram's limits."""

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from bot.adapters.calendar_file import calendar_file
from bot.adapters.qr import qr_picture
from bot.amounts import read_amount
from bot.customer import LETTERS
from bot.customer.booking import (
    again_screens,
    flow,
    screens,
    summary_screens,
    time_screens,
    wish_screens,
    work_screens,
)
from bot.customer.booking import (
    pay_screens as ways_screens,
)
from bot.customer.moving import screens as moving_screens
from bot.customer.orders import cancel_screens, list_screens
from bot.customer.orders import screens as order_screens
from bot.customer.payment import screens as pay_screens
from bot.customer.review import screens as review_screens
from bot.customer.review.opinion import Opinion
from bot.gateway.render import plain, units
from bot.i18n import Words
from bot.screen import ROOM, Page, Screen, width
from bot.support import screens as support_screens
from core.availability.reasons import Reason, Shut
from core.catalog.model import Service
from core.faq.model import Chapter, Question, Topic
from core.files.model import Kept
from core.orders.booking import Booking
from core.orders.history import OrderPage
from core.orders.model import Draft, Late, Order, Pay, State, Step
from core.orders.moving import MovePlan
from core.orders.place import snapshot
from core.orders.service import OrderView
from core.orders.tasks import Pick
from core.orders.terms import CancelTerms, Why
from core.payments.model import Payment, Purpose
from core.people.model import Address, Person, Provider
from core.people.providers import Priced
from core.places import Place
from core.pricing import Item, quote
from core.promotions.model import Coupon
from core.reviews.model import Review
from core.rules import Rules
from core.support.model import Said, Ticket, TicketKind, TicketState
from tests.builders import OPTIONS, QUESTIONS
from tests.phone import too_much

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
START = NOW + timedelta(hours=5)
HOSTILE = [
    "Ann Lee",
    "<b>&\"'</b>{0}{x}%s",
    "\u202eevil\u200f مرحبا",
    "👨‍👩‍👧" * 300,
    "x" * 4096,
    "王",
]
BIG = 2**63 - 1


def words(language: str) -> Words:
    return Words(language, "Asia/Shanghai")


def booking(name: str, **values: Any) -> Booking:
    service = Service(
        id=BIG, category_id=1, code="ac", names={"en": name, "zh_CN": name}, emoji="❄️",
        minutes=90, payment="deposit", deposit_bp=3000,
        options=[{**option, "names": {"en": name}} for option in OPTIONS],
        questions=[{**question, "names": {"en": name}} for question in QUESTIONS],
    )  # fmt: skip
    provider = Provider(id=BIG, person_id=2, name=name, created_at=NOW)
    given: dict[str, Any] = {
        "options": {"more": 2}, "lat": 31.2, "lon": 121.4, "place": name, "detail": name,
        "starts_at": START, "notes": name, "photos": [1, 2], "answers": {"kind": "Wall unit"},
        "pay": Pay.DEPOSIT, "method": "stripe", "asked": True,
    }  # fmt: skip
    draft = Draft(
        id=BIG, customer_id=1, service_id=BIG, provider_id=BIG, updated_at=NOW, **(given | values)
    )
    priced = quote(items=[Item(service, 12000, draft.options)])
    return Booking(draft, service, provider, priced)


def three(name: str) -> Booking:
    """Three services in one visit."""
    one = booking(name)
    further = tuple(one.service.model_copy(update={"id": BIG - n}) for n in (1, 2))
    one.draft.further = [Pick(s.id, {"more": 1}, {"kind": name[:200]}).as_dict() for s in further]
    items = [Item(s, 12000, {"more": 1}) for s in (one.service, *further)]
    return Booking(one.draft, one.service, one.provider, quote(items=items), further)


def view(name: str, state: State, **values: Any) -> OrderView:
    one = booking(name)
    given: dict[str, Any] = {
        "id": BIG, "number": "48273615", "customer_id": 1, "provider_id": BIG, "service_id": BIG,
        "state": state, "starts_at": START, "minutes": 90, "buffer_min": 30, "place": name,
        "detail": name, "lat": 1.0, "lon": 2.0, "notes": name, "photos": [1],
        "answers": {"kind": "Wall unit"}, "snapshot": snapshot(service=one.service),
        "lines": [line.as_dict() for line in one.quote.lines] if one.quote else [],
        "currency": "CNY", "total": 30000, "pay": Pay.ON_SITE, "method": "on_site", "due_now": 0,
        "commission_bp": 1500, "start_code": "0427", "created_at": NOW,
        "asked_until": NOW + timedelta(minutes=10),
    }  # fmt: skip
    order = Order(**(given | values))
    customer = Person(id=1, telegram_id=1, name=name, created_at=NOW, seen_at=NOW)
    return OrderView(order, customer, Provider(id=BIG, person_id=2, name=name, created_at=NOW))


TERMS = CancelTerms(fee=2000, refund=1000, free_until=NOW - timedelta(hours=1))
FREE = CancelTerms(fee=0, refund=0, free_until=NOW + timedelta(hours=1))


def wizard(name: str, w: Words) -> Iterable[Screen]:
    one, person = booking(name), view(name, State.CLOSED).customer
    person.lat, person.lon, person.place = 1.0, 2.0, name
    saved = [Address(id=BIG, person_id=1, place=name, detail=name, lat=1, lon=2, used_at=NOW)] * 8
    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(60)]
    starts = [NOW.replace(hour=0) - timedelta(hours=2) + timedelta(minutes=15 * n)
              for n in range(64)]  # fmt: skip
    coupon = Coupon(id=BIG, code="X", names={"en": name}, percent_bp=1000, starts_at=NOW,
                    ends_at=NOW)  # fmt: skip
    for each in (one, three(name)):
        for place in range(len(each.services)):
            yield work_screens.options(each, place, True, w)
        yield work_screens.work(each, True, w)
        yield work_screens.more(each, [Priced(each.service, 999)] * 12, 1, w)
        yield work_screens.more(each, [], 0, w)
        yield wish_screens.notes(each, w)
        for number in range(len(flow.asked(each))):
            yield wish_screens.question(each, number, w)
        yield summary_screens.summary(each, Rules(), NOW, w)
        yield screens.too_far(each, name, w)
    yield work_screens.who(replace(one, provider=None, quote=None), w)
    for number in (0, 2, 99):
        yield screens.where(one, saved, number, person, w)
    yield screens.where(one, [], 0, person, w)
    yield screens.share(one, w)
    yield screens.candidates(one, [Place(name, name, 1, 2, "x")] * 5, w)
    yield screens.door(one, w)
    for month in (None, (2026, 3), (2026, 4)):
        yield time_screens.calendar(one, days, month, NOW, w)
    yield time_screens.calendar(one, [], None, NOW, w)
    for part in (None, 0, 1, 2):
        yield time_screens.slots(one, date(2026, 3, 2), starts, part, NOW, w)
    yield time_screens.taken(one, START, [START] * 3, None, NOW, w)
    yield time_screens.taken(one, START, [], None, NOW, w)
    yield summary_screens.coupons(one, [coupon] * 9, w)
    yield summary_screens.coupons(one, [], w)
    for online in (["stripe"], ["wechat", "alipay", "stripe", "invoice"]):
        yield ways_screens.ways(one, online, w)
        yield ways_screens.means(one, online, w)
    yield summary_screens.summary(one, Rules(), NOW, w, best=coupon)
    yield summary_screens.summary(booking(name, pay=None, method=None), Rules(), START, w)
    yield summary_screens.stopped(w)
    yield summary_screens.gone(w)


def moves(name: str, w: Words) -> Iterable[Screen]:
    """Another time chosen, looked at, asked for by either side."""
    new, until = START + timedelta(days=1), NOW + timedelta(minutes=30)
    one = view(name, State.ACCEPTED, paid=9000)
    days = [START.date() + timedelta(days=n) for n in (1, 2, 40)]
    yield moving_screens.days(one, days, (days[0].year, days[0].month), NOW, w)
    yield moving_screens.days(one, days * 3, None, NOW, w)
    yield moving_screens.days(one, [], None, NOW, w)
    yield moving_screens.starts(one, days[0], [new, new + timedelta(minutes=15)], None, NOW, w)
    yield moving_screens.taken(one, new, [new], NOW, w)
    yield moving_screens.taken(one, new, [], NOW, w)
    for answer_by, bp in ((None, 0), (until, 0), (until, 2000)):
        yield moving_screens.sure(one, MovePlan(new, answer_by, bp), NOW, w)
    for by in ("customer", "provider"):
        asked = view(name, State.ACCEPTED, proposed_by=by, proposed_start=new, proposed_until=until)
        yield order_screens.card(asked, FREE, NOW, w)


def orders(name: str, w: Words) -> Iterable[Screen]:
    for state in State:
        for terms in (TERMS, FREE):
            yield order_screens.card(view(name, state), terms, NOW, w)
        more = {"paid": 9000, "refund_due": 500, "cash_stated": 21000, "due_now": 9000}
        yield order_screens.card(view(name, state, reviewed=True, **more), TERMS, NOW, w)
    order = view(name, State.FINISHED, cash_stated=100).order
    steps = [Step(id=1, order_id=1, version=1, verb=verb, from_state="", to_state="", actor="",
                  actor_id=1, at=NOW) for verb in order_screens.VERBS]  # fmt: skip
    yield order_screens.timeline(order, steps * 4, NOW, w)
    for tab in list_screens.TABS:
        for waits, series in ((0, 0), (2, 0), (3, 9)):
            aside = list_screens.beside(w, waits=waits, series=series)
            page = OrderPage((order,) * (list_screens.ROOM - len(aside)), 1, 3, 12)
            yield list_screens.listed(page, tab, {"active": 12, "done": 999}, aside, NOW, w)
    nothing = OrderPage((), 0, 1, 0)
    yield list_screens.listed(nothing, "active", {}, aside, NOW, w)
    yield again_screens.before([order] * 5, w)
    yield again_screens.before([], w)
    for why in Why:
        terms = CancelTerms(fee=900, refund=100, free_until=NOW, bp=2000, why=why)
        yield cancel_screens.cancel(order, terms, order_screens.named(order, w), NOW, w)
    yield cancel_screens.cancel(order, TERMS, order_screens.named(order, w), NOW, w)
    yield from moves(name, w)
    yield order_screens.other_amount(order, w)
    yield order_screens.cash_doubt(order, 999, w)
    payment = Payment(id=1, number="P1", order_id=1, method="stripe", purpose=Purpose.DEPOSIT,
                      amount=9000, currency="CNY", url="https://pay.example/1", created_at=NOW,
                      expires_at=START)  # fmt: skip
    for purpose in Purpose:
        asked = payment.model_copy(update={"purpose": purpose})
        yield pay_screens.pay(order, asked, qr_picture(payment.url), w)


def talking(name: str, w: Words) -> Iterable[Screen]:
    one = view(name, State.CLOSED)
    pictures = [
        Kept(id=1, name=name, mime=mime, size=1, sha256="0", path="0", created_at=NOW)
        for mime in ("image/jpeg", "video/mp4")
    ]
    scores = {"quality": 5, "attitude": 1, "skill": 3}
    yield review_screens.form(one, Opinion(), [], "", w)
    for asked in ("", "skill"):
        opinion = Opinion(scores, name[:1000], list(range(10)), asked)
        yield review_screens.form(one, opinion, pictures * 5, name[:200], w)
    for number in range(2):
        yield review_screens.pictures(one.order, Page.of(pictures, number, size=1), w)
    review = Review(id=1, order_id=1, provider_id=1, customer_id=1, service_id=1, quality=1,
                    attitude=2, skill=3, text=name[:1000], files=[1], reply=name[:300],
                    created_at=NOW)  # fmt: skip
    for until in (START, None):
        yield review_screens.shown(one, review, pictures, until, NOW, w)
    yield review_screens.shown(one, review.model_copy(update={"hidden": True}), [], None, NOW, w)
    named = {"en": name}
    questions = [Question(id=BIG, topic_id=BIG, question=named, answer=named)] * 9
    chapters = [Chapter(Topic(id=BIG, names=named), questions)] * 9
    ticket = Ticket(id=BIG, number="T48273615", person_id=1, bot="customer", created_at=NOW)
    said = [Said(id=1, ticket_id=1, from_staff=n % 2 == 0, author=name, text=name, at=NOW)
            for n in range(9)]  # fmt: skip
    for state in TicketState:
        ticket.state = state
        yield support_screens.start(chapters, ticket, "Mei", Rules(), NOW, w, "customer")
    yield support_screens.start([], None, "", Rules(), NOW, w, "provider")
    yield support_screens.topic(chapters[0], 1, w)
    yield support_screens.all_topics(chapters, 9, w)
    yield support_screens.answer(questions[0], 0, w)
    yield support_screens.likely(questions[:4], chapters, name, w, "customer")
    yield support_screens.ready(questions, chapters, w, "provider")
    for kind in TicketKind:
        yield support_screens.ask(kind, one.order, ticket, "Mei", said, [], w, "customer", now=NOW)
        yield support_screens.ask(kind, None, None, "", [], [one.order] * 2, w, "provider", now=NOW)
    yield support_screens.sent(ticket, "", 3, Rules(), NOW, w)
    yield support_screens.empty(w)
    yield support_screens.solved(ticket, w)


def sound(screen: Screen) -> None:
    """What Telegram and a person ask of any screen."""
    text = str(screen.text)
    assert plain(screen.text).strip()
    assert units(html.unescape(re.sub(r"<[^>]*>", "", text))) <= 4096
    assert set(re.findall(r"</?([a-z]+)>", text)) <= {"b", "i", "code"}
    assert not re.search(r"<(?!/?(b|i|code)>)", text), text
    assert len(screen.rows) <= 9
    for row in screen.rows:
        assert 1 <= len(row) <= 7
        for button in row:
            assert button.label.strip()
            assert len(button.label) <= 64, button.label
            assert len(button.press.encode()) <= 64
            assert bool(button.press) + bool(button.url) + bool(button.copy) == 1
    assert any("‹" in b.label or "🏠" in b.label or "Keep" in b.label or "先不" in b.label
               for row in screen.rows for b in row), text  # fmt: skip


@pytest.mark.feature("X2")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", HOSTILE, ids=[name[:6] for name in HOSTILE])
@pytest.mark.parametrize("group", [wizard, orders, talking])
def test_every_screen_is_sound(group: Any, name: str, language: str) -> None:
    for screen in group(name, words(language)):
        sound(screen)


CELLS = frozenset({"bno", "mvnone"})  # of the calendar: the one screen that is a grid


@pytest.mark.feature("C7", "C15", "C20")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("group", [wizard, orders, talking])
def test_every_screen_fits_under_a_thumb(group: Any, language: str) -> None:
    for screen in group("Ann Lee", words(language)):
        buttons = [button for row in screen.rows for button in row]
        if not CELLS & {button.press.split(":")[0] for button in buttons}:
            assert too_much([button.label for button in buttons]) == [], screen.text
            beside = [[b.label for b in row] for row in screen.rows if len(row) > 1]
            broken = [row for row in beside if max(map(width, row)) > ROOM // len(row)]
            assert broken == []


@pytest.mark.feature("C7")
def test_the_calendar_lets_only_bookable_days_be_tapped() -> None:
    one, w = booking("x"), words("en")
    days = [date(2026, 3, 4), date(2026, 3, 18)]
    screen = time_screens.calendar(one, days, (2026, 3), NOW, w)
    tapped = [b.press for row in screen.rows for b in row if b.press.startswith("bday")]
    assert [press.split(":")[-1] for press in tapped] == [str(day.toordinal()) for day in days]
    assert len(screen.rows) <= 8


@pytest.mark.feature("C8")
def test_one_can_wait_only_for_a_time_that_others_hold() -> None:
    one, w = booking("x"), words("en")
    for shut in (None, *Reason):
        why = Shut(shut, START.date(), (), START.date()) if shut else None
        screen = time_screens.taken(one, START, [START], why, NOW, w)
        waits = any(b.press.startswith("wlday") for row in screen.rows for b in row)
        assert waits == (shut in (None, Reason.FULL)), shut


@pytest.mark.feature("C7")
def test_a_service_alone_is_priced_once() -> None:
    alone = booking("x", options={})
    assert str(work_screens.work(alone, True, words("en")).text).count("¥") == 1
    assert str(work_screens.work(booking("x"), True, words("en")).text).count("¥") > 1


@pytest.mark.feature("C14")
def test_the_start_code_is_shown_only_between_acceptance_and_the_beginning_of_the_work() -> None:
    for state in State:
        screen = order_screens.card(view("x", state), FREE, NOW, words("en"))
        assert ("0427" in screen.text) == (state in order_screens.WITH_CODE), state


def test_back_leads_to_the_summary_once_everything_is_answered() -> None:
    full, empty = booking("x"), booking("x", starts_at=None, detail="", lat=None)
    assert flow.before(full, "place") == "summary"
    assert flow.before(empty, "place") == "options"
    assert flow.before(empty, "options") is None
    assert flow.first(replace(empty, service=full.service.model_copy(update={"options": []}))) == (
        "place"
    )


def test_another_booking_has_another_tag() -> None:
    other = booking("x")
    other.draft.provider_id = BIG - 1
    assert flow.tag(booking("x")) != flow.tag(other)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("120", 12000), ("¥128.50", 12850), ("１２０元", 12000), ("1,200", 120000), ("-1", None),
     ("1.234", None), ("nan", None), ("1e99", None), ("", None), ("abc", None)],
)  # fmt: skip
def test_an_amount_is_read_as_people_type_it(text: str, fen: int | None) -> None:
    assert read_amount(text, "CNY") == fen


@pytest.mark.feature("C9")
@pytest.mark.parametrize("name", HOSTILE, ids=[name[:6] for name in HOSTILE])
def test_the_calendar_file_holds_the_visit_in_utc(name: str) -> None:
    one = view(name, State.ACCEPTED)
    file = calendar_file(one, words("en"), NOW)
    lines = file.content.decode().replace("\r\n ", "").split("\r\n")
    assert "DTSTART:20260302T060000Z" in lines
    assert "DTEND:20260302T073000Z" in lines
    assert "UID:48273615@doorstep" in lines
    assert file.name == "4827-3615.ics"


# --- letters: which state makes which of them pointless

WANTED = {
    "order_card": set(State),
    "paid": {State.OFFERED},
    "accepted": {State.ACCEPTED},
    "on_the_way": {State.ON_THE_WAY},
    "arrived": {State.ARRIVED},
    "finished": {State.CLOSED},
    "cash_stated": {State.FINISHED},
    "cancelled": {State.CANCELLED},
    "expired": {State.CANCELLED},
    "declined_searching": {State.SEARCHING, State.OFFERED},
    "no_provider": {State.CANCELLED},
    "late": {State.ACCEPTED, State.ON_THE_WAY},
    "settled": {State.CLOSED},
    "refunded": set(State),
}


class FakeOrders:
    def __init__(self, shown: OrderView) -> None:
        self.shown = shown

    async def view(self, *, order_id: int) -> OrderView:
        return self.shown

    async def timeline(self, *, order_id: int) -> list[Step]:
        return []


class NoTracking:
    async def whereabouts(self, *, order: Order, now: datetime) -> None:
        return None


@pytest.mark.feature("C13")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", WANTED)
async def test_a_letter_goes_out_only_while_it_is_news(kind: str, language: str) -> None:
    for name in HOSTILE:
        for state in State:
            shown = view(name, state, cash_stated=100, cash_confirmed=100, version=4,
                         reason=name[:200], cancelled_by="staff", refund_due=5,
                         late=Late.TOLD)  # fmt: skip
            core: Any = SimpleNamespace(orders=FakeOrders(shown), tracking=NoTracking())
            letter: Any = SimpleNamespace(
                subject=BIG, version=4, person_id=1, facts={"first": True}
            )
            screen = await LETTERS[kind](core, letter, words(language), NOW)
            assert (screen is not None) == (state in WANTED[kind]), state
            if screen is not None and kind != "order_card":
                assert any(b.press == f"order:{BIG}" for row in screen.rows for b in row) or (
                    screen.card
                )
                assert isinstance(screen.text, Markup)


async def test_a_letter_about_somebody_elses_order_says_nothing() -> None:
    core: Any = SimpleNamespace(orders=FakeOrders(view("x", State.ACCEPTED)), tracking=NoTracking())
    letter: Any = SimpleNamespace(subject=BIG, version=4, person_id=99, facts={})
    assert await LETTERS["accepted"](core, letter, words("en"), NOW) is None
