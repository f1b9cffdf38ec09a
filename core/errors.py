"""Every way the business says no: one class per broken rule, facts as fields, no prose (words: bot/errors.py)."""

from dataclasses import dataclass, field
from datetime import datetime


class DomainError(Exception):
    """A rule of the business refused what was asked; expected and quiet."""


@dataclass
class Unknown(DomainError):
    """No such thing, or it is not for this person: both sound alike on purpose."""

    what: str = ""


@dataclass
class NotAllowedNow(DomainError):
    """The lifecycle has no such step from the present state."""

    verb: str
    state: str


@dataclass
class OutOfDate(DomainError):
    """Somebody else changed it between reading and writing."""


@dataclass
class SlotTaken(DomainError):
    """The time was claimed by somebody else meanwhile."""

    provider_id: int
    starts_at: datetime
    alternatives: list[datetime] = field(default_factory=list)


@dataclass
class DayFull(DomainError):
    """The provider's daily maximum is reached."""

    provider_id: int


@dataclass
class TooManyHolds(DomainError):
    """The customer already holds as many unpaid slots as the rule allows."""

    limit: int


@dataclass
class CouponGone(DomainError):
    """The coupon ran out, expired or does not fit; `why` is a short key the word table knows, or nothing more to say.

    `facts`: what would make it count (`least` and `lacking` in minor units, `starts_at`, `names` of what it is for).
    """

    code: str
    why: str = ""
    facts: dict[str, object] = field(default_factory=dict)


@dataclass
class FeeChanged(DomainError):
    """Cancelling costs something else now than what was shown; nothing was done. In minor units."""

    fee: int


@dataclass
class GivenMeanwhile(DomainError):
    """Something went back meanwhile, so nothing was done now; `left` could still go back, in minor units."""

    left: int


@dataclass
class TooLate(DomainError):
    """The visit is too near for another time: nobody could answer the question any more."""


@dataclass
class WrongCode(DomainError):
    """The start code does not match; `left` tries remain before a pause."""

    left: int


@dataclass
class PhotosMissing(DomainError):
    """The service asks for work photos of this stage, and there is none yet."""

    stage: str


@dataclass
class TalkOver(DomainError):
    """The two sides of an order can't write to each other (any more): only from acceptance to so many hours after."""

    hours: int


@dataclass
class OtherHands(DomainError):
    """The order has another provider than the one these words are for; nothing was passed on."""


@dataclass
class Invalid(DomainError):
    """A value is not acceptable: `name` names it, `reason` is a short key the word table knows."""

    name: str
    reason: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass
class AlreadyDone(DomainError):
    """The same thing was done before (a repeated tap or a repeated update)."""


@dataclass
class Taken(DomainError):
    """Another member of the staff has it in hand."""

    name: str
    at: datetime


@dataclass
class OwnDecision(DomainError):
    """Whoever took a provider out does not decide on the appeal against it while somebody else can."""


@dataclass
class SwitchedOff(DomainError):
    """The platform has turned this off for now; `what` is the name of the switch."""

    what: str


@dataclass
class RulesClash(DomainError):
    """The change would contradict the rule `other`; empty where nobody could pay any more."""

    rule: str
    other: str


@dataclass
class Frozen(DomainError):
    """The person is frozen and may not do this; `reason` is what the staff said to it."""

    reason: str = ""


@dataclass
class NotPermitted(DomainError):
    """The role of this member of staff does not include this action."""

    action: str


@dataclass
class PayoutRefused(DomainError):
    """A rule of withdrawals says no: `rule` names it, `amount` is what it allows, `until` when it passes, if ever.

    off, account, least, funds, hold, owed, day, cool.
    """

    rule: str
    amount: int = 0
    until: datetime | None = None


@dataclass
class PaymentUnavailable(DomainError):
    """The payment method did not answer in a usable way; try again or take another."""

    method: str


@dataclass
class CheckoutRefused(DomainError):
    """This may not be paid now, told to whoever is about to.

    unknown, paid, under_way, over, differs.
    """

    why: str


@dataclass
class BackupsOff(DomainError):
    """There is no key to lock a backup with."""


@dataclass
class Unusable(DomainError):
    """A file can't be restored: `why` names the reason.

    no_key, no_file, foreign, wrong_key, cut, damaged, newer, other_database, unsound, not_empty.
    """

    why: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass
class StandsStill(DomainError):
    """The platform was restored and is only looked at until its money has been compared."""
