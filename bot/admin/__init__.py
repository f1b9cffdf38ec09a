"""The staff chat: run the platform by commands, buttons and plain words."""

from bot import past
from bot.admin.alerts import dialog as alerts
from bot.admin.alerts import letters as alert_letters
from bot.admin.announce import dialog as announce
from bot.admin.appeals import dialog as appeals
from bot.admin.appeals import letters as appeal_letters
from bot.admin.applications import dialog as applications
from bot.admin.applications import letters as application_letters
from bot.admin.backups import dialog as backups
from bot.admin.backups import letters as backup_letters
from bot.admin.catalog import dialog as catalog
from bot.admin.desk import dialog as desk
from bot.admin.desk.handlers import home
from bot.admin.faq import dialog as faq
from bot.admin.guard import Guard
from bot.admin.money import dialog as money
from bot.admin.money import letters as money_letters
from bot.admin.orders import dialog as orders
from bot.admin.orders import letters as order_letters
from bot.admin.payouts import dialog as payouts
from bot.admin.payouts import letters as payout_letters
from bot.admin.people import dialog as people
from bot.admin.portraits import dialog as portraits
from bot.admin.portraits import letters as portrait_letters
from bot.admin.prices import dialog as prices
from bot.admin.prices import letters as price_letters
from bot.admin.promotions import dialog as promotions
from bot.admin.quarantine import dialog as quarantine
from bot.admin.quarantine import letters as quarantine_letters
from bot.admin.registry import Registry
from bot.admin.reviews import dialog as reviews
from bot.admin.reviews import letters as review_letters
from bot.admin.rules import dialog as rules
from bot.admin.security import dialog as security
from bot.admin.security import letters as security_letters
from bot.admin.staff import dialog as staff
from bot.admin.staff import letters as staff_letters
from bot.admin.stats import dialog as stats
from bot.admin.stats import letters as stats_letters
from bot.admin.tickets import dialog as tickets
from bot.admin.tickets import letters as ticket_letters
from bot.admin.typed import Typed, typed
from bot.conversation import Talk
from bot.i18n import mark

REGISTRY = Registry(
    (
        *desk.ROWS,
        *orders.ROWS,
        *alerts.ROWS,
        *people.ROWS,
        *tickets.ROWS,
        *reviews.ROWS,
        *applications.ROWS,
        *appeals.ROWS,
        *payouts.ROWS,
        *money.ROWS,
        *prices.ROWS,
        *portraits.ROWS,
        *catalog.ROWS,
        *staff.ROWS,
        *rules.ROWS,
        *stats.ROWS,
        *promotions.ROWS,
        *faq.ROWS,
        *announce.ROWS,
        *backups.ROWS,
        *security.ROWS,
        *quarantine.ROWS,
    )
)
DIALOGS = (REGISTRY.dialog(),)
COMMANDS = {row.name: row.does for row in REGISTRY.commands}
LETTERS = (
    order_letters.LETTERS
    | alert_letters.LETTERS
    | ticket_letters.LETTERS
    | review_letters.LETTERS
    | application_letters.LETTERS
    | appeal_letters.LETTERS
    | payout_letters.LETTERS
    | money_letters.LETTERS
    | price_letters.LETTERS
    | portrait_letters.LETTERS
    | staff_letters.LETTERS
    | backup_letters.LETTERS
    | security_letters.LETTERS
    | quarantine_letters.LETTERS
    | stats_letters.LETTERS
    | announce.LETTERS
    | past.LETTERS
)


def guard(staff_chat: int) -> Guard:
    """The door of this staff chat."""
    return Guard(REGISTRY, staff_chat)


async def edited(talk: Talk) -> None:
    """Staff who correct a word of theirs are not answered; what was sent to a person was read already."""


# What an empty chat says, and the line of the profile.
ABOUT = mark(
    "The back office of {name}, for its staff only: orders, applications, questions, services and "
    "rules. Most of it happens in the staff group; here you can do the same alone."
)
LINE = mark("The back office of {name}, for its staff only.")

__all__ = [
    "ABOUT",
    "COMMANDS",
    "DIALOGS",
    "LETTERS",
    "LINE",
    "REGISTRY",
    "Typed",
    "edited",
    "guard",
    "home",
    "typed",
]
