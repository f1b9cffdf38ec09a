"""The chart of accounts and the table event → debit, credit, amount: all the book-keeping there is.

A posting moves an amount from its credit account to its debit account. Debits are kept as positive numbers, credits
as negative ones, so a transaction sums to zero, and so does the whole book. What we own and what we spend has a
positive balance; what we owe and what we earn a negative one.

    gateway:{method}           own     money that lies at a payment company
    customer:{order}           owe     what a customer paid for a visit that is not over
    refunds_payable:{order}    owe     promised back to a customer and not yet sent
    provider:{id}:pending      owe     earned, but held for some days after the visit
    provider:{id}:available    owe     earned and free to be withdrawn
    provider:{id}:debt         own     what a provider owes us: cash he took at the door. What he earns is set
                                       against it, so that in the end it is the commission that he pays off
    provider:{id}:payout_pending  owe  asked for by the provider, and on its way
    paid_out:{id}              own     sent to a provider, out of what lies at the payment companies: below zero
    astray:{method}            owe     came by a payment company for no order we know, and has to go back
    commission                 earn
    cancellation_fees          earn
    discounts                  spend   coupons, and what staff took off before a visit: the customer pays less, the
                                       provider earns the same
    goodwill                   spend   given back or made good though nothing was owed any more
    chargebacks                spend   taken back by a customer's bank against our will; less what was won again

A visit of ¥200 with 15 % commission, ¥60 paid as deposit and the rest in cash, line by line (debits are positive):

    captured      gateway:card +60          customer −60
    cash_taken    provider:debt +140        customer −140
    earned        customer +200             provider:pending −200
                  provider:pending +30      commission −30
    released      provider:pending +140     provider:debt −140
                  provider:pending +30      provider:available −30

He has ¥140 of cash and ¥30 to withdraw: 170, his share. The customer's account is at zero, as after every story.
"""

from dataclasses import dataclass
from typing import Final

CAPTURED: Final = "captured"
CASH_TAKEN: Final = "cash_taken"
EARNED: Final = "earned"
RELEASED: Final = "released"
CANCELLED: Final = "cancelled"
REFUND_OWED: Final = "refund_owed"
REFUNDED: Final = "refunded"
CHARGED_BACK: Final = "charged_back"
CHARGE_REGAINED: Final = "charge_regained"
CAME_ASTRAY: Final = "came_astray"
SENT_HOME: Final = "sent_home"
GOODWILL_GIVEN: Final = "goodwill_given"
GIVEN_BACK: Final = "given_back"
FORFEITED: Final = "forfeited"
COMPENSATED: Final = "compensated"
OWED: Final = "owed"
WITHDRAWN: Final = "withdrawn"
PAID_OUT: Final = "paid_out"
WITHHELD: Final = "withheld"
BOUNCED: Final = "bounced"

GATEWAY: Final = "gateway:{method}"
CUSTOMER: Final = "customer:{order}"
REFUNDS_PAYABLE: Final = "refunds_payable:{order}"
PENDING: Final = "provider:{provider}:pending"
AVAILABLE: Final = "provider:{provider}:available"
DEBT: Final = "provider:{provider}:debt"
PAYING: Final = "provider:{provider}:payout_pending"
SENT: Final = "paid_out:{provider}"
ASTRAY: Final = "astray:{method}"
COMMISSION: Final = "commission"
CANCELLATION_FEES: Final = "cancellation_fees"
DISCOUNTS: Final = "discounts"
GOODWILL: Final = "goodwill"
CHARGEBACKS: Final = "chargebacks"

CHART: Final = (
    GATEWAY, CUSTOMER, REFUNDS_PAYABLE, PENDING, AVAILABLE, DEBT,
    PAYING, SENT, ASTRAY, COMMISSION, CANCELLATION_FEES, DISCOUNTS, GOODWILL, CHARGEBACKS,
)  # fmt: skip

