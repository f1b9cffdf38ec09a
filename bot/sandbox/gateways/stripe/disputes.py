"""A customer's bank takes a charge back, and the company decides who was right: in Stripe's words and order."""

import secrets
from typing import Final

from bot.sandbox.gateways.bill import Act
from bot.sandbox.gateways.book import Book, Thing
from bot.sandbox.gateways.stripe.account import Account

DISPUTE: Final = "dispute"


class Disputes:
    """One for each charge at the most."""

    def __init__(self, book: Book, account: Account) -> None:
        self._book, self._account = book, account

    def acts(self, charge: Thing | None) -> tuple[Act, ...]:
        """What can happen to it now."""
        known = self._of(charge) if charge else None
        if known is None:
            return (Act.DISPUTE,) if self._account.left(charge) else ()
        return (Act.WON, Act.LOST) if known["status"] == "needs_response" else ()

    def happen(self, act: Act, charge: Thing) -> None:
        if act is Act.DISPUTE:
            self._begin(charge)
        else:
            self._end(charge, won=act is Act.WON)

    def _of(self, charge: Thing) -> Thing | None:
        return self._book.find(DISPUTE, _id(charge))

    def _begin(self, charge: Thing) -> None:
        dispute = {
            "id": _id(charge), "object": DISPUTE, "livemode": False,
            "amount": self._account.left(charge), "currency": charge["currency"],
            "charge": "ch" + charge["id"].removeprefix("pi"), "payment_intent": charge["id"],
            "reason": secrets.choice(("fraudulent", "product_not_received", "unrecognized")),
            "status": "needs_response", "created": int(self._account.now()),
        }  # fmt: skip
        self._book.keep(dispute)
        self._book.keep(charge | {"disputed": True})
        for kind in ("charge.dispute.created", "charge.dispute.funds_withdrawn"):
            self._account.announce(kind, dispute)

    def _end(self, charge: Thing, *, won: bool) -> None:
        dispute = self._of(charge)
        if dispute is None:
            return
        dispute["status"] = "won" if won else "lost"
        self._book.keep(dispute)
        self._account.announce("charge.dispute.closed", dispute)
        if won:
            self._book.keep(charge | {"disputed": False})
            self._account.announce("charge.dispute.funds_reinstated", dispute)


def _id(charge: Thing) -> str:
    return "du" + str(charge["id"]).removeprefix("pi")
