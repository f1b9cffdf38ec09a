"""Screens of the staff chat in every language, with names meant to break them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup, escape

from bot.admin.announce import draft_screens as writing
from bot.admin.announce import screens as announce
from bot.admin.announce import whom_screens as whom
from bot.admin.appeals.deciding import APPEALS
from bot.admin.applications import screens as applications
from bot.admin.applications.decide import APPLICATIONS
from bot.admin.applications.decide import rows as application_rows
from bot.admin.catalog import draft_screens as drafts
from bot.admin.catalog import preview_screens as previews
from bot.admin.catalog import row_screens as rows
from bot.admin.catalog import screens as catalog
from bot.admin.catalog import sheet_screens as sheets
from bot.admin.catalog.fields import FIELDS, Group
from bot.admin.catalog.row_fields import KINDS
from bot.admin.deciding import screens as deciding
from bot.admin.deciding.flow import Deciding
from bot.admin.desk import screens as desk
from bot.admin.orders import act_screens, board, screens
from bot.admin.orders.acts import ACTS
from bot.admin.orders.reading import wanted
from bot.admin.orders.timeline import VERBS
from bot.admin.orders.whole import Whole
from bot.admin.payouts import screens as payouts
from bot.admin.payouts.deciding import PAYOUTS
from bot.admin.payouts.deciding import card as payout_card
from bot.admin.people import act_screens as person_acts
from bot.admin.people import edit_screens as edits
from bot.admin.people import screens as people
from bot.admin.people import talk_screens as talks
from bot.admin.people.acts import ACTS as PERSON_ACTS
from bot.admin.portraits import screens as portraits
from bot.admin.portraits.deciding import PORTRAITS
from bot.admin.portraits.deciding import card as portrait_card
from bot.admin.prices import screens as prices
from bot.admin.prices.deciding import PRICES
from bot.admin.prices.deciding import card as price_card
from bot.admin.redress import screens as redress
from bot.admin.redress.terms import Terms
from bot.admin.reviews import hiding_screens as hiding
from bot.admin.reviews import screens as reviews
from bot.admin.staff import screens as staff
from bot.admin.tickets import ending_screens as ending
from bot.admin.tickets import screens as tickets
from bot.admin.tickets.closing import CODES, TICKETS
from bot.gateway.calls import text_message
from bot.gateway.render import plain
from bot.i18n import Words, languages
from bot.screen import Button, File, Screen, press
from core.announcements.model import Announcement, Errand, Heads, Spread
from core.appeals.looking import Case as AppealCase
from core.appeals.model import Appeal, Freeze
from core.catalog.differences import Difference, Fate, Obstacle
from core.catalog.importing import Comparison
from core.catalog.model import Category, Edit, Service, Sort
from core.catalog.publishing import Outside, Publication
from core.catalog.sheet.nodes import Mistake
from core.files.model import Kept
from core.ledger.balances import Balances
from core.orders.find import Found
from core.orders.lifecycle import LIFECYCLE
from core.orders.model import Order, Pay, State, Step
from core.orders.service import OrderView
from core.orders.terms import CancelTerms
from core.payouts.accounts import Holder
from core.payouts.deciding import Whole as PayoutView
from core.payouts.model import AccountKind, Payout, PayoutAccount, PayoutState
from core.people.dossier import Application
from core.people.finding import FoundPeople, Somebody
from core.people.mending import Correction, Part
from core.people.model import (
    Address,
    Certificate,
    Hours,
    Person,
    Provider,
    ProviderState,
    Role,
    Skill,
    Staff,
    StaffAct,
)
from core.people.profile import AsCustomer, AsProvider, Profile
from core.places import Area
from core.portraits.model import Portrait, PortraitState
from core.portraits.service import Sitter
from core.prices.deciding import Whole as Asked
from core.prices.market import Market
from core.prices.model import PriceRequest, RequestState
from core.privacy.service import Hindrances
from core.promotions.model import Coupon
from core.redress.bearing import Stake
from core.redress.closing import Case as Complaint
from core.redress.model import Outcome
from core.reviews.hiding import Seen
from core.reviews.model import Reason, Report, Review, Verdict
from core.reviews.reporting import Case
from core.rules import Rules
from core.search.finder import Number
from core.security.model import Refusal, Why
from core.support.model import Ticket, TicketState
from core.taking.model import Matter, Taking
from tests.bot.admin.coupon_samples import coupon_screens
from tests.bot.admin.faq_samples import faq_screens
from tests.bot.admin.hearing_samples import hearing_screens
from tests.bot.admin.money_samples import money_screens

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
HOSTILE = "<b>O'Brien & {name} %s \u202e</b> " + "很长的名字" * 12
SERVICE = Service(
    id=5, category_id=4, code="ac", emoji="❄️", names={"en": HOSTILE, "zh_CN": HOSTILE},
    descriptions={"en": HOSTILE, "zh_CN": HOSTILE}, keywords=[HOSTILE], price_low=8000,
    price_high=20000,
)  # fmt: skip
RICH = SERVICE.model_copy(update={
    "options": [{"code": str(n), "names": {"en": HOSTILE}, "price": n, "minutes": 5, "max": n + 1}
                for n in range(12)],
    "questions": [{"code": str(n), "names": {"en": HOSTILE}, "choices": [{"en": HOSTILE}] * n,
                   "required": True} for n in range(3)],
})  # fmt: skip
CATEGORY = Category(id=4, code="home", names={"en": HOSTILE, "zh_CN": HOSTILE})
PERSON = Person(id=1, telegram_id=11, name=HOSTILE, phone="+86138", created_at=NOW, seen_at=NOW)
PROVIDER = Provider(
    id=2, person_id=1, name=HOSTILE, state=ProviderState.APPLIED, bio={"en": HOSTILE}, years=3,
    place=HOSTILE, created_at=NOW, reason=HOSTILE,
)  # fmt: skip
PAPERS = tuple(
    Certificate(id=n, provider_id=2, kind=kind, number=HOSTILE, expires_on=day)
    for n, kind, day in (
        (31, "gas", None), (32, HOSTILE, date(2026, 3, 1)), (33, "health", date(2026, 3, 9)),
    )
)  # fmt: skip
APPLICATION = Application(
    provider=PROVIDER, person=PERSON, papers=PAPERS, needed=frozenset({"gas", "pest"}),
    skills=(Skill(id=8, provider_id=2, service_id=5, price=9000),),
    hours=tuple(
        Hours(id=n, provider_id=2, weekday=n, start_min=540, end_min=1080) for n in range(7)
    ),
)  # fmt: skip
CATALOG: Any = SimpleNamespace(service=lambda *, service_id: SERVICE)
TAKING = Taking(id=1, matter=Matter.PRICE, subject=2, staff_id=11, name=HOSTILE[:64], at=NOW)
TICKET = Ticket(
    id=6, number="T12345678", person_id=1, bot="customer", order_id=7,
    topic_id=99, created_at=NOW,
)  # fmt: skip


def order(state: State = State.DISPUTED) -> Order:
    return Order(
        id=7, number="48273615", customer_id=1, provider_id=2, service_id=5, state=state,
        starts_at=NOW + timedelta(hours=5), minutes=90, buffer_min=30, place=HOSTILE,
        detail=HOSTILE, lat=31.0, lon=121.0, notes=HOSTILE, snapshot={"names": SERVICE.names},
        currency="CNY", total=12850, pay=Pay.ON_SITE, method="on_site", due_now=0,
        cash_stated=12850, cash_confirmed=10000, commission_bp=1500, start_code="1234",
        created_at=NOW,
    )  # fmt: skip


def payout(state: PayoutState) -> PayoutView:
    one = Payout(
        id=9_000_000_000_000_000_000, number="W48273615", provider_id=2, account_id=5,
        amount=600_000, currency="CNY", state=state, second=True, day=1, reason=HOSTILE,
        approved_by=11, second_by=12, ended_by=13, asked_at=NOW,
    )  # fmt: skip
    account = PayoutAccount(
        id=5, provider_id=2, kind=AccountKind.WECHAT, sealed="", masked="wxi••••cd · 王••",
        created_at=NOW,
    )  # fmt: skip
    return PayoutView(one, account, PROVIDER, Balances(available=100))


def reported(verdict: Verdict) -> Case:
    review = Review(
        id=8, order_id=7, provider_id=2, customer_id=1, service_id=5, author=HOSTILE, quality=1,
        attitude=5, skill=3, text=HOSTILE, reply=HOSTILE, files=[4], created_at=NOW,
    )  # fmt: skip
    report = Report(
        id=9, review_id=8, order_id=7, provider_id=2, reason=Reason.OTHER, words=HOSTILE,
        verdict=verdict, decided_by=11 if verdict else None, created_at=NOW,
    )  # fmt: skip
    file = Kept(id=4, path="x", mime="image/jpeg", name="x", size=1, sha256="", created_at=NOW)
    return Case(report, review, OrderView(order(), PERSON, PROVIDER), (file,))


def asked(state: RequestState) -> Asked:
    one = PriceRequest(
        id=9_000_000_000_000_000_000, provider_id=2, service_id=5, former=9000, price=10**7,
        note=HOSTILE, reason=HOSTILE, state=state, asked_at=NOW,
    )  # fmt: skip
    return Asked(one, SERVICE, PROVIDER, 9000, Market(100, 10**7, 5))


def portrait(state: PortraitState) -> Sitter:
    one = Portrait(
        id=9_000_000_000_000_000_000, provider_id=2, file_id=4, state=state, reason=HOSTILE,
        sent_at=NOW,
    )  # fmt: skip
    return Sitter(one, PROVIDER)


ADDRESS = Address(id=1, person_id=1, place=HOSTILE, detail=HOSTILE, label=HOSTILE, lat=1, lon=1,
                  used_at=NOW)  # fmt: skip
FREEZE = Freeze(id=1, provider_id=2, staff_id=1, reason=HOSTILE, at=NOW)
APPEAL = Appeal(id=1, freeze_id=1, person_id=1, text=HOSTILE, created_at=NOW)
CASE = AppealCase(APPEAL, FREEZE, 1, PROVIDER, PERSON, None, None, [])


def whole(state: State = State.DISPUTED) -> Whole:
    steps = [
        Step(id=n, order_id=7, version=n, verb=verb, from_state="", to_state="", actor=actor,
             actor_id=2, at=NOW, facts={"reason": HOSTILE, "amount": 100, "provider": 2})
        for n, (verb, actor) in enumerate(
            (verb, actor) for verb in (*VERBS, "unheard_of") for actor in ("staff", "clock")
        )
    ]  # fmt: skip
    view = OrderView(order(state), PERSON, PROVIDER)
    return Whole(
        view, steps, [], [], {2: HOSTILE}, CancelTerms(100, 200, NOW), Stake(5000), "+86139"
    )


def asked_why(words: Words, about: Deciding[Any], one: Any, subject: int) -> list[Screen]:
    """The questions of every way of deciding, and how it ends."""
    shown = [deciding.told(words, about.ended(words, one), about.back(subject))]
    for way in about.ways:
        head, yes = way.head(words, one), Button(words.plain(way.yes), "y:1")
        if way.why:
            shown.append(
                deciding.why(
                    words,
                    head,
                    way.why,
                    5,
                    again=lambda n: "d:1",
                    onward=lambda n: "s:1",
                    away="v:1",
                )
            )
        if head:
            sure = (way.whether or way.head)(words, one)
            shown.append(deciding.sure(words, sure, HOSTILE, None, yes, away="v:1"))
    return shown


def profile(acts: list[StaffAct], *, frozen: bool = False) -> Profile:
    person = PERSON.model_copy(
        update={"frozen": frozen, "frozen_reason": HOSTILE, "frozen_at": NOW}
    )
    states = dict.fromkeys(State, 2)
    freeze = Freeze(id=1, provider_id=2, staff_id=1, reason=HOSTILE, at=NOW) if frozen else None
    provider = PROVIDER.model_copy(
        update={"state": ProviderState.FROZEN if frozen else ProviderState.APPROVED}
    )
    return Profile(
        person, AsCustomer(states, 100, 200, 300, 1, 2, [ADDRESS] * 2),
        AsProvider(provider, Balances(1, 2, 3, 4, 5), states, 1, 2, freeze), None, acts * 20, 3,
    )  # fmt: skip


def people_screens(words: Words, acts: list[StaffAct]) -> list[Screen]:
    free, held = profile(acts), profile(acts, frozen=True)
    somebody = [Somebody(PERSON), Somebody(PERSON, PROVIDER)] * 4
    hindered = Hindrances((), (), (), works=True, frozen=True)
    correction = Correction(Part.NAME, HOSTILE, HOSTILE)
    return [
        people.ask(words), people.found(words, FoundPeople((), 0, 0), HOSTILE),
        people.found(words, FoundPeople(tuple(somebody), 1, 20), HOSTILE),
        *(people.card(words, one, role, back=True, alone=alone)
          for one in (free, held) for role in Role for alone in (True, False)),
        people.history(words, free, 1, now=NOW), people.contact(words, free, Role.OWNER),
        *(person_acts.why(words, a.code, a.title, a.reasons, free) for a in PERSON_ACTS),
        *(person_acts.sure(words, a.code, (a.title, a.effect, a.yes), free, 0, a.reasons[0], read)
          for a in PERSON_ACTS for read in ("", HOSTILE)),
        person_acts.hindered(words, free, hindered),
        edits.menu(words, free), edits.sure(words, free, correction),
        edits.language(words, free, languages()),
        *(edits.ask(words, free, part) for part in edits.HINTS),
        talks.ask(words, free), talks.sure(words, free, HOSTILE),
        talks.conversations(words, free, [TICKET] * 9, 1, Role.OWNER, chat=-100123, now=NOW),
        talks.conversations(words, free, [], 0, Role.FINANCE, chat=5, now=NOW),
    ]  # fmt: skip


def hiding_screens(words: Words) -> list[Screen]:
    case = reported(Verdict.OPEN)
    seen = Seen(case.review, case.view, case.files)
    gone = Seen(case.review.model_copy(update={"hidden": True}), case.view, case.files)
    page = hiding.part([case.review] * 8, 0)
    return [
        hiding.hidden(words, [gone] * 6, page, 8, now=NOW),
        hiding.hidden(words, [], hiding.part([], 0), 0, now=NOW),
        *(screen(words, one) for screen in (hiding.one, hiding.why) for one in (seen, gone)),
        hiding.sure(words, seen, 1, 0, HOSTILE), hiding.sure(words, gone, 0, 0, HOSTILE),
    ]  # fmt: skip


def catalog_screens(words: Words) -> list[Screen]:
    edits = [
        Edit(id=n, sort=Sort.SERVICE, subject=one.id, staff_id=1, name=HOSTILE, at=NOW)
        for n, one in enumerate((SERVICE, CATEGORY))
    ]
    dearer = SERVICE.model_copy(
        update={"price_high": 9_999_900, "keywords": [HOSTILE], "names": {}}
    )
    found = [
        Difference(Fate.CHANGED, dearer, SERVICE, ("price_high", "keywords", "names", "position")),
        *(Difference(fate, SERVICE, SERVICE) for fate in Fate),
    ]
    told = Publication(
        7, edits, found, [], [Outside(SERVICE, 9, (HOSTILE,))], [(SERVICE, 2)], [(SERVICE, 1)]
    )
    stuck = Publication(7, edits, found, [Obstacle(dearer, "names")], used=[SERVICE])
    return [
        catalog.category(words, None, [CATEGORY] * 9, [], 0, {CATEGORY.id}, changes=True),
        catalog.category(words, CATEGORY, [CATEGORY] * 9, [SERVICE], 0, {1}, changes=True),
        *(catalog.thing(words, one, edits[0], changes=True, news=words("✓ Added. It stays hidden until you show it."),
                        count=2, now=NOW) for one in (SERVICE, dearer, CATEGORY)),
        *(catalog.group(words, dearer, which, [SERVICE], count=2) for which in Group),
        *(catalog.homes(words, one, [CATEGORY] * 9, 1) for one in (CATEGORY, SERVICE)),
        *(catalog.add(words, one, service=one is not None) for one in (CATEGORY, None)),
        *(catalog.ask(words, SERVICE, n) for n in range(len(FIELDS))),
        *(drafts.draft(words, one, 0, changes=True, now=NOW) for one in (told, stuck)),
        *(drafts.sure(words, one) for one in (told, stuck)),
        drafts.published(words, found), drafts.ask_discard(words, told),
        *(previews.category(words, words, CATEGORY, [SERVICE] * 9, n) for n in (0, 1)),
        previews.service(words, words, RICH, 8000, Number(3), 1), previews.choices(words, words, RICH, 0),
        previews.choices(words, words, SERVICE, 0),
        *(rows.listed(words, RICH, n, kind, range(len(kind.rows(RICH)))) for n, kind in enumerate(KINDS)),
        *(rows.one(words, RICH, n, kind, row, 7) for n, kind in enumerate(KINDS) for row in kind.rows(RICH)),
        *(rows.add(words, RICH, n, kind) for n, kind in enumerate(KINDS)),
        *(rows.ask(words, RICH, n, field, kind.rows(RICH)[0], 7)
          for n, kind in enumerate(KINDS) for field in kind.fields),
        sheets.door(words), sheets.exported(words, File("a.yaml", "application/yaml", b"a")),
        sheets.wrong(words, [Mistake(3, "missing", HOSTILE)] * 20),
        sheets.compared(words, Comparison(7, (), found, [SERVICE]), 0),
        sheets.compared(words, Comparison(7), 0),
    ]  # fmt: skip


def complaint(words: Words) -> list[Screen]:
    """Everything on the way to a ticket's end, for a customer's and a provider's."""
    view, rules, shown = whole(State.CLOSED).view, Rules(), []
    stake = Stake(12850, 10000, 12850, 1500)
    for bot in ("customer", "provider"):
        case = Complaint(TICKET.model_copy(update={"bot": bot}), PERSON, view, stake)
        begins = {code: press("ta", 6, code) for code in CODES}
        shown += [
            ending.choose(words, case, gives=True, begins=begins),
            ending.choose(words, case, gives=False, begins=begins),
            ending.kept(words, case.ticket),
            *asked_why(words, TICKETS, case, 6),
            *(
                ending.amount(words, case, "c", one, rules)
                for one in (Outcome.REFUND, Outcome.COMPENSATION)
            ),
            *(
                ending.bearer(words, case, code, 5000, {True: "x:1", False: "x:2"})
                for code in "rcd"
            ),
        ]
        shown += [
            Screen(told)
            for outcome in Outcome
            if (told := ending.effect(words, case, outcome, Terms(5000, True), rules)) is not None
        ]
    return shown


