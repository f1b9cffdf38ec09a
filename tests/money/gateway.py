"""A payment company with a book of its own, which is the truth to compare with, and with bad days on request."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count

from core.payments.facts import Fact, Told
from core.payments.method import Answer, Intent, NoAnswer, NoticeRefused, Opened, Outcome


@dataclass
class Gateway:
    """`trouble` names what becomes of the next calls: "open:down" is not done and not answered, "open:lost" is done and
    not answered, "refund:unknown", "refund:pending" and "refund:refused" are answers.
    """

    code: str = "card"
    links: dict[str, Intent] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    charges: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    refunds: dict[str, tuple[str, int]] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    taken: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    notices: list[Fact] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    is_down: bool = False
    calls: Counter[str] = field(default_factory=Counter)
    _number: "count[int]" = field(default_factory=lambda: count(1))

    def _begin(self, call: str) -> str:
        """How this call ends; it is not done at all if the company cannot be reached."""
        self.calls[call] += 1
        planned = next((t for t in self.trouble if t.startswith(f"{call}:")), "")
        if planned:
            self.trouble.remove(planned)
        how = planned.partition(":")[2]
        if self.is_down or how == "down":
            raise NoAnswer
        return how

    async def open(self, *, intent: Intent) -> Opened:
        how = self._begin("open")
        known = self.links.setdefault(intent.number, intent)
        assert (known.amount, known.currency) == (intent.amount, intent.currency)
        if how == "lost":
            raise NoAnswer
        return Opened(f"https://bank/{intent.number}", f"s_{intent.number}", intent.expires_at)

    def charges_of(self, number: str) -> dict[str, tuple[str, int, str]]:
        return {charge: row for charge, row in self.charges.items() if row[0] == number}

    async def ask(self, *, intent: Intent) -> Answer:
        """Like the real ones it tells of one charge, however many there are."""
        self._begin("ask")
        return self._state(intent.number)

    def _state(self, number: str) -> Answer:
        for charge, (_, amount, currency) in self.charges_of(number).items():
            return Answer(Outcome.PAID, amount, currency, charge)
        gone = number in self.closed
        return Answer(Outcome.REFUSED if gone else Outcome.OPEN, expired=gone)

    async def close(self, *, intent: Intent) -> Answer:
        how = self._begin("close")
        if not self.charges_of(intent.number):
            self.closed.add(intent.number)
        if how == "lost":
            raise NoAnswer
        return self._state(intent.number)

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        how = self._begin("refund")
        too_much = number not in self.refunds and amount > self.left(charge)
        if how == "refused" or too_much or number in self.refused:
            self.refused.add(number)
            return Answer(Outcome.REFUSED)
        if number not in self.refunds:
            self._give(number, charge, amount, ours=number)
        assert self.refunds[number] == (charge, amount)
        if how == "pending":
            self.pending.add(number)
        if how == "lost":
            raise NoAnswer
        if how == "unknown":
            return Answer(Outcome.UNKNOWN)
        if number in self.pending:
            return Answer(Outcome.OPEN, amount, currency, f"r_{number}")
        return Answer(Outcome.PAID, amount, currency, f"r_{number}")

    def left(self, charge: str) -> int:
        """What of a charge has not been given back."""
        back = sum(part for of, part in self.refunds.values() if of == charge)
        return self.charges[charge][1] - back

    def _give(self, number: str, charge: str, amount: int, *, ours: str) -> Fact:
        """The money goes back; a charge never gives more than it took."""
        assert amount <= self.left(charge), "more back than came in"
        self.refunds[number] = (charge, amount)
        fact = Fact(
            Told.REFUNDED, "", f"e{next(self._number)}", reference=f"r_{number}", amount=amount,
            currency=self.charges[charge][2], charge=charge, refund_number=ours,
        )  # fmt: skip
        self.notices.append(fact)
        return fact

    def refunds_by_hand(self, charge: str, amount: int) -> Fact:
        """Somebody gives money back at the company's own desk."""
        return self._give(f"hand{next(self._number)}", charge, amount, ours="")

    def pays(
        self, number: str, *, amount: int | None = None, currency: str = "CNY", late: bool = False
    ) -> Fact | None:
        """The customer pays at the link, once more each time; `late`: the money was on its way when it closed."""
        if number not in self.links or (number in self.closed and not late):
            return None
        charge = f"c{next(self._number)}"
        sum_ = self.links[number].amount if amount is None else amount
        self.charges[charge] = (number, sum_, currency)
        fact = Fact(
            Told.PAID, number, f"e{next(self._number)}", reference=charge, amount=sum_,
            currency=currency,
        )  # fmt: skip
        self.notices.append(fact)
        return fact

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        if headers.get("signature") != "good":
            raise NoticeRefused("signature")
        told = json.loads(raw)
        return Fact(**(told | {"told": Told(told["told"])}))


def letter(fact: Fact) -> bytes:
    """The notice as it travels."""
    return json.dumps(asdict(fact)).encode()
