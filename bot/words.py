"""Names of states and choices: enum → word, translated where shown."""

from bot.i18n import Words, mark
from core.catalog.model import WorkPhotos
from core.orders.model import Pay, Stage, State
from core.payouts.model import AccountKind, Hindrance, PayoutState
from core.people.model import Level
from core.places import Place
from core.relay.model import Relayed, Sort
from core.reviews.model import Reason
from core.series.model import Rhythm

LANGUAGES = {"zh_CN": "中文", "en": "English"}
"""Each by its own name."""
SPOKEN = {"zh_CN": mark("Chinese"), "en": mark("English")}
"""Within a sentence."""

STATES = {
    State.UNPAID: ("💳", mark("Waiting for payment")),
    State.OFFERED: ("⏳", mark("Waiting for the provider")),
    State.SEARCHING: ("🔎", mark("Finding another provider")),
    State.CHOOSING: ("🕒", mark("Another time needed")),
    State.ACCEPTED: ("✅", mark("Accepted")),
    State.ON_THE_WAY: ("🛵", mark("On the way")),
    State.ARRIVED: ("📍", mark("Arrived")),
    State.WORKING: ("🔧", mark("In progress")),
    State.FINISHED: ("🧾", mark("Work done")),
    State.DISPUTED: ("⚖️", mark("Being checked")),
    State.CLOSED: ("🎉", mark("Completed")),
    State.CANCELLED: ("✖️", mark("Cancelled")),
}

LEVELS = {
    Level.STARTER: ("🌱", mark("Starter")),
    Level.BRONZE: ("🥉", mark("Bronze")),
    Level.SILVER: ("🥈", mark("Silver")),
    Level.GOLD: ("🥇", mark("Gold")),
}

PAYS = {
    Pay.FULL: mark("Pay now"),
    Pay.DEPOSIT: mark("Pay a deposit"),
    Pay.ON_SITE: mark("Pay on site"),
}

METHODS = {
    "stripe": mark("bank card"),
    "invoice": mark("card inside Telegram"),
    "wechat": mark("WeChat Pay"),
    "alipay": mark("Alipay"),
    "on_site": mark("on site"),
}

TAXES = (mark("Tax"), mark("VAT"), mark("GST"))

CERTIFICATES = {
    "electrician": mark("Electrician licence"),
    "refrigeration": mark("Refrigeration licence"),
    "gas": mark("Gas appliance licence"),
    "height": mark("Working-at-height licence"),
    "health": mark("Health certificate"),
    "locksmith": mark("Police-registered locksmith"),
    "pest": mark("Pest control certificate"),
    "maternity": mark("Maternity and baby care certificate"),
    "identity": mark("Identity card"),
}

# Repeated visits; an order that belongs to none says nothing.
RHYTHMS = {
    Rhythm.WEEKLY: mark("🔁 Every week"),
    Rhythm.TWO_WEEKS: mark("🔁 Every two weeks"),
    Rhythm.MONTHLY: mark("🔁 Every month"),
}

# What is said in our words where somebody only taps; each reads it in their own language.
READY = {
    Sort.DETAILS: mark(
        "👋 Hello! I'll come as agreed. Is there anything I should know beforehand: the gate, parking, "
        "what exactly needs doing?"
    ),
}

# What the price of a service is for.
UNITS = {
    "visit": mark("a visit"),
    "unit": mark("a piece"),
    "hour": mark("an hour"),
    "sqm": mark("a square metre"),
    "metre": mark("a metre"),
    "person": mark("a person"),
}

# What the provider has to show of the place; nothing to say where nothing is asked.
WORK_PHOTOS = {
    WorkPhotos.NONE: mark("none"),
    WorkPhotos.BEFORE: mark("before the work"),
    WorkPhotos.AFTER: mark("after the work"),
    WorkPhotos.BOTH: mark("before and after the work"),
}
STAGES = {
    Stage.BEFORE: mark("📷 Before the work"),
    Stage.AFTER: mark("📷 After the work"),
}


def level_name(value: Level, words: Words) -> str:
    sign, name = LEVELS[value]
    return f"{sign} {words.plain(name)}"


def state(value: State, words: Words) -> str:
    """An order's state with its sign, as bare text."""
    sign, name = STATES[value]
    return f"{sign} {words.plain(name)}"


def pay(value: Pay, words: Words) -> str:
    return words.plain(PAYS[value])


def method(code: str, words: Words) -> str:
    """The way money goes, as it stands within a sentence."""
    return words.plain(METHODS[code]) if code in METHODS else code


def begun(text: str) -> str:
    """As a sentence, a line or a button begins."""
    return text[:1].upper() + text[1:]


def tax(name: str, words: Words) -> str:
    """What a tax is called; a name that staff thought up is told as they wrote it."""
    return words.plain(name) if name in TAXES else name


