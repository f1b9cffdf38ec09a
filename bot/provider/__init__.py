"""The provider bot: apply, accept, work, get paid."""

from bot import past
from bot.edits import edits
from bot.i18n import mark
from bot.news import letters as news_letters
from bot.news.dialog import DIALOG as NEWS
from bot.notices import letters as notice_letters
from bot.notices.dialog import DIALOG as NOTICES
from bot.provider.anytime import known, moving, typed
from bot.provider.appeal import letters as appeal_letters
from bot.provider.appeal.dialog import DIALOG as APPEAL
from bot.provider.apply.dialog import DIALOG as APPLY
from bot.provider.away.dialog import DIALOG as AWAY
from bot.provider.extras import letters as extra_letters
from bot.provider.extras.dialog import DIALOG as EXTRAS
from bot.provider.findings import letters as finding_letters
from bot.provider.findings.dialog import DIALOG as FINDINGS
from bot.provider.home.dialog import DIALOG as HOME
from bot.provider.home.handlers import home
from bot.provider.income import letters as income_letters
from bot.provider.income.dialog import DIALOG as INCOME
from bot.provider.inquiry import letters as inquiry_letters
from bot.provider.inquiry.dialog import DIALOG as INQUIRY
from bot.provider.jobs import letters as job_letters
from bot.provider.jobs.dialog import DIALOG as JOBS
from bot.provider.letters import LETTERS as OWN_LETTERS
from bot.provider.level import letters as level_letters
from bot.provider.level.dialog import DIALOG as LEVEL
from bot.provider.moving.dialog import DIALOG as MOVING
from bot.provider.moving.letters import LETTERS as MOVING_LETTERS
from bot.provider.offers.dialog import DIALOG as OFFERS
from bot.provider.payout import letters as payout_letters
from bot.provider.payout.dialog import DIALOG as PAYOUT
from bot.provider.prices import letters as price_letters
from bot.provider.prices.dialog import DIALOG as PRICES
from bot.provider.records.dialog import DIALOG as RECORDS
from bot.provider.reviews.dialog import DIALOG as REVIEWS
from bot.provider.schedule import letters as schedule_letters
from bot.provider.schedule.dialog import DIALOG as SCHEDULE
from bot.provider.settings import letters as setting_letters
from bot.provider.settings.dialog import DIALOG as SETTINGS
from bot.provider.stats.dialog import DIALOG as STATS
from bot.relay import letters as relay_letters
from bot.relay.dialog import DIALOG as RELAY
from bot.support import letters as support_letters
from bot.support.dialog import dialog as support
from bot.support.handlers import said

_DIALOGS = (
    HOME, APPEAL, APPLY, INQUIRY, OFFERS, JOBS, EXTRAS, MOVING, SCHEDULE, AWAY, INCOME, RECORDS, REVIEWS, PAYOUT,
    PRICES, STATS, LEVEL, FINDINGS, SETTINGS, NOTICES, NEWS, support(known), RELAY,
)  # fmt: skip
DIALOGS = tuple(moving(dialog) for dialog in _DIALOGS)

LETTERS = (
    OWN_LETTERS
    | job_letters.LETTERS
    | MOVING_LETTERS
    | schedule_letters.LETTERS
    | extra_letters.LETTERS
    | payout_letters.LETTERS
    | income_letters.LETTERS
    | level_letters.LETTERS
    | price_letters.LETTERS
    | setting_letters.LETTERS
    | appeal_letters.LETTERS
    | finding_letters.LETTERS
    | inquiry_letters.LETTERS
    | notice_letters.LETTERS
    | news_letters.LETTERS
    | support_letters.LETTERS
    | relay_letters.LETTERS
    | past.LETTERS
)

edited = edits(typed, said)

# The menu of commands, in this order.
COMMANDS = {
    "start": mark("Home"),
    "jobs": mark("Jobs"),
    "schedule": mark("Schedule"),
    "away": mark("Can't work"),
    "prices": mark("Services and prices"),
    "income": mark("Income"),
    "records": mark("Records"),
    "reviews": mark("Reviews"),
    "withdraw": mark("Withdraw"),
    "stats": mark("Statistics"),
    "level": mark("My level"),
    "tips": mark("Tips"),
    "news": mark("Latest news"),
    "settings": mark("Settings"),
    "notifications": mark("What reaches me"),
    "test": mark("Hear how messages come"),
    "language": mark("Language"),
    "help": mark("Help and support"),
    "cancel": mark("Stop what I'm doing"),
}

# What an empty chat says, and the line of the profile.
ABOUT = mark(
    "Work with {name}: orders near you, at your prices, in your hours. "
    "You see what you earn before you accept.\n\n"
    "Press Start to apply. It takes about five minutes."
)
LINE = mark("For the professionals of {name}: orders, schedule and income in one chat.")

__all__ = ["ABOUT", "COMMANDS", "DIALOGS", "LETTERS", "LINE", "edited", "home", "typed"]
