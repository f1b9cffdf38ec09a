"""What must be true of the data at every moment: one query each, whose rows are the breaches.

`{epoch:column}` is an instant as seconds, `{pairs:column}` a JSON object as rows (key, value); `:now` is the moment in
milliseconds, `:holds` the rule for unpaid slots.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.orders.lifecycle import HOLDING, LIFECYCLE
from core.orders.model import State
from core.rules import RULES


@dataclass(frozen=True, slots=True)
class Invariant:
    """`says` is what holds while `sql` finds nothing. A quiet one holds only when all work is done."""

    name: str
    says: str
    sql: str
    quiet: bool = False


def _words(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


KEEPING: Final = _words(state.value for state in HOLDING | {State.CLOSED})
MOVES: Final = _words(f"{m.verb}:{m.source}:{m.target}:{who}" for m in LIFECYCLE for who in m.who)
FIRST: Final = "{epoch:o.starts_at} / 300"
LAST: Final = (
    "({epoch:o.starts_at} + (o.minutes + o.extra_min + o.buffer_min) * 60 + 299) / 300 - 1"
)
NEW_FIRST: Final = FIRST.replace("starts_at", "proposed_start")
NEW_LAST: Final = LAST.replace("starts_at", "proposed_start")
# Their taken time may have been forgotten by the rule, whatever it is.
PAST: Final = (
    f"(o.state = '{State.CLOSED}'"
    f" AND {{epoch:o.starts_at}} * 1000 < :now - {RULES['time_keep_days'].low * 86_400_000})"
)
PLACED: Final = "SELECT order_id FROM order_step WHERE verb = 'place'"

ASKED: Final = "SELECT a.id FROM ask a WHERE a.order_id = o.id AND a.provider_id = c.provider_id AND a.answer = ''"

HELD: Final = (
    "SELECT w.id FROM waiting w WHERE w.id = c.order_id AND w.offered_by = c.provider_id"
    " AND w.state = 'told' AND c.expires_at IS NOT NULL"
)

CLAIMS: Final = (
    Invariant(
        "asked_of_nobody",
        "somebody is asked at once with others only while the order has nobody",
        "SELECT a.id, a.order_id, o.state FROM ask a JOIN orders o ON o.id = a.order_id"
        " WHERE a.answer = '' AND o.state <> 'searching'",
    ),
    Invariant(
        "claim_of_nobody",
        "each claim belongs to an order that holds this provider's time, or asks him at once with others",
        "SELECT c.provider_id, c.cell, c.order_id, o.state FROM slot_claim c"
        f" LEFT JOIN orders o ON o.id = c.order_id WHERE (o.id IS NULL AND NOT EXISTS ({HELD}))"
        " OR o.state IN ('choosing', 'cancelled')"
        " OR (o.state <> 'searching' AND o.provider_id <> c.provider_id)"
        f" OR (o.state = 'searching' AND NOT EXISTS ({ASKED}))",
    ),
    Invariant(
        "hold_or_firm",
        "an unpaid order's claims end when its time to pay ends, those held for another start with the question"
        " about it, those of several who are asked at once with the time to answer, all others are firm, those of"
        " an unpaid visit of a series, too",
        "SELECT c.order_id, o.state, c.expires_at FROM slot_claim c"
        " JOIN orders o ON o.id = c.order_id WHERE (o.state IN ('unpaid', 'searching') AND c.expires_at IS NULL"
        " AND NOT (o.state = 'unpaid' AND o.series_id IS NOT NULL))"
        " OR (o.state NOT IN ('unpaid', 'searching') AND c.expires_at IS NOT NULL"
        " AND (o.proposed_until IS NULL OR c.expires_at / 1000 <> {epoch:o.proposed_until}))"
        " OR (o.state = 'unpaid' AND c.expires_at / 1000 <> {epoch:o.asked_until})"
        " OR (o.state = 'unpaid' AND o.series_id IS NOT NULL AND c.expires_at IS NOT NULL)"
        " OR (o.state = 'searching' AND c.expires_at / 1000 NOT IN"
        " (SELECT {epoch:a.until} FROM ask a WHERE a.order_id = o.id AND a.answer = ''))",
    ),
    Invariant(
        "time_not_claimed",
        "an order that holds time has a claim on each of its cells, and on no other",
        f"SELECT o.id, o.state, COUNT(c.cell), MIN(c.cell), MAX(c.cell), {FIRST}, {LAST}"
        " FROM orders o LEFT JOIN slot_claim c ON c.order_id = o.id"
        " AND (o.state = 'unpaid' OR c.expires_at IS NULL)"
        f" WHERE o.id IN ({PLACED}) AND NOT {PAST} AND (o.state IN ({KEEPING})"
        " OR (o.state = 'unpaid' AND {epoch:o.asked_until} * 1000 > :now))"
        " GROUP BY o.id, o.state, o.starts_at, o.minutes, o.extra_min, o.buffer_min"
        f" HAVING COUNT(c.cell) <> {LAST} - {FIRST} + 1 OR MIN(c.cell) <> {FIRST}"
        f" OR MAX(c.cell) <> {LAST}",
    ),
    Invariant(
        "proposed_not_held",
        "while a question about another start is open, each of its cells is held for the order",
        f"SELECT o.id, COUNT(c.cell), {NEW_FIRST}, {NEW_LAST} FROM orders o LEFT JOIN slot_claim c"
        f" ON c.order_id = o.id AND c.provider_id = o.provider_id AND c.cell >= {NEW_FIRST}"
        f" AND c.cell <= {NEW_LAST} WHERE o.proposed_start IS NOT NULL"
        " AND {epoch:o.proposed_until} * 1000 > :now"
        " GROUP BY o.id, o.proposed_start, o.minutes, o.buffer_min"
        f" HAVING COUNT(c.cell) <> {NEW_LAST} - {NEW_FIRST} + 1",
    ),
    Invariant(
        "proposal_out_of_place",
        "only a promised visit has an open question, with all that belongs to it",
        "SELECT id, state, proposed_by, proposed_start, proposed_until FROM orders"
        " WHERE (proposed_start IS NOT NULL AND (state <> 'accepted' OR proposed_until IS NULL"
        " OR proposed_by NOT IN ('customer', 'provider')))"
        " OR (proposed_start IS NULL AND (proposed_until IS NOT NULL OR proposed_by <> ''))",
    ),
    Invariant(
        "two_at_once",
        "no two orders have the same provider at the same time, buffers included",
        "SELECT o.id, b.id, o.provider_id FROM orders o JOIN orders b ON b.provider_id = o.provider_id"
        f" AND b.id > o.id WHERE o.state IN ({KEEPING}) AND b.state IN ({KEEPING})"
        f" AND o.id IN ({PLACED}) AND b.id IN ({PLACED})"
        f" AND {FIRST} <= {LAST.replace('o.', 'b.')} AND {FIRST.replace('o.', 'b.')} <= {LAST}",
    ),
)

LEDGER: Final = (
    Invariant(
        "unbalanced",
        "each transaction adds up to zero in each currency, on two lines or more",
        "SELECT transaction_id, currency, SUM(amount) FROM ledger_leg"
        " GROUP BY transaction_id, currency HAVING SUM(amount) <> 0 OR COUNT(*) < 2",
    ),
    Invariant(
        "unsealed",
        "there are no lines without a transaction and no transactions without lines",
        "SELECT t.id, l.transaction_id FROM ledger_transaction t"
        " LEFT JOIN ledger_leg l ON l.transaction_id = t.id WHERE l.line IS NULL"
        " UNION ALL SELECT t.id, l.transaction_id FROM ledger_leg l"
        " LEFT JOIN ledger_transaction t ON l.transaction_id = t.id WHERE t.id IS NULL",
    ),
    Invariant(
        "balance_differs",
        "each balance is what its lines add up to",
        "SELECT account, currency, SUM(kept), SUM(replayed) FROM ("
        "SELECT account, currency, amount AS kept, 0 AS replayed FROM balance UNION ALL"
        " SELECT account, currency, 0, amount FROM ledger_leg) AS both_sides"
        " GROUP BY account, currency HAVING SUM(kept) <> SUM(replayed)",
    ),
)

_POSTED: Final = (
    "SELECT t.order_id, SUM(l.amount) AS amount FROM ledger_transaction t"
    " JOIN ledger_leg l ON l.transaction_id = t.id WHERE {0} GROUP BY t.order_id"
)
_CAPTURED: Final = _POSTED.format(
    "l.account LIKE 'gateway:%' AND l.amount > 0 AND t.kind <> 'charge_regained'"
)
_OWED: Final = _POSTED.format("l.account LIKE 'refunds_payable:%' AND l.amount < 0")
_SENT: Final = _POSTED.format("l.account LIKE 'refunds_payable:%' AND l.amount > 0")
_OPEN: Final = _POSTED.format("l.account LIKE 'customer:%'")

_DISPUTED: Final = " UNION ALL ".join(
    f"SELECT p.id AS payment_id, '{kind}' AS kind, c.key, CAST(c.value AS BIGINT) AS value"
    f" FROM payment p CROSS JOIN {{pairs:p.{totals}}} c"
    for kind, totals in (("charged_back", "disputes"), ("charge_regained", "regained"))
)

MONEY: Final = (
    Invariant(
        "charge_not_posted",
        "each charge of a payment is in the book exactly once, with its amount",
        "SELECT p.number, c.key, c.value, t.id, l.amount FROM payment p CROSS JOIN {pairs:p.charges} c"
        " LEFT JOIN ledger_transaction t ON t.key = 'captured:' || p.order_id || ':' || c.key"
        " LEFT JOIN ledger_leg l ON l.transaction_id = t.id AND l.amount > 0"
        " WHERE l.amount IS NULL OR l.amount <> CAST(c.value AS BIGINT)",
    ),
    Invariant(
        "posting_not_charged",
        "what the book says came in is a charge of a payment",
        "SELECT t.key FROM ledger_transaction t WHERE t.kind = 'captured' AND t.actor <> 'demo'"
        " AND NOT EXISTS (SELECT 1 FROM payment p CROSS JOIN {pairs:p.charges} c"
        " WHERE t.key = 'captured:' || p.order_id || ':' || c.key)",
    ),
    Invariant(
        "refund_not_posted",
        "a refund is done if, and only if, the book says so, with its amount",
        "SELECT r.number, r.state, r.amount, l.amount FROM refund r"
        " LEFT JOIN ledger_transaction t ON t.key = 'refunded:' || r.order_id || ':' || r.number"
        " LEFT JOIN ledger_leg l ON l.transaction_id = t.id AND l.amount > 0"
        " WHERE (r.state = 'done') <> (l.amount IS NOT NULL) OR l.amount <> r.amount",
    ),
    Invariant(
        "dispute_not_posted",
        "each charge that a bank took back is in the book exactly once, with its amount; so is each that was won again",
        "SELECT p.number, d.kind, d.key, d.value, l.amount FROM (" + _DISPUTED + ") d"
        " JOIN payment p ON p.id = d.payment_id LEFT JOIN ledger_transaction t"
        " ON t.key = d.kind || ':' || p.order_id || ':' || d.key LEFT JOIN ledger_leg l"
        " ON l.transaction_id = t.id AND l.amount > 0 WHERE l.amount IS NULL OR l.amount <> d.value",
    ),
    Invariant(
        "posting_not_disputed",
        "what the book says a bank took back, or gave up again, is a dispute of a payment",
        "SELECT t.key FROM ledger_transaction t WHERE t.kind IN ('charged_back', 'charge_regained')"
        " AND NOT EXISTS (SELECT 1 FROM (" + _DISPUTED + ") d JOIN payment p ON p.id = d.payment_id"
        " WHERE t.key = d.kind || ':' || p.order_id || ':' || d.key)",
    ),
    Invariant(
        "order_and_book_differ",
        "paid, promised back and sent back are the same in the order and in the book",
        "SELECT o.id, o.paid, c.amount, o.refund_due, w.amount, o.refunded, s.amount FROM orders o"
        f" LEFT JOIN ({_CAPTURED}) c ON c.order_id = o.id LEFT JOIN ({_OWED}) w ON w.order_id = o.id"
        f" LEFT JOIN ({_SENT}) s ON s.order_id = o.id WHERE o.paid <> COALESCE(c.amount, 0)"
        " OR o.refund_due <> -COALESCE(w.amount, 0) OR o.refunded <> COALESCE(s.amount, 0)",
    ),
    Invariant(
        "customer_account_open",
        "an order that is over leaves nothing on the customer's account, an open one what it holds",
        f"SELECT o.id, o.state, o.paid, o.refund_due, a.amount FROM orders o"
        f" LEFT JOIN ({_OPEN}) a ON a.order_id = o.id WHERE COALESCE(a.amount, 0) <>"
        " CASE WHEN o.state IN ('closed', 'cancelled') THEN 0 ELSE o.refund_due - o.paid END",
    ),
    Invariant(
        "too_much_back",
        "nothing goes back that did not come in",
        "SELECT id, paid, refund_due, refunded FROM orders"
        " WHERE refunded > refund_due OR refund_due > paid OR refunded < 0"
        " OR given_back < 0 OR given_back > refund_due"
        " UNION ALL SELECT order_id, 0, SUM(amount), 0 FROM refund WHERE state <> 'failed'"
        " GROUP BY order_id HAVING SUM(amount) > (SELECT refund_due FROM orders WHERE id = order_id)",
    ),
)

HISTORY: Final = (
    Invariant(
        "versions_with_gaps",
        "the steps of an order are numbered from 1 to its version",
        "SELECT o.id, o.version, COUNT(s.id), MIN(s.version), MAX(s.version) FROM orders o"
        " LEFT JOIN order_step s ON s.order_id = o.id GROUP BY o.id, o.version"
        " HAVING COUNT(s.id) <> o.version OR MIN(s.version) <> 1 OR MAX(s.version) <> o.version",
    ),
    Invariant(
        "state_without_history",
        "an order is where its last step led, and each step begins where the one before ended",
        "SELECT o.id, o.state, s.to_state FROM orders o JOIN order_step s"
        " ON s.order_id = o.id AND s.version = o.version WHERE s.to_state <> o.state"
        " UNION ALL SELECT s.order_id, s.from_state, b.to_state FROM order_step s"
        " LEFT JOIN order_step b ON b.order_id = s.order_id AND b.version = s.version - 1"
        " WHERE s.from_state <> COALESCE(b.to_state, '')",
    ),
    Invariant(
        "move_not_allowed",
        "each step that moved an order is one of the table, by an actor who may take it",
        "SELECT order_id, verb, from_state, to_state, actor FROM order_step"
        " WHERE from_state <> to_state AND from_state <> ''"
        f" AND verb || ':' || from_state || ':' || to_state || ':' || actor NOT IN ({MOVES})",
    ),
)

COUNTS: Final = (
    Invariant(
        "coupon_count",
        "a coupon is used as often as its uses say, and never beyond its limits",
        "SELECT c.code, c.used, c.uses, c.per_person, COUNT(u.id), MAX(u.turn) FROM coupon c"
        " LEFT JOIN coupon_use u ON u.coupon_id = c.id"
        " GROUP BY c.id, c.code, c.used, c.uses, c.per_person"
        " HAVING c.used <> COUNT(u.id) OR c.used > c.uses OR MAX(u.turn) > c.per_person",
    ),
    Invariant(
        "coupon_code",
        "a code that is good once is spent by an order that uses its coupon, and by none other",
        "SELECT c.code, c.order_id FROM coupon_code c LEFT JOIN coupon_use u"
        " ON u.order_id = c.order_id AND u.coupon_id = c.coupon_id AND u.person_id = c.holder_id"
        " WHERE c.order_id IS NOT NULL AND u.id IS NULL",
    ),
    Invariant(
        "coupon_of_nobody",
        "an order that was not cancelled has used its coupon, a cancelled one has given it back",
        "SELECT o.id, o.state, o.coupon, COUNT(u.id) FROM orders o"
        " LEFT JOIN coupon_use u ON u.order_id = o.id GROUP BY o.id, o.state, o.coupon HAVING COUNT(u.id)"
        " <> CASE WHEN o.coupon IS NULL OR o.state = 'cancelled' THEN 0 ELSE 1 END",
    ),
    Invariant(
        "day_too_full",
        "no provider has more visits on a day than he takes",
        "SELECT c.provider_id, c.day, COUNT(DISTINCT c.order_id) FROM slot_claim c"
        " JOIN provider p ON p.id = c.provider_id"
        " WHERE c.expires_at IS NULL OR c.expires_at > :now"
        " GROUP BY c.provider_id, c.day, p.daily_max"
        " HAVING COUNT(DISTINCT c.order_id) > p.daily_max",
    ),
    Invariant(
        "too_many_holds",
        "no customer holds more unpaid slots than the rule allows",
        "SELECT o.customer_id, COUNT(DISTINCT o.id) FROM orders o"
        " JOIN slot_claim c ON c.order_id = o.id AND c.expires_at > :now"
        " WHERE o.state = 'unpaid' GROUP BY o.customer_id HAVING COUNT(DISTINCT o.id) > :holds",
    ),
    Invariant(
        "finished_count",
        "nobody has finished fewer jobs than his orders tell",
        "SELECT p.id, p.jobs_done, COUNT(s.id) FROM provider p"
        " JOIN orders o ON o.provider_id = p.id"
        f" JOIN order_step s ON s.order_id = o.id AND s.verb = 'finish' AND o.id IN ({PLACED})"
        " GROUP BY p.id, p.jobs_done HAVING p.jobs_done < COUNT(s.id)",
    ),
)


def _waits(name: str, who: str, where: str, kind: str) -> Invariant:
    """Whatever the clock must end has a timer; without one it would stay as it is for ever."""
    return Invariant(
        f"no_timer_{name}",
        f"{who} has a timer",
        f"SELECT x.id FROM {where} AND NOT EXISTS"
        f" (SELECT 1 FROM timer t WHERE t.kind = '{kind}' AND t.subject_id = x.id)",
    )


_BOOKED_OUT: Final = " LEFT JOIN ledger_transaction {0} ON {0}.key = '{0}:' || p.id"
PAYOUTS: Final = (
    Invariant(
        "payout_not_posted",
        "a payout is in the book as far as it has come: asked for, then sent or withheld, or sent and come back",
        "SELECT p.number, p.state, withdrawn.id, paid_out.id, withheld.id, bounced.id FROM payout p"
        + "".join(
            _BOOKED_OUT.format(kind) for kind in ("withdrawn", "paid_out", "withheld", "bounced")
        )
        + " WHERE withdrawn.id IS NULL OR (p.state = 'paid') <> (paid_out.id IS NOT NULL AND bounced.id IS NULL)"
        " OR (p.state = 'returned') <> (withheld.id IS NOT NULL OR bounced.id IS NOT NULL)"
        " OR (withheld.id IS NOT NULL AND paid_out.id IS NOT NULL)",
    ),
    Invariant(
        "payout_amount_differs",
        "each posting of a payout moves its amount, and there is none without one",
        "SELECT t.key, p.number, p.amount, l.amount FROM ledger_transaction t"
        " LEFT JOIN payout p ON p.id = t.order_id"
        " LEFT JOIN ledger_leg l ON l.transaction_id = t.id AND l.amount > 0"
        " WHERE t.kind IN ('withdrawn', 'paid_out', 'withheld', 'bounced')"
        " AND (p.id IS NULL OR l.amount IS NULL OR l.amount <> p.amount)",
    ),
    Invariant(
        "withdrawn_beyond_earned",
        "nobody was paid more than he earned",
        "SELECT account, amount FROM balance WHERE (account LIKE 'provider:%:available'"
        " OR account LIKE 'provider:%:payout_pending' OR account LIKE 'paid_out:%') AND amount > 0",
    ),
    Invariant(
        "approved_by_one",
        "a large payout was approved by two before it was sent",
        "SELECT number, state, approved_by, second_by FROM payout"
        " WHERE state IN ('approved', 'sending', 'confirming', 'paid')"
        " AND (approved_by IS NULL OR (second AND (second_by IS NULL OR second_by = approved_by)))",
    ),
)

WAITING: Final = (
    _waits(
        "release", "what was earned and is on hold",
        "(SELECT t.order_id AS id FROM ledger_transaction t JOIN ledger_leg l ON l.transaction_id = t.id"
        " WHERE l.account LIKE 'provider:%:pending' GROUP BY t.order_id HAVING SUM(l.amount) <> 0) x WHERE 1 = 1",
        "order.release",
    ),
    _waits("unpaid", "an unpaid order", "orders x WHERE x.state = 'unpaid'", "order.expire"),
    _waits("offered", "an offered order", "orders x WHERE x.state = 'offered'", "order.time_out"),
    _waits(
        "proposal", "an open question about another time",
        "orders x WHERE x.proposed_start IS NOT NULL", "order.proposal_over",
    ),
    _waits(
        "choice", "a customer who must choose another time",
        "orders x WHERE x.state = 'choosing'", "order.give_up",
    ),
    _waits(
        "late", "a provider who is awaited",
        f"orders x WHERE x.state = 'accepted' AND x.id IN ({PLACED})", "order.late",
    ),
    _waits("told", "whoever was told of a free time", "waiting x WHERE x.state = 'told'", "waitlist.over"),
    _waits("line", "whoever waits for a day", "waiting x WHERE x.state = 'waiting'", "waitlist.end"),
    _waits("search", "a search", "orders x WHERE x.state = 'searching'", "order.rematch"),
    _waits(
        "cash", "an amount of cash that nobody has confirmed",
        "orders x WHERE x.state = 'finished' AND x.cash_stated IS NOT NULL", "order.cash_silence",
    ),
    _waits(
        "payment", "an unsettled payment",
        "payment x WHERE x.state IN ('intended', 'unknown', 'open') AND {epoch:x.expires_at} * 1000 > :now",
        "payment.ask",
    ),
    _waits(
        "refund", "money to be sent back",
        "orders x WHERE x.refund_due > (SELECT COALESCE(SUM(r.amount), 0) FROM refund r"
        " WHERE r.order_id = x.id AND r.state IN ('done', 'failed'))", "order.refund",
    ),
    _waits("notice", "a notice nobody has worked", "notice x WHERE x.worked_at IS NULL", "notice.work"),
    _waits("series", "a series that goes on", "series x WHERE x.state = 'active'", "series.roll"),
    _waits(
        "ask_pay", "an unpaid visit of a series, until its customer was asked to pay,",
        "orders x WHERE x.state = 'unpaid' AND x.series_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM order_step s WHERE s.order_id = x.id AND s.verb = 'ask_pay')", "series.pay",
    ),
    Invariant(
        "timer_of_stopped_series",
        "a series that has ended has no timer",
        "SELECT t.key FROM timer t JOIN series s ON s.id = t.subject_id"
        " WHERE t.kind = 'series.roll' AND s.state <> 'active'",
    ),
)  # fmt: skip

LETTERS: Final = (
    Invariant(
        "letter_in_no_state",
        "a letter waits, or is done with a message, or is closed or failed with a reason",
        "SELECT id, key, state, error FROM outbox WHERE state NOT IN ('waiting', 'done', 'closed', 'failed')"
        " OR (state = 'done' AND message_id IS NULL) OR (state IN ('closed', 'failed') AND error = '')",
    ),
)  # fmt: skip

INVARIANTS: Final = (*CLAIMS, *LEDGER, *MONEY, *HISTORY, *COUNTS, *PAYOUTS, *WAITING, *LETTERS)

_SPELLINGS: Final = {
    "sqlite": {"epoch": "CAST(strftime('%s', {}) AS INTEGER)", "pairs": "json_each({})"},
    "postgresql": {
        "epoch": "CAST(FLOOR(EXTRACT(EPOCH FROM {})) AS BIGINT)",
        "pairs": "LATERAL jsonb_each_text({})",
    },
}


def spelled(sql: str, *, dialect: str, now: datetime, holds: int) -> str:
    """The query as this database wants it."""
    for name, form in _SPELLINGS[dialect].items():
        sql = re.sub(rf"\{{{name}:([a-z_.]+)\}}", form.format(r"\1"), sql)
    return sql.replace(":now", str(int(now.timestamp() * 1000))).replace(":holds", str(holds))


def questions(*, dialect: str, now: datetime, holds: int) -> dict[str, str]:
    """Name → the query whose rows are breaches."""
    return {
        each.name: spelled(each.sql, dialect=dialect, now=now, holds=holds) for each in INVARIANTS
    }
