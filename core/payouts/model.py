"""Where a provider's money is to go, and each of his wishes to have some of it."""

from datetime import datetime
from enum import StrEnum

from core.entity import Entity


class AccountKind(StrEnum):
    BANK = "bank"
    ALIPAY = "alipay"
    WECHAT = "wechat"


class PayoutAccount(Entity):
    """An account to be paid to; another one is another row, so a payout keeps the account it was asked for.

    `sealed` is the holder's name and the number, encrypted; `masked` all that is ever shown of them.
    """

    provider_id: int
    kind: AccountKind
    sealed: str
    masked: str
    active: bool = True
    created_at: datetime


class Binding(Entity):
    """A provider shows who he is in WeChat: whoever opens the page of this token there. One at a time, good once.

    `sealed` is what WeChat told of him, still without the holder's name.
    """

    provider_id: int
    token: str
    sealed: str = ""
    until: datetime
    version: int = 1


class PayoutState(StrEnum):
    ASKED = "asked"
    CHECKED = "checked"  # approved once, and large enough to need somebody else's approval, too
    APPROVED = "approved"
    SENDING = "sending"  # a gateway was told to send it, and only its answer ends it
    CONFIRMING = "confirming"  # the gateway waits for the payee to say yes there
    PAID = "paid"
    RETURNED = "returned"  # not sent, or sent and come back: the provider has the money on his balance again


class Hindrance(StrEnum):
    """Why an approved payout did not go by itself."""

    NONE = ""
    SHORT = "short"  # the platform's own account has too little
    NOBODY_TO_ASK = "nobody_to_ask"  # it was given to a gateway that is not set up any more


class Payout(Entity):
    """One intention to pay a provider out. `number` is ours and names it at a bank or gateway for good.

    `day` is the local day (ordinal) it counts for. Who approved and ended it are Telegram ids of staff. `reference` is
    the gateway's own, where one sent it. Where its payee has to say yes there, `ticket` is what he is shown it by, and
    `confirm_until` the end of his time.
    """

    number: str
    provider_id: int
    account_id: int
    amount: int
    currency: str
    state: PayoutState = PayoutState.ASKED
    second: bool = False
    day: int
    reason: str = ""
    reference: str = ""
    hindrance: Hindrance = Hindrance.NONE
    ticket: str = ""
    confirm_until: datetime | None = None
    approved_by: int | None = None
    second_by: int | None = None
    ended_by: int | None = None
    version: int = 1
    asked_at: datetime
    ended_at: datetime | None = None