def money_back(words: Words, one: Whole) -> list[Screen]:
    head, borne = (
        Markup("<b>?</b>"),
        Stake(5000, 4000, 5000, 500).borne(amount=5000, by_provider=True),
    )
    return [
        redress.how_much(
            words,
            head,
            None,
            offered=redress.amounts(12850),
            currency="CNY",
            to=lambda n: press("obw", 7, n),
            away="ov:7",
        ),
        redress.who_bears(
            words, head, borne, "CNY", HOSTILE, lambda his: press("xbr", 7, his), "ob:7"
        ),
        Screen(redress.effect(words, one.order, borne, HOSTILE)),
        Screen(redress.paid(words, one.order, one.stake)),
    ]


def announce_screens(words: Words) -> list[Screen]:
    def told(state: Spread = Spread.DRAFT, **values: Any) -> Announcement:
        return Announcement(
            id=2**62, texts={"en": f"<b>{escape(HOSTILE)}</b>", "zh_CN": "你好"}, by=1, person_id=1, state=state,
            created_at=NOW, starts_at=NOW + timedelta(days=1), district="浦东新区", language="en", ordered=-60,
            began_at=None if state in (Spread.DRAFT, Spread.SCHEDULED) else NOW, total=9000, reached=4000,
            blocked=600, muted=20, failed=3, waiting=12, tapped=9, **values,
        )  # fmt: skip

    heads, draft = Heads(12_345, 20, 600), told()
    places = [(n, Area(f"城{n}市", f"区{n}")) for n in range(16)]
    coupon = Coupon(id=1, code="X", names={"en": HOSTILE}, starts_at=NOW, ends_at=NOW)
    running = [told(state) for state in Spread if state is not Spread.DRAFT]
    again = [
        told(state, errand=errand, changed=10)
        for state in (Spread.GOING, Spread.DONE) for errand in (Errand.CORRECT, Errand.WITHDRAW)
    ]  # fmt: skip
    return [
        *(writing.draft(words, one, n, HOSTILE, now=NOW) for n in (heads, Heads())
          for one in (draft, Announcement(id=1, by=1, person_id=1, created_at=NOW))),
        writing.texts(words, draft), writing.ask_text(words, draft, "en", too_long=4000),
        writing.ask_photo(words, draft, room=900), writing.ask_photo(words, draft, none=True),
        writing.ask_button(words, draft, [coupon] * 9, []), writing.ask_time(words, draft, again=True),
        writing.ask_button(words, draft, [], [SERVICE] * 9, again=True),
        *(whom.whom(words, draft, heads, languages(), 3, cities=cities) for cities in (True, False)),
        *(whom.districts(words, draft, places, n, w, again=True) for n in (0, 2) for w in (0, 1)),
        whom.cities(words, draft, places, 1, again=True),
        announce.overview(words, running * 3, draft, now=NOW), announce.overview(words, [], None, now=NOW),
        announce.past(words, running * 3, 1, now=NOW), announce.past(words, [], 0, now=NOW),
        *(announce.card(words, one, now=NOW) for one in (*running, *again)),
        announce.sure(words, draft, heads, now=NOW), announce.languages(words, draft),
        announce.ask_fix(words, draft, "en", 900), announce.sure_fix(words, draft, "en", "<i>so</i>"),
        announce.sure_back(words, draft),
    ]  # fmt: skip


