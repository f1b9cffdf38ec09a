"""The timeline of an order in words: what, when, by whom, why."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.orders.whole import Whole
from bot.admin.parts import dotted
from bot.i18n import Words, mark
from core.orders.lifecycle import Actor
from core.orders.model import Step

VERBS = {
    "place": mark("Booked"),
    "pay": mark("Paid"),
    "expire": mark("Not paid in time"),
    "accept": mark("Accepted"),
    "decline": mark("Declined"),
    "time_out": mark("No answer in time"),
    "unseen": mark("Could not be reached"),
    "remind": mark("Reminded"),
    "offer": mark("Offered"),
    "ask": mark("Asked with others"),
    "refuse": mark("Declined"),
    "miss": mark("Could not be reached"),
    "unanswered": mark("No answer in time"),
    "take": mark("Accepted"),
    "consult": mark("The customer chooses another time"),
    "choose": mark("Another time chosen"),
    "due": mark("Asked where they are"),
    "delay": mark("Will be late"),
    "late": mark("Late"),
    "wait": mark("The customer waits"),
    "replace": mark("Taken away"),
    "give_up": mark("Nobody found"),
    "propose": mark("Asked for another time"),
    "reschedule": mark("Moved"),
    "refuse_move": mark("Other time refused"),
    "withdraw_move": mark("Question taken back"),
    "lapse_move": mark("No answer about another time"),
    "confirm": mark("Confirmed by the customer"),
    "ask_pay": mark("Customer asked to pay"),
    "last_call": mark("Customer reminded to pay"),
    "remind_day": mark("Customer reminded"),
    "remind_soon": mark("Customer reminded"),
    "remind_job": mark("Provider reminded"),
    "depart": mark("On the way"),
    "arrive": mark("Arrived"),
    "correct_arrival": mark("Arrived earlier than noted"),
    "knock": mark("At the door, customer told"),
    "call": mark("Called the customer"),
    "absent": mark("Nobody opened, left"),
    "wrong_code": mark("Wrong start code"),
    "start": mark("Work begun"),
    "show": mark("Photos of the work"),
    "extra_ask": mark("Extra work proposed"),
    "extra_asked": mark("Asked about the extra work"),
    "extra_told": mark("Answered about the extra work"),
    "extra_yes": mark("Extra work approved"),
    "extra_no": mark("Extra work refused"),
    "extra_drop": mark("Extra work withdrawn"),
    "extra_late": mark("Extra work not answered in time"),
    "extra_allow": mark("Larger extra work allowed"),
    "pay_rest": mark("Rest paid by link"),
    "finish": mark("Work done"),
    "state_cash": mark("Cash stated"),
    "close": mark("Completed"),
    "dispute": mark("Amounts differ"),
    "settle": mark("Settled by staff"),
    "remind_contact": mark("Provider reminded to get in touch"),
    "uncontacted": mark("Provider not in touch in time"),
    "drop": mark("Given back"),
    "reassign": mark("Taken away"),
    "cancel": mark("Cancelled"),
    "overpaid": mark("Paid too much"),
    "refunded": mark("Refunded"),
    "give_back": mark("Money back"),
    "forfeit": mark("Taken from the provider"),
    "compensate": mark("Given to the provider"),
    "refund_failed": mark("Refund failed"),
    "charged_back": mark("Taken back by the bank"),
    "charge_regained": mark("Won again from the bank"),
    "dispute_lost": mark("Lost to the bank"),
    "release": mark("Earnings freed early"),
}
ACTORS = {
    Actor.CLOCK: mark("by itself"),
    Actor.MATCHING: mark("by itself"),
    Actor.GATEWAY: mark("payment"),
}
REASONS = {
    "unpaid": mark("not paid in time"),
    "slot_lost": mark("the time went to somebody else"),
    "no_provider": mark("nobody was free"),
    "no_choice": mark("the customer chose no other time"),
    "late": mark("late"),
    "absent": mark("nobody opened"),
    "frozen": mark("the provider was frozen"),
    "change_way": mark("the customer changes how to pay"),
}


def step(words: Words, whole: Whole, one: Step, *, now: datetime) -> Markup:
    known = VERBS.get(one.verb)
    return dotted(
        words.moment(one.at, now=now),
        Markup("<b>{}</b>").format(words(known) if known else words("Changed")),
        who(words, whole, one.actor, one.actor_id) if one.actor != Actor.GATEWAY else None,
        *_facts(words, whole, one),
    )


def who(words: Words, whole: Whole, actor: str, actor_id: int) -> str:
    """The name of whoever acted, with their part."""
    if actor in ACTORS:
        return words.plain(ACTORS[Actor(actor)])
    name = whole.names.get(actor_id, "")
    if actor == Actor.STAFF:
        return words.plain("{name} (staff)", name=name or "–")
    return name


def _facts(words: Words, whole: Whole, one: Step) -> Sequence[str]:
    facts = one.facts
    money = {
        "amount": "{money}", "fee": mark("fee {money}"), "refund": mark("back {money}"),
        "stated": mark("provider says {money}"), "confirmed": mark("customer says {money}"),
        "borne": mark("provider bears {money}"),
    }  # fmt: skip
    told = [
        words.plain(text, money=words.money(int(facts[name]), whole.order.currency))
        for name, text in money.items()
        if facts.get(name) is not None and (facts[name] or name not in ("fee", "refund", "borne"))
    ]
    if facts.get("to") and one.verb in ("propose", "reschedule", "delay"):
        told.append(f"→ {words.moment(datetime.fromisoformat(str(facts['to'])), now=one.at)}")
    if facts.get("km"):
        told.append(words.plain("{km} from the address", km=words.distance(float(facts["km"]))))
    if facts.get("arrived"):
        before, after = (datetime.fromisoformat(str(facts[key])) for key in ("noted", "arrived"))
        told.append(f"{words.time(before)} → {words.time(after)}")
    if facts.get("silent"):
        told.append(words.plain("the customer didn't answer"))
    if one.verb in ("offer", "ask", "choose", "reassign", "replace") and facts.get("provider"):
        told.append(whole.names.get(int(facts["provider"]), ""))
    if facts.get("text"):
        told.append(f"“{facts['text']}”")
    reason = str(facts.get("override") or facts.get("reason") or "")
    return [*told, why(words, reason)] if reason else told


def why(words: Words, reason: str) -> str:
    """A reason in the reader's language where it is one of ours."""
    return f"“{words.known(REASONS.get(reason, reason))}”"
