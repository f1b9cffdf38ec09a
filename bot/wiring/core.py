"""Builds core on a database: one hand-written list of who gets what."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.adapters import notifier
from bot.adapters.erasures import ErasureList
from bot.adapters.files import DiskFiles
from bot.adapters.geography import Gazetteer, Geocoder
from bot.adapters.surroundings import Premises
from bot.config import Settings
from bot.i18n import languages
from bot.place_names import know
from core.alerts.patterns import Patterns
from core.alerts.service import Alerts
from core.alerts.watching import Watching
from core.announcements.composing import Composing
from core.announcements.sending import Sending
from core.announcements.service import Announcements
from core.announcements.steering import Steering
from core.appeals.service import Appeals
from core.availability.service import Availability
from core.backups.service import Backups
from core.catalog.drafting import Drafting
from core.catalog.importing import Importing
from core.catalog.publishing import Publishing
from core.catalog.service import Catalog
from core.extras.drafts import Drafts
from core.extras.service import Extras
from core.faq.editing import FaqEditing
from core.faq.service import Faq
from core.figures.reading import Reading
from core.figures.service import Statistics
from core.files.leaving import Leaving
from core.findings.service import Findings
from core.ids import Ids
from core.income import Income
from core.inquiries.service import Inquiries
from core.levels.service import Levels
from core.orders.absent import Absent
from core.orders.arrival import Arrival
from core.orders.at_once import AtOnce
from core.orders.booking import Bookings
from core.orders.cash import Cash
from core.orders.choosing import Choosing
from core.orders.contact import Contact
from core.orders.find import OrderFinder
from core.orders.history import History
from core.orders.jobs import Jobs
from core.orders.late import Lateness
from core.orders.matching import Matching
from core.orders.moving import Moving
from core.orders.offers import Offers
from core.orders.passing import Passing
from core.orders.photos import JobPhotos
from core.orders.place import Placing
from core.orders.pool import Pool
from core.orders.reassign import Reassigning
from core.orders.reminders import Reminding
from core.orders.service import Orders
from core.orders.times import Times
from core.orders.together import Together
from core.orders.tracking import Tracking
from core.payments.desk import Payments
from core.payments.method import Method
from core.payments.stray import Strays
from core.payouts.accounts import Accounts
from core.payouts.binding import Bindings, PayeePages
from core.payouts.deciding import Deciding
from core.payouts.model import AccountKind
from core.payouts.releasing import Releasing
from core.payouts.sending import Sender
from core.payouts.sending import Sending as PayoutSending
from core.payouts.service import Payouts
from core.people.absence import Absence
from core.people.applications import Applications
from core.people.days import Days
from core.people.expiry import Expiry
from core.people.finding import PeopleFinder
from core.people.freezing import Freezing
from core.people.freezing_customers import FreezingCustomers
from core.people.judging import Judging
from core.people.mending import Mending
from core.people.papers import Papers
from core.people.profile import Profiles
from core.people.providers import Providers
from core.people.schedule import Schedule
from core.people.service import People
from core.people.staff import StaffRoom
from core.people.touched import Touched
from core.places import Place
from core.platform.reports import Reports
from core.platform.service import PlatformFigures
from core.platform.traces import Traces
from core.portraits.service import Portraits
from core.ports import Geography
from core.prices.deciding import PriceDesk
from core.prices.service import Prices
from core.privacy.service import Privacy
from core.promotions.deals import Deals
from core.promotions.service import Promotions
from core.quarantine.service import Quarantine
from core.receipts.service import Receipts
from core.recommend.favourites import Favourites
from core.recommend.service import Recommending
from core.reconciling.daily import DailyMoney
from core.reconciling.service import Reconciling
from core.records.service import Records
from core.redress.closing import Closing
from core.redress.refunds import Refunds
from core.relay.service import Relay
from core.reviews.hiding import Hiding
from core.reviews.received import Answering
from core.reviews.reporting import Reporting
from core.reviews.service import Reviews
from core.rules import Rules
from core.rules.service import RuleBook
from core.search.comparing import Comparing
from core.search.timed import TimedFinder
from core.security.checking import Checking
from core.security.refusals import Refusals
from core.series.open_dates import OpenDates
from core.series.paying import Collecting
from core.series.service import Repeating
from core.series.visits import Visits
from core.services import Core
from core.statements import Statements
from core.support.hearing import Hearing
from core.support.service import Support
from core.support.waiting import Desk, Waiting
from core.taking.service import Takings
from core.tidying.service import Tidying
from core.waitlist.line import Line
from core.waitlist.service import Waitlist
from db.alerts import AlertReads
from db.announced import SentTable
from db.audience import CrowdTable
from db.catalog_uses import CatalogUses
from db.claims import ClaimTable
from db.engine import Database
from db.figures import RecordReads
from db.heaps import HeapTables
from db.holdings import HoldingTable
from db.inbox import InboxTable
from db.ledger_reads import LedgerReads, TillReads
from db.papers import PaperReads
from db.platform import PlatformReads
from db.promotions import CouponReads
from db.reconciling import BookReads
from db.records import EndedOrders
from db.search.candidates import CandidateSearch
from db.search.index import Index
from db.search.indexing import Indexer
from db.search.market import MarketPrices
from db.search.orders import OrderSearch
from db.search.people import OrderSums, PersonSearch
from db.search.providers import Providers as ProviderSearch
from db.store import SqlStore
from db.traces import TraceTable

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Built:
    """Core and the parts of it that the rest of the wiring needs by their own type."""

    core: Core
    store: SqlStore
    files: DiskFiles
    indexer: Indexer
    ids: Ids


def geography(settings: Settings, places: Sequence[Place]) -> Geography:
    """The gazetteer alone, or with a Nominatim server behind it."""
    know(places)
    gazetteer = Gazetteer(places)
    if not settings.geocoder_url:
        return gazetteer
    return Geocoder(
        url=settings.geocoder_url, user_agent="doorstep", first=gazetteer,
        language=settings.default_language.replace("_", "-"),
    )  # fmt: skip


def build(
    settings: Settings, database: Database, *, methods: Mapping[str, Method],
    places: Sequence[Place], clock: Clock, senders: Mapping[AccountKind, Sender] | None = None,
    payees: PayeePages | None = None,
) -> Built:  # fmt: skip
    """Everything core can do on this database; `senders` send money to accounts of their kind, `payees` is where
    those who are sent money to WeChat reach us.
    """
    rng, zone = random.SystemRandom(), settings.timezone
    ids, rules = Ids(rng=rng), Rules()
    store = SqlStore(database, letters=notifier.letters, clock=clock)
    quarantine = Quarantine(store=store, new_id=ids)
    store.allow = quarantine.allow
    files = DiskFiles(root=settings.data_dir / "files", store=lambda: store, new_id=ids)
    around = geography(settings, (*places, *settings.places))
    claims, search = ClaimTable(database), ProviderSearch(database)
    ledger = LedgerReads(database)
    reading = Reading(store=store, records=RecordReads(database), rules=rules)
    catalog = Catalog(store=store)
    standing = CatalogUses(database)
    drafting = Drafting(store=store, catalog=catalog, reads=standing, new_id=ids)
    availability = Availability(store=store, claims=claims, rules=rules, zone=zone)
    indexer = Indexer(database=database, store=store, availability=availability, rules=rules)
    providers = Providers(store=store, catalog=catalog, availability=availability)
    applications = Applications(
        store=store, catalog=catalog, availability=availability, rules=rules, new_id=ids
    )
    prices = Prices(
        store=store,
        catalog=catalog,
        availability=availability,
        reads=MarketPrices(database),
        rules=rules,
        new_id=ids,
    )
    bookings = Bookings(
        store=store, catalog=catalog, providers=providers, availability=availability, rules=rules,
        new_id=ids,
    )  # fmt: skip
    orders = Orders(store=store, availability=availability, new_id=ids)
    reminding = Reminding(
        store=store, orders=orders, availability=availability, rules=rules, new_id=ids
    )
    line = Line(store=store, availability=availability, rules=rules)
    placing = Placing(
        store=store, bookings=bookings, availability=availability, line=line, rules=rules,
        reminding=reminding, new_id=ids, rng=rng, currency=settings.currency,
    )  # fmt: skip
    times = Times(
        store=store, orders=orders, reminding=reminding, availability=availability, line=line,
        rules=rules, new_id=ids,
    )  # fmt: skip
    passing = Passing(store=store, orders=orders, new_id=ids)
    freezing = Freezing(store=store, passing=passing, new_id=ids)
    at_once = AtOnce(
        store=store, orders=orders, placing=placing, availability=availability, rules=rules,
        new_id=ids,
    )  # fmt: skip
    tracking = Tracking(store=store, rules=rules, new_id=ids)
    jobs = Jobs(
        store=store, orders=orders, passing=passing, at_once=at_once, tracking=tracking, rules=rules,
        zone=zone,
        new_id=ids,
    )  # fmt: skip
    pool = Pool(store=store, candidates=CandidateSearch(providers=search, zone=zone))
    choosing = Choosing(
        store=store, orders=orders, placing=placing, availability=availability, pool=pool,
        rules=rules, new_id=ids,
    )  # fmt: skip
    matching = Matching(
        store=store, orders=orders, placing=placing, availability=availability, pool=pool,
        at_once=at_once, choosing=choosing, rules=rules, new_id=ids,
    )  # fmt: skip
    visits = Visits(
        store=store, catalog=catalog, bookings=bookings, placing=placing,
        availability=availability, line=line, rules=rules, new_id=ids,
    )  # fmt: skip
    drafts = Drafts(store=store, orders=orders, catalog=catalog, rules=rules, new_id=ids)
    accounts = Accounts(store=store, vault=settings.vault, new_id=ids)
    paying_out = Deciding(
        store=store, ledger=ledger, accounts=accounts, new_id=ids, sent_by_gateway=senders or {}
    )
    releasing = Releasing(store=store, ledger=ledger, rules=rules, new_id=ids)
    backups = Backups(store=store, rules=rules, new_id=ids, able=bool(settings.backup_keys))
    refusals = Refusals(store=store, rules=rules, zone=zone, new_id=ids)
    staff = StaffRoom(store=store, refusals=refusals, new_id=ids)
    schedule = Schedule(store=store, availability=availability, new_id=ids)
    touched = Touched(store=store, schedule=schedule)
    moving = Moving(store=store, orders=orders, times=times, rules=rules, new_id=ids)
    finder = TimedFinder(
        store=store, catalog=catalog, availability=availability, rules=rules,
        index=Index(database), search=search,
    )  # fmt: skip
    reviews = Reviews(store=store, rules=rules, new_id=ids)
    answering = Answering(store=store, rules=rules)
    traces = Traces(book=TraceTable(database), places=around, zone=zone)
    alert_reads = AlertReads(database)
    desk = Desk(rules, zone)
    support = Support(store=store, rules=rules, desk=desk, new_id=ids, rng=rng)
    refunds = Refunds(store=store, orders=orders, ledger=ledger, new_id=ids)
    crowd = CrowdTable(
        database, places=around, languages=languages(), language=settings.default_language
    )
    payments = Payments(
        store=store, orders=orders, placing=placing, methods=methods, new_id=ids,
        quarantine=quarantine, zone=zone,
    )  # fmt: skip
    strays = Strays(store=store, methods=methods, new_id=ids, quarantine=quarantine)
    reconciling = Reconciling(
        store=store, book=BookReads(database), payments=payments, strays=strays, new_id=ids,
        zone=zone,
    )  # fmt: skip
    core = Core(
        store=store, rules=rules, files=files, places=around,
        people=People(store=store, new_id=ids),
        people_finder=PeopleFinder(store=store, search=PersonSearch(database)),
        profiles=Profiles(
            store=store, sums=OrderSums(database), ledger=ledger, staff=staff,
            currency=settings.currency,
        ),
        mending=Mending(store=store, staff=staff, places=around),
        freezing_customers=FreezingCustomers(store=store, staff=staff), catalog=catalog, availability=availability,
        bookings=bookings,
        together=Together(providers=providers, bookings=bookings), placing=placing, orders=orders,
        history=History(store=store),
        moving=moving,
        reminding=reminding,
        cash=Cash(store=store, orders=orders, new_id=ids),
        jobs=jobs, job_photos=JobPhotos(store=store, orders=orders, new_id=ids),
        drafts=drafts,
        extras=Extras(store=store, orders=orders, drafts=drafts, rules=rules, new_id=ids),
        receipts=Receipts(
            store=store, till=TillReads(database), rules=rules, new_id=ids, zone=zone
        ),
        matching=matching,
        payments=payments,
        reconciling=reconciling, strays=strays,
        daily_money=DailyMoney(
            store=store, reconciling=reconciling, methods=methods, rules=rules, zone=zone
        ),
        index=indexer,
        finder=finder, comparing=Comparing(finder=finder, bookings=bookings, catalog=catalog),
        favourites=Favourites(
            store=store, catalog=catalog, providers=providers, finder=finder
        ),
        recommending=Recommending(store=store, catalog=catalog, finder=finder, new_id=ids),
        deals=Deals(store=store, catalog=catalog, finder=finder, bookings=bookings),
        promotions=Promotions(
            store=store, catalog=catalog, spending=CouponReads(database), new_id=ids, rng=rng
        ),
        providers=providers,
        reviews=reviews, answering=answering,
        hiding=Hiding(store=store, orders=orders, reviews=reviews, staff=staff),
        reporting=Reporting(
            store=store, orders=orders, reviews=reviews, answering=answering, new_id=ids
        ),
        faq=Faq(store=store), faq_editing=FaqEditing(store=store, new_id=ids),
        support=support, hearing=Hearing(store=store, rules=rules, new_id=ids),
        waiting=Waiting(store=store, desk=desk), refunds=refunds,
        closing=Closing(
            store=store, support=support, orders=orders, refunds=refunds, rules=rules, new_id=ids,
            rng=rng,
        ),
        prices=prices, price_desk=PriceDesk(store=store, catalog=catalog, prices=prices),
        portraits=Portraits(store=store, new_id=ids),
        takings=Takings(store=store, new_id=ids),
        expiry=Expiry(
            store=store, reads=PaperReads(database), catalog=catalog, rules=rules,
            zone=availability.zone,
        ),
        inquiries=Inquiries(store=store, new_id=ids),
        applications=applications,
        judging=Judging(store=store, applications=applications, availability=availability),
        schedule=schedule, touched=touched,
        absence=Absence(
            store=store, schedule=schedule, touched=touched, availability=availability,
            orders=orders, passing=passing, moving=moving,
        ),
        days=Days(store=store, schedule=schedule, rules=rules),
        offers=Offers(store=store, orders=orders, places=around, rules=rules),
        tracking=tracking, arrival=Arrival(store=store, orders=orders, new_id=ids),
        absent=Absent(store=store, orders=orders, rules=rules, new_id=ids),
        income=Income(store=store, ledger=ledger),
        records=Records(
            store=store, ledger=ledger, orders=EndedOrders(database), places=around, zone=zone,
            currency=settings.currency,
        ),
        statements=Statements(
            store=store, ledger=ledger, zone=zone, currency=settings.currency
        ),
        statistics=Statistics(
            store=store, reading=reading, ledger=ledger, zone=zone, currency=settings.currency
        ),
        findings=Findings(
            store=store, reading=reading, records=RecordReads(database), catalog=catalog,
            prices=prices, traces=traces, places=around, rules=rules, zone=zone, new_id=ids,
        ),
        tidying=Tidying(heaps=HeapTables(database), rules=rules),
        traces=traces, reports=Reports(store=store, rules=rules, zone=zone),
        platform=PlatformFigures(
            records=PlatformReads(database), traces=traces, catalog=catalog, places=around, rules=rules, zone=zone,
            currency=settings.currency,
        ),
        levels=Levels(
            store=store, reading=reading, ledger=ledger, rules=rules, zone=zone,
            currency=settings.currency, new_id=ids,
        ),
        releasing=releasing, accounts=accounts,
        bindings=Bindings(store=store, accounts=accounts, pages=payees, new_id=ids, rng=rng),
        payouts=Payouts(
            store=store, ledger=ledger, accounts=accounts, releasing=releasing, rules=rules,
            new_id=ids, rng=rng, zone=zone, currency=settings.currency,
        ),
        deciding=paying_out,
        payout_sending=PayoutSending(
            store=store, deciding=paying_out, accounts=accounts, rules=rules,
            quarantine=quarantine, senders=senders or {},
        ),
        staff=staff, refusals=refusals,
        rule_book=RuleBook(
            store=store, rules=rules, staff=staff, new_id=ids, paid_online=bool(methods)
        ),
        order_finder=OrderFinder(store=store, search=OrderSearch(database)),
        reassigning=Reassigning(orders=orders, passing=passing, matching=matching),
        papers=Papers(store=store, availability=availability),
        announcements=Announcements(store=store),
        composing=Composing(store=store, crowd=crowd, new_id=ids),
        sending=Sending(store=store, crowd=crowd, sent=SentTable(database)),
        steering=Steering(store=store),
        leaving=Leaving(store=store, holdings=HoldingTable(database), files=files),
        privacy=Privacy(
            store=store, holdings=HoldingTable(database), files=files, new_id=ids,
            erasures=ErasureList(
                settings.data_dir / "erased.txt", settings.backups / "erased.txt"
            ),
        ),
        drafting=drafting,
        publishing=Publishing(store=store, catalog=catalog, drafting=drafting, reads=standing, zone=zone),
        importing=Importing(
            catalog=catalog, drafting=drafting, reads=standing, new_id=ids,
            currency=settings.currency,
        ),
        relay=Relay(store=store, orders=orders, rules=rules, new_id=ids),
        passing=passing, at_once=at_once, choosing=choosing,
        contact=Contact(store=store, orders=orders, new_id=ids),
        lateness=Lateness(
            store=store, orders=orders, passing=passing, rules=rules, new_id=ids
        ),
        freezing=freezing,
        appeals=Appeals(store=store, freezing=freezing, rules=rules, new_id=ids),
        line=line,
        waitlist=Waitlist(
            store=store, catalog=catalog, bookings=bookings, availability=availability,
            rules=rules, new_id=ids,
        ),
        repeating=Repeating(
            store=store, catalog=catalog, visits=visits, availability=availability, rules=rules,
            new_id=ids,
        ),
        open_dates=OpenDates(store=store, visits=visits, availability=availability),
        collecting=Collecting(store=store, orders=orders, visits=visits, new_id=ids),
        alerts=Alerts(store=store, tally=alert_reads),
        watching=Watching(store=store, suspects=alert_reads, rules=rules, new_id=ids),
        patterns=Patterns(
            store=store, visits=alert_reads, reading=reading, accounts=accounts, rules=rules,
            new_id=ids,
        ),
        backups=backups, quarantine=quarantine,
        checking=Checking(
            store=store, rules=rules, refusals=refusals, backups=backups, quarantine=quarantine,
            surroundings=Premises(settings), plumbing=InboxTable(database), zone=zone,
        ),
    )  # fmt: skip
    return Built(core, store, files, indexer, ids)


async def refresh(core: Core) -> None:
    """Reads what is kept in memory anew: the catalogue and the rules."""
    await core.catalog.reload()
    await core.rule_book.read()
    await core.quarantine.read()