def every(words: Words) -> list[Screen]:
    one, view = whole(), whole().view
    acts = [StaffAct(id=1, telegram_id=1, name=HOSTILE, action="orders.cancel", subject=HOSTILE,
                     reason=HOSTILE, at=NOW)]  # fmt: skip
    attempts = [
        Refusal(id=1, telegram_id=n, name=HOSTILE, chat_id=-1, action="orders.read", why=why, day=1,
                times=2, first_at=NOW, last_at=NOW)
        for n, why in enumerate(Why)
    ]  # fmt: skip
    member = Staff(id=1, telegram_id=11, name=HOSTILE, role=Role.OWNER, added_at=NOW)
    counts: Any = __import__("collections").Counter({State.OFFERED: 2})
    shown = [
        *(screens.order(words, whole(s), role, now=NOW) for s in State for role in Role),
        screens.steps(words, one, 0, now=NOW), screens.filters(words),
        screens.card(words, view, now=NOW),
        screens.found(words, Found((view,) * 6, 1, 20), title=HOSTILE, turn="oq", ids=(), now=NOW),
        screens.found(words, Found((), 0, 0), title=HOSTILE, turn="oq", ids=(), now=NOW),
        board.screen(words, counts, [view] * 8, now=NOW),
        act_screens.fee(words, one), act_screens.amount(words, one),
        act_screens.provider(words, one, [PROVIDER] * 9, 0, now=NOW),
        act_screens.provider(words, one, [], 0, now=NOW),
        act_screens.settle_at(words, one, 100),
        *(act_screens.why(words, a.code, (a.title, a.ask), a.reasons, 7, 1) for a in ACTS),
        *(act_screens.sure(words, a.code, a.title, one, 1, 0, (*a.reasons, HOSTILE)[0], n, now=NOW)
          for a in ACTS for n in ("", HOSTILE)),
        Screen(applications.whole(words, APPLICATION, TAKING, CATALOG, now=NOW),
               application_rows(words, APPLICATION, TAKING)),
        applications.applications(words, [PROVIDER] * 9, {2: TAKING}, 0),
        applications.applications(words, [], {}, 0),
        applications.papers(words, APPLICATION, today=NOW.date()),
        *(applications.one_paper(words, p, PROVIDER, today=NOW.date()) for p in PAPERS),
        *asked_why(words, APPLICATIONS, APPLICATION, 2), *asked_why(words, PAYOUTS, payout(PayoutState.PAID), 5),
        *asked_why(words, PRICES, asked(RequestState.ASKED), 6),
        deciding.held(words, HOSTILE, "apo:1", "av:1"),
        *(tickets.card(words, TICKET.model_copy(update={"state": s}), PERSON, one, TAKING, now=NOW)
          for s in TicketState),
        tickets.tickets(words, [TICKET] * 8, {1: PERSON}, {6: TAKING}, 0, chat=-100123, now=NOW),
        tickets.tickets(words, [], {}, {}, 0, chat=5, now=NOW), tickets.closed(words, TICKET),
        *complaint(words), *money_back(words, one), *hearing_screens(words, HOSTILE, NOW, one, TICKET),
        *(payout_card(words, payout(s), [member], TAKING) for s in PayoutState),
        payouts.payouts(words, [payout(s).payout for s in PayoutState] * 3, 0, now=NOW),
        payouts.payouts(words, [], 0, now=NOW, batch=True), payouts.batch(words, None, 0),
        payouts.holder(words, payout(PayoutState.APPROVED), Holder(AccountKind.BANK, HOSTILE, "4")),
        *(reviews.card(words, reported(v), [member]) for v in Verdict),
        reviews.reports(words, [reported(v) for v in Verdict] * 5, 1, now=NOW),
        reviews.reports(words, [], 0, now=NOW), reviews.pictures(words, reported(Verdict.OPEN), ()),
        *(price_card(words, asked(s), TAKING) for s in RequestState),
        prices.prices(words, [asked(RequestState.ASKED)] * 20, {}, 1, now=NOW),
        prices.prices(words, [], {}, 0, now=NOW),
        *[portrait_card(words, portrait(state), TAKING) for state in PortraitState],
        portraits.photos(words, portrait(PortraitState.SENT), (File(name=HOSTILE, file_id=4),)),
        portraits.portraits(words, [portrait(PortraitState.SENT)] * 20, {}, 1, now=NOW),
        *asked_why(words, PORTRAITS, portrait(PortraitState.SENT), 9_000_000_000_000_000_000),
        *money_screens(words, HOSTILE, NOW, TAKING),
        *coupon_screens(words, HOSTILE, NOW, [SERVICE, CATEGORY]), *faq_screens(words, HOSTILE, NOW),
        *catalog_screens(words),
        staff.staff(words, [member] * 9, 0, changes=True, now=NOW), staff.add(words, unclear=True),
        staff.member(words, member), staff.ask_dismiss(words, member),
        staff.choose_role(words, 5, HOSTILE), staff.left(words),
        *asked_why(words, APPEALS, CASE, 1),
        *people_screens(words, acts), *hiding_screens(words), *announce_screens(words),
        desk.log(words, acts, 0, now=NOW),
        desk.refused(words, attempts, 30, 0, now=NOW), desk.language(words, languages()),
        desk.cancelled(words, True),
    ]  # fmt: skip
    return shown


