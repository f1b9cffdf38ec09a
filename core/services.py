"""Everything core can do, as one object the wiring fills and the conversations use."""

from dataclasses import dataclass

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
from core.figures.service import Statistics
from core.files.leaving import Leaving
from core.findings.service import Findings
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
from core.orders.reassign import Reassigning
from core.orders.reminders import Reminding
from core.orders.service import Orders
from core.orders.together import Together
from core.orders.tracking import Tracking
from core.payments.desk import Payments
from core.payments.stray import Strays
from core.payouts.accounts import Accounts
from core.payouts.binding import Bindings
from core.payouts.deciding import Deciding
from core.payouts.releasing import Releasing
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
from core.platform.reports import Reports
from core.platform.service import PlatformFigures
from core.platform.traces import Traces
from core.portraits.service import Portraits
from core.ports import FileStore, Geography, SearchIndexer, Store
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
from core.statements import Statements
from core.support.hearing import Hearing
from core.support.service import Support
from core.support.waiting import Waiting
from core.taking.service import Takings
from core.tidying.service import Tidying
from core.waitlist.line import Line
from core.waitlist.service import Waitlist


@dataclass(slots=True)
class Core:
    """One service per area; each public method is one use case."""

    store: Store
    rules: Rules
    files: FileStore
    places: Geography
    people: People
    people_finder: PeopleFinder
    profiles: Profiles
    mending: Mending
    catalog: Catalog
    availability: Availability
    bookings: Bookings
    together: Together
    extras: Extras
    receipts: Receipts
    reconciling: Reconciling
    daily_money: DailyMoney
    placing: Placing
    orders: Orders
    history: History
    moving: Moving
    reminding: Reminding
    cash: Cash
    jobs: Jobs
    job_photos: JobPhotos
    drafts: Drafts
    matching: Matching
    payments: Payments
    index: SearchIndexer
    finder: TimedFinder
    comparing: Comparing
    deals: Deals
    promotions: Promotions
    recommending: Recommending
    favourites: Favourites
    providers: Providers
    reviews: Reviews
    answering: Answering
    reporting: Reporting
    hiding: Hiding
    faq: Faq
    faq_editing: FaqEditing
    support: Support
    hearing: Hearing
    waiting: Waiting
    refunds: Refunds
    closing: Closing
    staff: StaffRoom
    refusals: Refusals
    order_finder: OrderFinder
    reassigning: Reassigning
    papers: Papers
    drafting: Drafting
    publishing: Publishing
    importing: Importing
    prices: Prices
    price_desk: PriceDesk
    portraits: Portraits
    takings: Takings
    expiry: Expiry
    inquiries: Inquiries
    applications: Applications
    judging: Judging
    schedule: Schedule
    touched: Touched
    absence: Absence
    days: Days
    offers: Offers
    tracking: Tracking
    arrival: Arrival
    absent: Absent
    income: Income
    records: Records
    rule_book: RuleBook
    relay: Relay
    passing: Passing
    at_once: AtOnce
    choosing: Choosing
    contact: Contact
    lateness: Lateness
    freezing: Freezing
    freezing_customers: FreezingCustomers
    appeals: Appeals
    privacy: Privacy
    backups: Backups
    checking: Checking
    quarantine: Quarantine
    leaving: Leaving
    announcements: Announcements
    composing: Composing
    sending: Sending
    steering: Steering
    line: Line
    waitlist: Waitlist
    repeating: Repeating
    open_dates: OpenDates
    collecting: Collecting
    releasing: Releasing
    accounts: Accounts
    bindings: Bindings
    payouts: Payouts
    deciding: Deciding
    payout_sending: PayoutSending
    strays: Strays
    statements: Statements
    statistics: Statistics
    levels: Levels
    findings: Findings
    platform: PlatformFigures
    traces: Traces
    tidying: Tidying
    reports: Reports
    alerts: Alerts
    watching: Watching
    patterns: Patterns