def certificate(kind: str, words: Words) -> str:
    """A kind of certificate; one staff thought up themselves is called as they wrote it."""
    return words.plain(CERTIFICATES[kind]) if kind in CERTIFICATES else kind


ACCOUNTS = {
    AccountKind.BANK: ("🏦", mark("Bank card")),
    AccountKind.ALIPAY: ("🔵", mark("Alipay")),
    AccountKind.WECHAT: ("🟢", mark("WeChat")),
}

PAYOUTS = {
    PayoutState.ASKED: ("⏳", mark("Being checked")),
    PayoutState.CHECKED: ("⏳", mark("Being checked once more")),
    PayoutState.APPROVED: ("✅", mark("Approved, about to be sent")),
    PayoutState.SENDING: ("📤", mark("On its way to you")),
    PayoutState.CONFIRMING: ("👉", mark("Waiting for you in WeChat")),
    PayoutState.PAID: ("💸", mark("Sent to you")),
    PayoutState.RETURNED: ("↩️", mark("Back on your balance")),
}
# Why a gateway did not send a payout.
NOT_SENT = {
    "alipay_payee": mark("Alipay doesn't know this account"),
    "alipay_name": mark("Alipay says the name and the account don't belong together"),
    "alipay_status": mark("This Alipay account can't receive money at the moment"),
    "alipay_limit": mark("Alipay doesn't let this account receive so much, or so little"),
    "alipay_other": mark("Alipay refused it"),
    "wechat_late": mark("Not confirmed in WeChat in time"),
    "wechat_name": mark("The name isn't that of this WeChat"),
    "wechat_gone": mark("WeChat doesn't know this account any more; please bind it again"),
    "wechat_status": mark("This WeChat can't receive money at the moment; WeChat Pay says why"),
    "wechat_limit": mark("WeChat doesn't let this account receive so much now"),
    "wechat_other": mark("WeChat refused it"),
}

HINDRANCES = {
    Hindrance.SHORT: mark(
        "⚠️ Not sent yet: our account there is short of money. Once it's topped up, it goes by itself."
    ),
    Hindrance.NOBODY_TO_ASK: mark(
        "⚠️ It may have been sent before sending was switched off here. Look there first!"
    ),
}


def not_sent(reason: str, words: Words) -> str:
    """A reason of a gateway's, or one of the staff's, which may be in their own words."""
    return words.plain(NOT_SENT[reason]) if reason in NOT_SENT else words.known(reason)


# Why a payout was not sent, or came back; any other reason is in the staff's own words.
RETURNS = (
    mark("The name and the account don't belong together"),
    mark("The bank doesn't know this account"),
    mark("Please choose another account"),
)


# What a provider has against a review.
REPORTS = {
    Reason.INSULT: mark("It insults me"),
    Reason.ELSEWHERE: mark("It's not about my work"),
    Reason.PRIVATE: mark("It tells private things"),
    Reason.BLACKMAIL: mark("It's blackmail"),
    Reason.OTHER: mark("Something else"),
}
# Why a price outside the band was not accepted; any other reason is in the staff's own words.
PRICE_REASONS = (
    mark("It is far above what others nearby ask"),
    mark("It is too low for good work"),
    mark("Please tell us more about why"),
)

# Why a new photo was not accepted, likewise.
PORTRAIT_REASONS = (
    mark("Your face can't be seen clearly"),
    mark("Please be alone in the picture"),
    mark("Please send one without text, numbers or advertising"),
)


def account(kind: AccountKind, words: Words) -> str:
    sign, name = ACCOUNTS[kind]
    return f"{sign} {words.plain(name)}"


# What came of a question to the staff; any other outcome is in their own words.
OUTCOMES = {
    "solved": mark("Solved"),
    "refund": mark("Money refunded"),
    "compensation": mark("Compensation given"),
    "redo": mark("Will be redone"),
    "nothing": mark("Nothing to do"),
}


# What a voucher is called that was given as this outcome.
VOUCHERS = {"compensation": mark("Our apology"), "redo": mark("A free visit")}


def outcome(text: str, words: Words) -> str:
    return words.plain(OUTCOMES[text]) if text in OUTCOMES else text


def rhythm(name: str, words: Words) -> str:
    return words.plain(RHYTHMS[Rhythm(name)])


def place_name(words: Words, place: Place) -> str:
    return words.pick({"zh_CN": place.name, "en": place.name_en})


def spot(place: str, detail: str) -> str:
    """Where a visit is: the place and the door beside each other, told apart."""
    return " · ".join(part for part in (place, detail) if part)


def relayed(one: Relayed, words: Words) -> str:
    """What a message of a talk says."""
    return words.plain(READY[one.sort]) if one.sort in READY else one.text


def language(code: str) -> str:
    return LANGUAGES.get(code, code)


def spoken(code: str, words: Words) -> str:
    return words.plain(SPOKEN[code]) if code in SPOKEN else code