@pytest.mark.feature("X2", "A1", "A2", "A4", "A7")
@pytest.mark.parametrize("language", languages())
def test_names_change_nothing_and_everything_fits(language: str) -> None:
    for screen in every(Words(language, "Asia/Shanghai")):
        call = text_message(screen, {"chat_id": 1})
        assert "<b>O'Brien" not in call.params["text"]
        assert "<b>O&#39;Brien" not in call.params["text"]
        assert len(screen.rows) <= 8, plain(screen.text)
        for row in screen.rows:
            for button in row:
                assert button.label.strip()
                assert len(button.label) <= 48, button.label
                assert len(button.press.encode()) <= 64


@pytest.mark.feature("X2")
def test_chinese_screens_have_no_english_sentence() -> None:
    for screen in every(Words("zh_CN", "Asia/Shanghai")):
        text = plain(screen.text).replace(HOSTILE, "")
        words = [w for w in text.split() if w.isascii() and w.isalpha() and w.islower()]
        assert len(words) < 3, text


def test_the_timeline_has_a_word_for_every_step_of_the_lifecycle() -> None:
    assert {move.verb for move in LIFECYCLE} <= VERBS.keys()


@pytest.mark.feature("A4")
@pytest.mark.parametrize(
    ("typed", "text", "states", "day"),
    [
        ("王", "王", set(), None),
        ("Wang accepted", "Wang", {State.ACCEPTED}, None),
        ("已取消 王师傅", "王师傅", {State.CANCELLED}, None),
        ("2026-03-05", "", set(), date(2026, 3, 5)),
        ("tomorrow Ann", "Ann", set(), date(2026, 3, 3)),
        ("3月8日", "", set(), date(2026, 3, 8)),
        ("2026-13-45", "2026-13-45", set(), None),
        ("4827-3615", "4827-3615", set(), None),
    ],
)
def test_what_staff_type_is_understood(
    typed: str, text: str, states: set[State], day: date | None
) -> None:
    words = Words("en", "Asia/Shanghai")
    found = wanted(typed, words=words, now=NOW)
    assert (found.text, set(found.states)) == (text, states)
    assert (found.start.date() if found.start else None) == day


@pytest.mark.feature("A4")
@pytest.mark.parametrize("state", [State.ACCEPTED, State.SEARCHING, State.CHOOSING])
def test_where_nobody_has_the_visit_staff_can_only_name_somebody(state: State) -> None:
    words, one = Words("en", "Asia/Shanghai"), whole(state)
    held = state is State.ACCEPTED
    offered = str(act_screens.provider(words, one, [PROVIDER], 0, now=NOW).rows)
    assert ("Automatically" in offered) is held
    [hand_on] = [act for act in ACTS if act.code == "xg"]
    asked = act_screens.sure(words, "xg", hand_on.title, one, 1, 0, "late", "Bo", now=NOW).text
    assert ("loses it" in asked) is held
