"""The stand-in's account at Stripe: what happens to pages, charges and refunds, apart from HTTP."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox.gateways.book import Book, Thing
from bot.sandbox.gateways.stripe.rules import Refused, check_page, check_refund, total


class Account:
    """One Stripe account in test mode."""

    def __init__(self, book: Book, clock: Callable[[], datetime]) -> None:
        self._book, self._clock = book, clock

    def now(self) -> float:
        return self._clock().timestamp()

    def create(self, form: dict[str, Any], *, base: str) -> Thing:
        """A new page at `base`."""
        now = int(self.now())
        check_page(form, now=now)
        amount, currency, title = total(form)
        id = "cs_test_" + secrets.token_hex(16)
        session = {
            "id": id, "object": "checkout.session", "livemode": False, "mode": "payment",
            "created": now, "expires_at": int(form.get("expires_at", now + 86400)),
            "amount_total": amount, "amount_subtotal": amount, "currency": currency,
            "client_reference_id": form.get("client_reference_id"),
            "metadata": form.get("metadata", {}), "locale": form.get("locale"),
            "payment_intent": None, "payment_status": "unpaid", "status": "open",
            "success_url": form["success_url"], "cancel_url": form.get("cancel_url"),
            "url": f"{base}/sandbox/pay/stripe/{id}", "title": title,
        }  # fmt: skip
        self._book.keep(session)
        return session

    def session(self, id: str) -> Thing:
        """The session as it is now: one whose time is over expires when it is looked at."""
        session = self._book.find("checkout.session", id)
        if session is None:
            message = f"No such checkout.session: {id}"
            raise Refused(message, status=404, code="resource_missing", param="id")
        if session["status"] == "open" and session["expires_at"] <= self.now():
            self._close(session)
        return session

    def _close(self, session: Thing) -> None:
        session.update(status="expired", url=None)
        self._book.keep(session)
        self.announce("checkout.session.expired", session)

    def expire(self, id: str) -> Thing:
        """Closes an open page; any other is refused."""
        session = self.session(id)
        if session["status"] != "open":
            raise Refused(
                'Only Checkout Sessions with a status in ["open"] can be expired.'
                f" This Session has a status of {session['status']}."
            )
        self._close(session)
        return session

    def sessions(self, query: Mapping[str, str]) -> Thing:
        """Pages made between two moments, the latest first."""
        since, until = int(query.get("created[gte]", 0)), int(query.get("created[lte]", 2**53))
        found = [s for s in self._book.all("checkout.session") if since <= s["created"] <= until]
        return _list("/v1/checkout/sessions", found, query)

    def refund(self, form: dict[str, Any]) -> Thing:
        """Gives a charge back, or a part of it."""
        charge = self._book.find("payment_intent", form.get("payment_intent", ""))
        amount = check_refund(form, charge=charge, left=self.left(charge))
        assert charge is not None
        refund = {
            "id": "re_" + secrets.token_hex(12), "object": "refund", "amount": amount,
            "currency": charge["currency"], "payment_intent": charge["id"], "status": "succeeded",
            "metadata": form.get("metadata", {}), "created": int(self.now()),
        }  # fmt: skip
        self._book.keep(refund)
        self.announce("refund.created", refund)
        return refund

    def left(self, charge: Thing | None) -> int:
        """What of a charge was not given back, nor taken back by a bank."""
        if charge is None or charge["disputed"]:
            return 0
        back = sum(int(refund["amount"]) for refund in self._refunds_of(charge["id"]))
        return int(charge["amount"]) - back

    def charge_of(self, session: str) -> Thing | None:
        """What was paid on this page: of several, one that is not all given back."""
        charges = [c for c in self._book.all("payment_intent") if c["session"] == session]
        return max(charges, key=lambda one: bool(self.left(one) or one["disputed"]), default=None)

    def refunds(self, query: Mapping[str, str]) -> Thing:
        """Refunds of a charge, the latest first."""
        return _list("/v1/refunds", self._refunds_of(query.get("payment_intent", "")), query)

    def _refunds_of(self, charge: str) -> list[Thing]:
        return [r for r in self._book.all("refund") if r["payment_intent"] == charge]

    def movements(self, query: Mapping[str, str]) -> Thing:
        """What the account was credited and debited between two moments, its source expanded."""
        since, until = int(query.get("created[gte]", 0)), int(query.get("created[lt]", 2**53))
        sources = [*self._book.all("payment_intent"), *self._book.all("refund")]
        found = sorted((s for s in sources if since <= s["created"] < until),
                       key=lambda s: s["created"])  # fmt: skip
        return _list("/v1/balance_transactions", [self._movement(one) for one in found], query)

    def _movement(self, source: Thing) -> Thing:
        """Stripe keeps 2.9 % of a charge, and keeps it when the money goes back."""
        charged = source["object"] == "payment_intent"
        amount = source["amount"] if charged else -source["amount"]
        fee = round(source["amount"] * 0.029) if charged else 0
        session = self._book.find("checkout.session", source["session"]) if charged else None
        charge = {
            "id": "ch" + source["id"].removeprefix("pi"), "object": "charge",
            "payment_intent": source["id"], "metadata": session["metadata"] if session else {},
        }  # fmt: skip
        return {
            "id": "txn_" + source["id"], "object": "balance_transaction", "amount": amount,
            "currency": source["currency"], "fee": fee, "net": amount - fee,
            "type": "charge" if charged else "refund", "created": source["created"],
            "source": charge if charged else source,
        }  # fmt: skip

    def pay(self, id: str) -> Thing:
        """The customer's card is charged; once more each time it is called."""
        session = self.session(id)
        if session["status"] != "expired":
            self._charge(session)
        return session

    def _charge(self, session: Thing) -> None:
        charge = {
            "id": "pi_" + secrets.token_hex(12), "object": "payment_intent",
            "amount": session["amount_total"], "currency": session["currency"],
            "session": session["id"], "created": int(self.now()), "disputed": False,
        }  # fmt: skip
        self._book.keep(charge)
        first = session["payment_intent"] is None
        paid = {"payment_status": "paid", "status": "complete", "url": None}
        session.update(paid, payment_intent=charge["id"] if first else session["payment_intent"])
        self._book.keep(session)
        self.announce("checkout.session.completed", session | {"payment_intent": charge["id"]})

    def announce(self, kind: str, thing: Thing) -> None:
        self._book.announce(
            {
                "id": "evt_" + secrets.token_hex(12), "object": "event", "type": kind,
                "livemode": False, "created": int(self.now()), "api_version": None,
                "data": {"object": thing},
            }
        )  # fmt: skip


def _list(url: str, things: list[Thing], query: Mapping[str, str]) -> Thing:
    """A page of a list as Stripe gives it."""
    latest_first = things[::-1]
    ids = [thing["id"] for thing in latest_first]
    after = query.get("starting_after")
    start = ids.index(after) + 1 if after in ids else 0
    limit = min(100, max(1, int(query.get("limit", 10))))
    shown = latest_first[start : start + limit]
    more = len(latest_first) > start + limit
    return {"object": "list", "url": url, "has_more": more, "data": shown}
