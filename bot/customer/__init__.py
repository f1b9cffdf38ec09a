"""The customer bot: find, book, pay, follow, review."""

from bot import past
from bot.customer.account import held
from bot.customer.account import letters as account_letters
from bot.customer.account.dialog import DIALOG as ACCOUNT
from bot.customer.booking.dialog import DIALOG as BOOKING
from bot.customer.browse.dialog import DIALOG as BROWSE
from bot.customer.compare.dialog import DIALOG as COMPARE
from bot.customer.deals.dialog import DIALOG as DEALS
from bot.customer.extras import letters as extra_letters
from bot.customer.extras.dialog import DIALOG as EXTRAS
from bot.customer.foryou.dialog import DIALOG as FOR_YOU
from bot.customer.home.dialog import DIALOG as HOME
from bot.customer.home.handlers import home
from bot.customer.inline.handlers import offering
from bot.customer.moving import letters as moving_letters
from bot.customer.moving.dialog import DIALOG as MOVING
from bot.customer.orders import absent, redress, rescue, setbacks
from bot.customer.orders import letters as order_letters
from bot.customer.orders.dialog import DIALOG as ORDERS
from bot.customer.payment.dialog import DIALOG as PAYMENT
from bot.customer.payment.invoice import till
from bot.customer.place.dialog import DIALOG as PLACE
from bot.customer.providers.dialog import DIALOG as PROVIDERS
from bot.customer.receipts.dialog import DIALOG as RECEIPTS
from bot.customer.review import letters as review_letters
from bot.customer.review.dialog import DIALOG as REVIEW
from bot.customer.search.dialog import DIALOG as SEARCH
from bot.customer.search.handlers import typed
from bot.customer.search.reach import known_at_help, pin_at_help
from bot.customer.series import letters as series_letters
from bot.customer.series.dialog import DIALOG as SERIES
from bot.customer.settings.dialog import DIALOG as SETTINGS
from bot.customer.waitlist import letters as waitlist_letters
from bot.customer.waitlist.dialog import DIALOG as WAITLIST
from bot.edits import edits
from bot.i18n import mark
from bot.news import letters as news_letters
from bot.news.dialog import DIALOG as NEWS
from bot.notices import letters as notice_letters
from bot.notices.dialog import DIALOG as NOTICES
from bot.relay import letters as relay_letters
from bot.relay.dialog import DIALOG as RELAY
from bot.support import letters as support_letters
from bot.support.dialog import dialog as support
from bot.support.handlers import said

DIALOGS = (
    HOME, BROWSE, SEARCH, PROVIDERS, COMPARE, DEALS, FOR_YOU, PLACE, BOOKING, PAYMENT, ORDERS,
    EXTRAS, RECEIPTS, MOVING, REVIEW, support(known_at_help, pin_at_help), SETTINGS, NOTICES, RELAY,
    ACCOUNT, NEWS, WAITLIST, SERIES,
)  # fmt: skip

LETTERS = (
    order_letters.LETTERS
    | redress.LETTERS
    | setbacks.LETTERS
    | absent.LETTERS
    | rescue.LETTERS
    | waitlist_letters.LETTERS
    | series_letters.LETTERS
    | moving_letters.LETTERS
    | support_letters.LETTERS
    | extra_letters.LETTERS
    | review_letters.LETTERS
    | relay_letters.LETTERS
    | account_letters.LETTERS
    | held.LETTERS
    | news_letters.LETTERS
    | notice_letters.LETTERS
    | past.LETTERS
)

edited = edits(typed, said)

# The menu of commands, in this order.
COMMANDS = {
    "start": mark("Home"),
    "orders": mark("My orders"),
    "deals": mark("Deals for you"),
    "receipts": mark("Payments and receipts"),
    "favourites": mark("Favourite providers"),
    "news": mark("Latest news"),
    "settings": mark("Settings"),
    "notifications": mark("What reaches me"),
    "test": mark("Hear how messages come"),
    "language": mark("Language"),
    "privacy": mark("My data"),
    "help": mark("Help and support"),
    "cancel": mark("Stop what I'm doing"),
}

# What an empty chat says, and the line of the profile.
ABOUT = mark(
    "Repairs, cleaning, beauty and more at your door: find, book, pay and follow it all in this chat.\n\n"
    "Press Start, then just type what you need, for example “AC not cooling”."
)
LINE = mark("{name}: home services, booked right in the chat.")

__all__ = [
    "ABOUT", "COMMANDS", "DIALOGS", "LETTERS", "LINE", "edited", "home", "offering", "till", "typed",
]  # fmt: skip
