"""Every screen of the provider bot in both languages, with names that try to break it; offers tell nothing personal."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.gateway.render import plain, telegram_html
from bot.i18n import Words
from bot.provider.appeal import screens as appeals
from bot.provider.apply import paper_screens, service_screens
from bot.provider.apply import screens as apply
from bot.provider.away import screens as away_screens
from bot.provider.home import screens as home
from bot.provider.income import screens as income
from bot.provider.jobs import delay_screens
from bot.provider.jobs import screens as jobs
from bot.provider.offers import screens as offers
from bot.provider.payout import account_screens as accounts
from bot.provider.payout import screens as payouts
from bot.provider.prices import adding_screens as adding
from bot.provider.prices import screens as prices
from bot.provider.records import detail_screens, filter_screens
from bot.provider.records import screens as records
from bot.provider.records.coded import Chosen
from bot.provider.reviews import answer_screens, report_screens
from bot.provider.reviews import screens as reviews
from bot.provider.schedule import amend_screens, area_screens, hours_screens
from bot.provider.schedule import screens as schedule
from bot.provider.settings import screens as settings
from bot.screen import Screen
from core.appeals.looking import Paused
from core.appeals.model import Appeal, AppealState, Freeze
from core.availability.slots import DayPart, Shift, Week
from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.income import IncomePage, Line
from core.ledger.balances import Balances, Booked
from core.orders.model import Order, Pay, State
from core.orders.offers import Gone, Job, Offer, as_job, as_offer
from core.payouts.model import AccountKind, Payout, PayoutAccount, PayoutState
from core.payouts.rules import Purse
from core.payouts.service import Wish
from core.people.amending import Amendment, Stretch
from core.people.days import Day, Visit
from core.people.dossier import Application
from core.people.model import (
    Certificate,
    CertificateState,
    Hours,
    Person,
    Provider,
    ProviderState,
    Skill,
)
from core.people.schedule import Plan
from core.prices.market import Market
from core.prices.model import PriceRequest
from core.prices.service import Asking
from core.records.model import End, Opinion, Record, RecordPage, Whole
from core.reviews.model import Reason, Report, Review, Verdict
from core.reviews.received import Received, ReceivedPage, Which

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"
HOSTILE = "<b>O'Hara & \u202eSons</b> " + "长" * 300
NAMES = {"en": HOSTILE, "zh_CN": HOSTILE}
BALANCED = re.compile(r"<(/?)(\w+)[^>]*>")

SERVICE = Service(
    id=7, category_id=1, code="ac", emoji="❄️", names=NAMES, price_low=8000, price_high=20000,
    certificate="gas",
)  # fmt: skip
PERSON = Person(id=1, telegram_id=1, name=HOSTILE, created_at=NOW, seen_at=NOW, phone="13812345678")
QUESTIONS = [{"code": "kind", "names": NAMES, "choices": [NAMES]}]


def provider(**values: Any) -> Provider:
    given = {"name": HOSTILE, "lat": 31.2, "lon": 121.4, "place": HOSTILE, "bio": NAMES,
             "reason": HOSTILE, "mend": "photo", "created_at": NOW}  # fmt: skip
    return Provider(id=2, person_id=1, **(given | values))


def order(state: State, **values: Any) -> Order:
    given: dict[str, Any] = {
        "number": "48273615", "starts_at": NOW + timedelta(hours=5), "minutes": 90,
        "place": HOSTILE, "detail": "CANARY-DOOR 502", "lat": 31.234567, "lon": 121.456789,
        "notes": HOSTILE, "photos": [5], "answers": {"kind": HOSTILE}, "total": 12000,
        "snapshot": {"names": NAMES, "emoji": "❄️", "questions": QUESTIONS},
        "lines": [{"names": NAMES, "count": 1, "amount": 12000},
                  {"names": NAMES, "count": 2, "amount": 0}],
        "asked_until": NOW + timedelta(minutes=10),
        "reached": {s.value: NOW.isoformat() for s in State},
    }  # fmt: skip
    return Order(
        id=9_000_000_000_000_000_000, customer_id=1, provider_id=2, service_id=7, state=state,
        buffer_min=30, currency="CNY", pay=Pay.ON_SITE, method="on_site", due_now=0,
        commission_bp=1500, start_code="4711", created_at=NOW, **(given | values),
    )  # fmt: skip


def application(**values: Any) -> Application:
    return Application(
        provider(**values), PERSON, (Skill(id=3, provider_id=2, service_id=7, price=9000),),
        (Certificate(id=4, provider_id=2, kind="gas", number=HOSTILE[:40]),),
        (Hours(id=5, provider_id=2, weekday=0, start_min=540, end_min=1080),), frozenset({"gas"}),
    )  # fmt: skip


def catalog() -> Catalog:
    kept = Catalog(store=None)  # type: ignore[arg-type]
    kept._services = {7: SERVICE}
    return kept


def plan() -> Plan:
    shifts = (Shift(0, 540, 720), Shift(0, 780, 1080))
    return Plan(
        provider(),
        Week(zone=ZONE, hours=shifts),
        (DayPart(date(2026, 3, 5)), DayPart(date(2026, 3, 6), 540, 720)),
    )


def day() -> Day:
    visits = tuple(Visit(order(state), 2.5) for state in (State.ACCEPTED, State.OFFERED))
    return Day(date(2026, 3, 2), False, ((NOW, NOW + timedelta(hours=8)),), visits)


ACCOUNT = PayoutAccount(
    id=5, provider_id=2, kind=AccountKind.ALIPAY, sealed="CANARY", created_at=NOW,
    masked="wa•••@a-very-long-name-of-a-host-that-nobody-has.example.com · 王••",
)  # fmt: skip


def purse(**values: Any) -> Purse:
    given: dict[str, Any] = {
        "balances": Balances(5_000, 100_000, 6_000, 7_000, 8_000), "account": ACCOUNT,
        "least": 5_000, "day_left": 50_000, "next_day": NOW, "coming": ((NOW, 5_000),),
    }  # fmt: skip
    return Purse(**(given | values))


def payout(state: PayoutState) -> Payout:
    ended = state in (PayoutState.PAID, PayoutState.RETURNED)
    return Payout(
        id=9_000_000_000_000_000_000, number="W48273615", provider_id=2, account_id=5,
        amount=123_456, currency="CNY", state=state, day=1, asked_at=NOW,
        reason=HOSTILE if state is PayoutState.RETURNED else "", ended_at=NOW if ended else None,
    )  # fmt: skip


def booked() -> Line:
    return Line(order(State.CLOSED), Booked(9, NOW, "CNY", 12000, 1800, 500, 200, 12000))


FILTER = Chosen("d0zz0zz", End.DONE, Opinion.LOW, 2**62, True)
RECORDS = [Record(2**62, end, NOW, 7, 123_456, 14) for end in End]
REVIEW = Review(
    id=2**62, order_id=9, provider_id=2, customer_id=1, service_id=7, author=HOSTILE[:40], quality=1,
    attitude=5, skill=3, text=HOSTILE * 2, reply=HOSTILE, created_at=NOW,
)  # fmt: skip


REVIEWED = Received(REVIEW.model_copy(update={"reply": ""}), order(State.CLOSED), (), None, False)
WAY = ("open", 999)


def received(count: int = 3) -> ReceivedPage:
    rated = provider(rating_count=25, quality_sum=100, attitude_sum=99, skill_sum=98)
    of = rated if count else provider()
    return ReceivedPage(
        of, (REVIEW,) * count, 1, 9 if count else 1, dict.fromkeys(Which, 8 * count)
    )


def reported(verdict: Verdict) -> Received:
    report = Report(
        id=1, review_id=2**62, order_id=9, provider_id=2, reason=Reason.INSULT, verdict=verdict,
        decided_at=NOW, created_at=NOW,
    )  # fmt: skip
    return replace(REVIEWED, report=report)


def recorded(count: int = 3) -> RecordPage:
    lines = tuple((one, order(State.CLOSED)) for one in RECORDS[:count])
    return RecordPage(lines, 1, 9 if count else 1, 25 if count else 0, 99)


def over(end: End) -> Whole:
    done, at = end is End.DONE, {s.value: NOW.isoformat() for s in State}
    return Whole(
        Record(2**62, end, NOW, 7, 5, 9 if done else None),
        order(State.CLOSED if done else State.CANCELLED, cancelled_by="staff", reached=at),
        "Ann L.", booked().booked if done else None, REVIEW if done else None,
    )  # fmt: skip


def offer(gone: Gone | None = None) -> Offer:
    return as_offer(order(State.OFFERED), provider(), gone, 18)


def job(state: State, **values: Any) -> Job:
    return as_job(order(state, **values), PERSON)


def _offered(gone: Gone) -> Callable[[Words], Screen]:
    return lambda w: offers.card(offer(gone), w, now=NOW)


def _worked(state: State) -> Callable[[Words], Screen]:
    return lambda w: jobs.card(job(state), w, now=NOW)


def _listed(tab: str) -> Callable[[Words], Screen]:
    return lambda w: jobs.listed([order(State.ACCEPTED)] * 30, tab, 3, w, now=NOW)


CHANGE = Amendment(
    {0: ((540, 1080),), 1: ((540, 1080),)}, (Stretch(date(2026, 3, 5), date(2026, 3, 7)),)
)


def asking(price: int = 12000, *, active: bool = True) -> Asking:
    skill = Skill(id=1, provider_id=2, service_id=7, price=price, active=active)
    request = PriceRequest(
        id=9, provider_id=2, service_id=7, former=price, price=10**9, note=HOSTILE, asked_at=NOW
    )
    return Asking(SERVICE, skill, 1500, request, Market(100, 10**9, 5), "gas", not active)


LONG = "y" * 4096
APP = application(state=ProviderState.REJECTED)
CATEGORIES = [Category(id=i, code=str(i), names=NAMES) for i in range(30)]
FREEZE = Freeze(id=1, provider_id=1, staff_id=1, reason="Doesn't come to visits", at=NOW)
PAUSED = Paused(FREEZE, None, None)


def asked(state: str) -> Paused:
    appeal = Appeal(
        id=1, freeze_id=1, person_id=1, text="<i>I was ill</i>", files=[1], created_at=NOW,
        sent_at=NOW, decided_at=NOW, answer="The reports were confirmed.", state=AppealState(state),
    )  # fmt: skip
    again = NOW + timedelta(days=14) if state == "kept" else None
    return Paused(FREEZE, appeal, again)


SCREENS: dict[str, Callable[[Words], Screen]] = {
    "welcome": lambda w: home.welcome(w, HOSTILE, ("en", "zh_CN")),
    "draft": lambda w: home.draft(w, APP),
    "waiting": lambda w: home.waiting(w, APP),
    "rejected": lambda w: home.rejected(w, APP),
    "frozen": lambda w: appeals.frozen(w, PAUSED, [], now=NOW),
    "frozen, an appeal is checked": lambda w: appeals.frozen(w, asked("open"), [], now=NOW),
    "frozen, an appeal was turned down": lambda w: appeals.frozen(w, asked("kept"), [], now=NOW),
    "appeal": lambda w: appeals.writing(w, PAUSED),
    "appeal begun": lambda w: appeals.writing(w, asked("draft")),
    "appeal turned down": lambda w: appeals.kept(w, "<b>No</b>", NOW),
    "working": lambda w: home.working(
        w, provider(), [order(State.OFFERED)] * 9, [order(State.ACCEPTED)] * 20, now=NOW
    ),
    "resting": lambda w: home.working(w, provider(working=False), [], [], now=NOW),
    "parts": lambda w: apply.change(w, APP),
    "other parts": lambda w: apply.change_more(w, APP),
    "name": lambda w: apply.name(w, APP, LONG),
    "phone": lambda w: apply.phone(w, APP),
    "photo": lambda w: apply.photo(w, APP),
    "years": lambda w: apply.years(w, APP),
    "bio": lambda w: apply.bio(w, APP),
    "area of an application": lambda w: apply.area(w, APP),
    "radius": lambda w: apply.radius(w, APP),
    "hours of an application": lambda w: apply.hours(w, APP),
    "review": lambda w: apply.review(w, APP, catalog()),
    "review of what was sent": lambda w: apply.review(
        w, application(state=ProviderState.APPLIED), catalog()
    ),
    "change": lambda w: apply.change(w, APP),
    "chosen": lambda w: service_screens.chosen(w, APP, catalog()),
    "categories": lambda w: service_screens.categories(w, APP, CATEGORIES, 2),
    "services": lambda w: service_screens.services(w, APP, CATEGORIES[0], [SERVICE] * 20, 1),
    "found services": lambda w: service_screens.found(w, APP, [SERVICE]),
    "price": lambda w: service_screens.price(w, APP, SERVICE),
    "papers": lambda w: paper_screens.papers(w, APP, catalog()),
    "paper": lambda w: paper_screens.paper(
        w,
        APP,
        Certificate(
            id=1, provider_id=2, kind="gas", number=HOSTILE, state=CertificateState.REJECTED
        ),
    ),
    "take back": apply.ask_back,
    "prices": lambda w: prices.prices(w, [asking()] * 20, 1),
    "my price": lambda w: prices.one(w, asking(), now=NOW),
    "my price, far outside": lambda w: prices.one(w, asking(price=10**9, active=False), now=NOW),
    "new price": lambda w: prices.look(w, asking(), 9000, ""),
    "new price outside": lambda w: prices.look(w, asking(), 10**7, LONG),
    "give up": lambda w: prices.ask_drop(w, asking()),
    "more services": lambda w: adding.categories(w, CATEGORIES, 1),
    "more services of a kind": lambda w: adding.services(
        w, CATEGORIES[0], [SERVICE] * 20, {SERVICE.id}, 1
    ),
    "more services found": lambda w: adding.found(w, [SERVICE] * 7, set()),
    "price of one more": lambda w: adding.price(w, SERVICE),
    "its number": lambda w: adding.number(w, SERVICE),
    "its expiry": lambda w: adding.expiry(w, SERVICE),
    "its picture": lambda w: adding.picture(w, SERVICE, date(2031, 5, 31)),
    "paper number": lambda w: paper_screens.number(w, APP, "gas"),
    "paper expiry": lambda w: paper_screens.expiry(w, APP, "gas"),
    "paper picture": lambda w: paper_screens.picture(w, APP, "gas"),
    "offer": lambda w: offers.card(offer(), w, now=NOW),
    "offer again": lambda w: offers.card(offer(), w, now=NOW, again=True),
    **{f"offer {gone}": _offered(gone) for gone in Gone},
    **{f"job {state}": _worked(state) for state in State},
    "job with cash named": lambda w: jobs.card(job(State.FINISHED, cash_stated=8000), w, now=NOW),
    "job settled": lambda w: jobs.card(job(State.CLOSED, cash_confirmed=8000), w, now=NOW),
    **{f"jobs {tab}": _listed(tab) for tab in jobs.TABS},
    "no jobs": lambda w: jobs.listed([], "new", 0, w, now=NOW),
    "found": lambda w: jobs.found([order(State.ACCEPTED)] * 30, LONG, w, now=NOW),
    "code": lambda w: jobs.ask_code(job(State.ARRIVED), w),
    "finish": lambda w: jobs.ask_finish(job(State.WORKING), None, w),
    "finish and paid": lambda w: jobs.ask_finish(job(State.WORKING), 14000, w),
    "cash": lambda w: jobs.ask_cash(job(State.FINISHED), w),
    "late": lambda w: delay_screens.ask(order(State.ACCEPTED), 30, w),
    "late as can be": lambda w: delay_screens.ask(order(State.ON_THE_WAY), 0, w),
    "job delayed": lambda w: jobs.card(
        job(State.ACCEPTED, starts_at=NOW, coming_at=NOW + timedelta(minutes=20)), w, now=NOW
    ),
    "give back": lambda w: jobs.ask_drop(job(State.ACCEPTED), w, now=NOW),
    "schedule": lambda w: schedule.hub(w, plan(), day(), now=NOW),
    "day": lambda w: schedule.day(w, day(), now=NOW),
    "week": lambda w: schedule.week(w, [day()] * 7, now=NOW),
    "limits": lambda w: schedule.limits(w, provider()),
    "hours": lambda w: hours_screens.week(w, plan(), applying=False),
    "weekday": lambda w: hours_screens.weekday(w, plan(), 0),
    "from": lambda w: hours_screens.edge(w, plan(), 0, False),
    "until": lambda w: hours_screens.edge(w, plan(), 1, True),
    "break": lambda w: hours_screens.pause(w, plan(), 0),
    "copy": lambda w: hours_screens.copy(w, plan(), 0),
    "new plan": lambda w: amend_screens.review(
        w, CHANGE, plan(), [order(State.ACCEPTED)] * 20, CHANGE, now=NOW
    ),
    "kept plan": lambda w: amend_screens.saved(w, CHANGE, now=NOW),
    "new plan, nothing touched": lambda w: amend_screens.review(w, CHANGE, plan(), [], now=NOW),
    "can't work": lambda w: away_screens.choose(w, now=NOW),
    "missed": lambda w: away_screens.missed(w, [order(State.ACCEPTED)] * 20, now=NOW),
    "nothing missed": lambda w: away_screens.missed(w, [], now=NOW),
    "one missed": lambda w: away_screens.one(w, order(State.ACCEPTED), now=NOW),
    "hours off": lambda w: amend_screens.parts(w, plan(), now=NOW),
    "far": lambda w: area_screens.touched(w, [order(State.ACCEPTED)] * 20, "rad:3000:1", now=NOW),
    "days off": lambda w: hours_screens.days_off(w, plan(), date(2026, 3, 2), 0, now=NOW),
    "days off later": lambda w: hours_screens.days_off(w, plan(), date(2026, 3, 2), 11, now=NOW),
    "area": lambda w: area_screens.area(w, provider()),
    "base": area_screens.ask_base,
    "no place": area_screens.no_place,
    "income": lambda w: income.income(w, IncomePage((booked(),) * 3, 1, 9, 50)),
    "no income": lambda w: income.income(w, IncomePage((), 0, 1, 0)),
    "money": lambda w: income.money(w, Balances(1, 2, 3, 4, 5)),
    "no money": lambda w: income.money(w, Balances()),
    "months": lambda w: income.months(w, [date(2026, month, 1) for month in range(12, 0, -1)], 1),
    "no months": lambda w: income.months(w, [], 0),
    "records": lambda w: records.listed(recorded(), Chosen(), ["x" * 30], w, NOW),
    "no records": lambda w: records.listed(recorded(0), Chosen(), ["x"], w, NOW),
    "no such records": lambda w: records.listed(recorded(0), FILTER, ["x"], w, NOW),
    "filter": lambda w: filter_screens.overview(FILTER, RECORDS, LONG, HOSTILE, w, NOW),
    "filter by end": lambda w: filter_screens.choices(
        FILTER, "end", [(Chosen(end=end), 5) for end in (None, *End)], w
    ),
    "filter by service": lambda w: filter_screens.services(
        FILTER, [(FILTER, HOSTILE, 9)] * 20, 2, w
    ),
    **{
        f"record {end}": lambda w, end=end: detail_screens.detail(over(end), FILTER, 3, w)
        for end in End
    },
    "reviews": lambda w: reviews.listed(received(), Which.LOW, w, NOW),
    "no reviews": lambda w: reviews.listed(received(0), Which.ALL, w, NOW),
    "lists of reviews": lambda w: reviews.lists(received(), Which.LOW, w),
    "one review": lambda w: reviews.one(REVIEWED, WAY, w),
    "answered review": lambda w: reviews.one(replace(REVIEWED, review=REVIEW), WAY, w),
    "erased review": lambda w: reviews.one(replace(REVIEWED, erased=True), WAY, w),
    **{
        f"reported review {verdict}": lambda w, v=verdict: reviews.one(reported(v), WAY, w)
        for verdict in Verdict
    },
    "answer?": lambda w: answer_screens.ask(REVIEWED, 300, WAY, w),
    "publish?": lambda w: answer_screens.preview(REVIEWED, HOSTILE, True, WAY, w),
    "report?": lambda w: report_screens.reasons(REVIEWED, WAY, w),
    "report": lambda w: report_screens.confirm(REVIEWED, Reason.INSULT, HOSTILE, WAY, w),
    "report in own words": lambda w: report_screens.confirm(REVIEWED, Reason.OTHER, "", WAY, w),
    "withdraw": lambda w: payouts.desk(w, purse()),
    "nothing to withdraw": lambda w: payouts.desk(w, purse(balances=Balances(), coming=())),
    "no account": lambda w: payouts.desk(w, purse(account=None)),
    "account too new": lambda w: payouts.desk(w, purse(cool_until=NOW)),
    "no more today": lambda w: payouts.desk(w, purse(day_left=0)),
    "how much": lambda w: payouts.ask(w, purse()),
    "withdraw?": lambda w: payouts.confirm(w, Wish(8, 500_001, ACCOUNT, True)),
    **{
        f"payout {state}": lambda w, state=state: payouts.one(w, payout(state), ACCOUNT)
        for state in PayoutState
    },
    "payouts": lambda w: payouts.mine(w, [payout(PayoutState.PAID)] * 30, 2),
    "no payouts": lambda w: payouts.mine(w, [], 0),
    "account": lambda w: accounts.account(w, ACCOUNT, list(AccountKind)),
    "first account": lambda w: accounts.account(w, None, list(AccountKind)),
    "wechat bound": accounts.bound,
    "unbind": accounts.unbind,
    **{
        f"number {kind}": lambda w, kind=kind: accounts.ask_number(w, kind)
        for kind in accounts.ASKS
    },
    "holder": lambda w: accounts.ask_holder(w, AccountKind.ALIPAY),
    "account right?": lambda w: accounts.check(
        w, AccountKind.BANK, "•••• 1234 · 王••", "王 · " * 10
    ),
    "earned": lambda w: income.detail(w, booked()),
    "settings": lambda w: settings.settings(w, ("en", "zh_CN")),
    "my photo": lambda w: settings.ask_photo(w, there=True, waits=True),
    "my photo approved": settings.photo_approved,
    "my photo rejected": lambda w: settings.photo_rejected(w, HOSTILE, there=True, again=True),
}


@pytest.mark.feature("X2")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_whole_in_both_languages(name: str, language: str) -> None:
    words = Words(language, ZONE)
    screen = SCREENS[name](words)
    text = telegram_html(screen.text)
    opened = []
    for closing, tag in BALANCED.findall(text):
        if closing:
            assert opened.pop() == tag, text
        else:
            opened.append(tag)
    assert not opened, text
    assert "<b>O'Hara" not in text, "what people write is no markup"
    assert "{" not in text, text
    assert len(plain(screen.text)) <= 4096
    assert screen.rows, "there is always a way on"
    for button in (button for row in screen.rows for button in row):
        assert 0 < len(button.label) <= 64, button.label
        assert len(button.press.encode()) <= 64
        assert button.press or button.url or button.copy
    assert len(screen.rows) <= 9, [[b.label for b in row] for row in screen.rows]


def test_an_offer_has_no_room_for_anything_personal() -> None:
    known = {field.name for field in fields(Offer)}
    assert not known & {"customer", "phone", "detail", "lat", "lon", "point", "name", "order"}


@pytest.mark.feature("P2")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("gone", [None, *Gone])
def test_an_offer_card_knows_nothing_personal(language: str, gone: Gone | None) -> None:
    """Canaries: phone, name, door, exact point and start code of the order are nowhere on it."""
    secret = Person(
        id=1, telegram_id=1, name="CANARYNAME", phone="13800001111", created_at=NOW, seen_at=NOW
    )
    placed = order(State.OFFERED, notes="leaks", place="People's Square")
    shown = offers.card(as_offer(placed, provider(), gone, 18), Words(language, ZONE), now=NOW)
    said = repr(shown) + repr(as_offer(placed, provider(), gone, 18))
    said += repr(as_job(placed, secret).customer) + repr(as_job(placed, secret).point)
    for canary in ("CANARY", "13800001111", "31.234", "121.456", "4711", "502"):
        assert canary not in said


@pytest.mark.feature("P3")
def test_a_job_tells_name_and_door_only_while_it_is_promised() -> None:
    words = Words("en", ZONE)
    for state in State:
        shown = repr(jobs.card(job(state), words, now=NOW))
        promised = state in jobs.PROMISED
        assert ("CANARY-DOOR" in shown) is promised, state
        assert ("O&#39;Hara" in shown or "&lt;b&gt;" in shown) or not promised
        assert "13812345678" not in shown


@pytest.mark.feature("P11")
def test_what_an_order_brought_adds_up() -> None:
    line = booked().booked
    assert line.net == line.gross + line.extra - line.commission - line.penalties == 10500
    text = plain(income.detail(Words("en", ZONE), booked()).text)
    for figure in ("¥120", "¥18", "¥5", "¥2", "¥105"):
        assert figure in text


@pytest.mark.parametrize("name", ["working", "resting"])
def test_home_keeps_to_eight_buttons_however_many_orders_wait(name: str) -> None:
    assert sum(map(len, SCREENS[name](Words("en", ZONE)).rows)) == 8