# A customer's own money came in or went back: each of these has a paper.
PAPERS: Final = (CAPTURED, CASH_TAKEN, REFUNDED)


@dataclass(frozen=True, slots=True)
class Posting:
    """`amount` names the figure that moves from `credit` to `debit`; a figure of zero leaves no line."""

    debit: str
    credit: str
    amount: str


POSTINGS: Final[dict[str, tuple[Posting, ...]]] = {
    # A payment company says it has the money: deposit, full price, or a payment too many.
    CAPTURED: (Posting(GATEWAY, CUSTOMER, "amount"),),
    # The customer paid the provider at the door.
    CASH_TAKEN: (Posting(DEBT, CUSTOMER, "amount"),),
    # The visit is over and settled: gross, the platform's part of the price, commission.
    EARNED: (
        Posting(CUSTOMER, PENDING, "paid_by_customer"),
        Posting(DISCOUNTS, PENDING, "discount"),
        Posting(PENDING, COMMISSION, "commission"),
    ),
    # The holding time is over; what the provider owes is taken first.
    RELEASED: (
        Posting(PENDING, DEBT, "set_off"),
        Posting(PENDING, AVAILABLE, "released"),
    ),
    # The visit will not be: what was paid is fee, the provider's part of the fee, or goes back.
    CANCELLED: (
        Posting(CUSTOMER, CANCELLATION_FEES, "fee"),
        Posting(CUSTOMER, PENDING, "fee_to_provider"),
        Posting(CUSTOMER, REFUNDS_PAYABLE, "refund"),
    ),
    # Paid twice, or too late for the slot: it goes back whatever becomes of the order.
    REFUND_OWED: (Posting(CUSTOMER, REFUNDS_PAYABLE, "amount"),),
    # A bank took it back for its customer; the dispute was won, and it is here again.
    CHARGED_BACK: (Posting(CHARGEBACKS, GATEWAY, "amount"),),
    CHARGE_REGAINED: (Posting(GATEWAY, CHARGEBACKS, "amount"),),
    # Staff gave back at the gateway's own desk what was earned already.
    GOODWILL_GIVEN: (Posting(GOODWILL, REFUNDS_PAYABLE, "amount"),),
    # Staff decided on a settled visit: money goes back, and whoever bears it gives up his part of it.
    GIVEN_BACK: (
        Posting(PENDING, REFUNDS_PAYABLE, "by_provider"),
        Posting(COMMISSION, REFUNDS_PAYABLE, "commission"),
        Posting(GOODWILL, REFUNDS_PAYABLE, "by_platform"),
    ),
    # What a customer gets instead of money is paid by whoever did the visit.
    FORFEITED: (Posting(PENDING, GOODWILL, "amount"),),
    # A provider had trouble that was not his fault.
    COMPENSATED: (Posting(GOODWILL, PENDING, "amount"),),
    # More was taken back than was still on hold: he owes the rest, and what he earns next pays it.
    OWED: (Posting(DEBT, PENDING, "amount"),),
    # The payment company says the customer has it back.
    REFUNDED: (Posting(REFUNDS_PAYABLE, GATEWAY, "amount"),),
    # Money came for no order, and went back where it came from. These two are about a stray, not an order.
    CAME_ASTRAY: (Posting(GATEWAY, ASTRAY, "amount"),),
    SENT_HOME: (Posting(ASTRAY, GATEWAY, "amount"),),
    # A payout was asked for: nobody else can have this money now. These four are about a payout, not an order.
    WITHDRAWN: (Posting(AVAILABLE, PAYING, "amount"),),
    # The provider has it.
    PAID_OUT: (Posting(PAYING, SENT, "amount"),),
    # It was not sent, and is his to withdraw again.
    WITHHELD: (Posting(PAYING, AVAILABLE, "amount"),),
    # It was sent and came back.
    BOUNCED: (Posting(SENT, AVAILABLE, "amount"),),
}
