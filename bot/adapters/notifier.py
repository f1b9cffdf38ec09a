"""Who hears of what: the table event → recipient → letter. Renderers (LETTERS of each bot) put it into words."""

from dataclasses import dataclass
from typing import Literal

from core.alerts.model import OF_ORDERS
from core.events import Event
from core.letters import BULK, FIRST, NORMAL, STANDING, URGENT, Letter

To = Literal["customer", "provider", "former_provider", "person", "staff", "wherever"]

BOTS = {
    "wherever": "",
    "customer": "customer",
    "provider": "provider",
    "former_provider": "provider",
    "staff": "admin",
}
OF_ALL = frozenset({"board"})
"""Letters that are about no subject in particular: news of any of them are news of the same."""


@dataclass(frozen=True, slots=True)
class Notice:
    """When `event` happens (and has this fact, if `only` names one), `to` gets a letter of this kind.

    A renderer may still find it pointless.
    `to="person"` is whoever the event is about, in the bot its facts name; "wherever" leaves the chats to the database.
    """

    event: str
    to: To
    kind: str
    urgency: int = URGENT
    only: str = ""


CUSTOMER = (
    # The live card goes along with everything, silently; it comes first, so a push never precedes the news in it.
    Notice("order.pay", "customer", "order_card"),
    Notice("order.pay", "customer", "paid"),
    Notice("order.expire", "customer", "order_card"),
    Notice("order.expire", "customer", "expired"),
    Notice("order.accept", "customer", "order_card"),
    Notice("order.accept", "customer", "accepted"),
    Notice("order.decline", "customer", "order_card"),
    Notice("order.decline", "customer", "declined_searching"),
    Notice("order.time_out", "customer", "order_card"),
    Notice("order.time_out", "customer", "declined_searching"),
    Notice("order.unseen", "customer", "order_card"),
    Notice("order.unseen", "customer", "declined_searching"),
    Notice("order.drop", "customer", "order_card"),
    Notice("order.drop", "customer", "declined_searching"),
    Notice("order.drop", "customer", "live_pin"),
    Notice("order.reassign", "customer", "order_card"),
    Notice("order.reassign", "customer", "declined_searching"),
    Notice("order.reassign", "customer", "live_pin"),
    # Who is asked instead stands on the card; it sounds again when somebody comes, or nobody can.
    Notice("order.replace", "customer", "order_card"),
    Notice("order.replace", "customer", "declined_searching"),
    Notice("order.replace", "customer", "live_pin"),
    Notice("order.offer", "customer", "order_card"),
    Notice("order.ask", "customer", "order_card"),
    Notice("order.refuse", "customer", "order_card"),
    Notice("order.miss", "customer", "order_card"),
    Notice("order.unanswered", "customer", "order_card"),
    Notice("order.take", "customer", "order_card"),
    Notice("order.take", "customer", "accepted"),
    Notice("order.consult", "customer", "order_card"),
    Notice("order.consult", "customer", "other_times"),
    Notice("order.choose", "customer", "order_card"),
    Notice("order.delay", "customer", "order_card"),
    Notice("order.delay", "customer", "delay"),
    Notice("order.late", "customer", "order_card"),
    Notice("order.late", "customer", "late"),
    Notice("order.wait", "customer", "order_card"),
    Notice("order.give_up", "customer", "order_card"),
    Notice("order.give_up", "customer", "no_provider"),
    Notice("order.cancel", "customer", "order_card"),
    Notice("order.cancel", "customer", "cancelled"),
    Notice("order.cancel", "customer", "live_pin"),
    Notice("order.reschedule", "customer", "order_card"),
    Notice("order.reschedule", "customer", "moved"),
    Notice("order.propose", "customer", "order_card"),
    Notice("order.propose", "customer", "move_asked"),
    Notice("order.refuse_move", "customer", "order_card"),
    Notice("order.refuse_move", "customer", "move_off"),
    Notice("order.withdraw_move", "customer", "order_card"),
    Notice("order.withdraw_move", "customer", "move_off"),
    Notice("order.lapse_move", "customer", "order_card"),
    Notice("order.lapse_move", "customer", "move_off"),
    Notice("order.confirm", "customer", "order_card"),
    Notice("order.remind_day", "customer", "remind_day", NORMAL),
    Notice("order.remind_soon", "customer", "remind_soon", NORMAL),
    Notice("order.depart", "customer", "order_card"),
    Notice("order.depart", "customer", "on_the_way"),
    Notice("order.moved", "customer", "order_card"),
    Notice("order.moved", "customer", "live_pin"),
    Notice("order.arrive", "customer", "order_card"),
    Notice("order.arrive", "customer", "arrived"),
    Notice("order.arrive", "customer", "live_pin"),
    Notice("order.correct_arrival", "customer", "order_card"),
    Notice("order.knock", "customer", "order_card"),
    Notice("order.knock", "customer", "at_door"),
    Notice("order.absent", "customer", "order_card"),
    Notice("order.absent", "customer", "absent"),
    Notice("order.start", "customer", "order_card"),
    Notice("order.show", "customer", "order_card"),
    Notice("order.unshow", "customer", "order_card"),
    Notice("order.wrong_code", "customer", "order_card"),
    Notice("order.finish", "customer", "order_card"),
    Notice("order.finish", "customer", "finished"),
    Notice("order.state_cash", "customer", "order_card"),
    Notice("order.state_cash", "customer", "cash_stated"),
    Notice("order.close", "customer", "order_card"),
    Notice("order.dispute", "customer", "order_card"),
    Notice("order.settle", "customer", "order_card"),
    Notice("order.settle", "customer", "settled"),
    Notice("order.refund_failed", "customer", "back_by_hand"),
    Notice("order.refunded", "customer", "order_card"),
    Notice("order.refunded", "customer", "refunded"),
    Notice("order.give_back", "customer", "order_card"),
    Notice("order.give_back", "customer", "gave_back"),
    Notice("order.extra_ask", "customer", "order_card"),
    Notice("order.extra_ask", "customer", "extra"),
    Notice("order.extra_told", "customer", "extra"),
    Notice("order.extra_drop", "customer", "order_card"),
    Notice("order.extra_drop", "customer", "extra_card"),
    Notice("order.extra_late", "customer", "order_card"),
    Notice("order.extra_late", "customer", "extra_card"),
    Notice("order.extra_yes", "customer", "order_card"),
    Notice("order.extra_yes", "customer", "extra_card"),
    Notice("order.extra_no", "customer", "order_card"),
    Notice("order.extra_no", "customer", "extra_card"),
    Notice("order.finish", "customer", "extra_card"),
    Notice("order.state_cash", "customer", "extra_card"),
    Notice("order.cancel", "customer", "extra_card"),
    Notice("order.reassign", "customer", "extra_card"),
    Notice("order.pay_rest", "customer", "order_card"),
    Notice("order.pay_rest", "customer", "rest_paid"),
    Notice("relay.said", "customer", "relayed"),
    Notice("relay.lost", "customer", "relay_lost"),
    Notice("relay.signed", "customer", "relay_sign", NORMAL),
    Notice("person.copy", "customer", "data_copy", NORMAL),
    Notice("person.copy_files", "customer", "data_files", NORMAL),
    Notice("waitlist.free", "person", "slot_free"),
    Notice("waitlist.passed", "person", "slot_passed"),
    Notice("waitlist.ended", "person", "slot_ended"),
    Notice("series.asked", "person", "series_asked"),
    Notice("series.answered", "person", "series_card"),
    Notice("series.stopped", "person", "series_card"),
    Notice("order.ask_pay", "customer", "pay_due"),
    Notice("order.last_call", "customer", "pay_last"),
)

# What changes a provider's day: its card goes along where he has one open.
_DAY = (
    "offered", "pay", "offer", "choose", "accept", "take", "decline", "time_out", "drop", "replace",
    "reassign", "reschedule", "depart", "arrive", "start", "finish", "close", "cancel",
)  # fmt: skip

PROVIDER = (
    Notice("order.offered", "provider", "offer"),
    Notice("order.pay", "provider", "offer"),
    Notice("order.offer", "provider", "offer"),
    Notice("order.ask", "provider", "offer"),
    Notice("order.choose", "provider", "offer"),
    Notice("order.remind", "provider", "offer_reminder"),
    Notice("order.lost", "provider", "offer_card", FIRST),
    # Whoever lost an offer sees its card go dead. Who answers it himself sees that at once, without a letter.
    Notice("order.time_out", "provider", "offer_card"),
    Notice("order.cancel", "provider", "offer_card"),
    Notice("order.cancel", "provider", "job_card"),
    Notice("order.cancel", "provider", "cancelled"),
    Notice("order.reassign", "provider", "offer_card"),
    Notice("order.reassign", "provider", "job_card"),
    Notice("order.reassign", "provider", "withdrawn"),
    Notice("order.reschedule", "provider", "job_card"),
    Notice("order.reschedule", "provider", "moved"),
    Notice("order.propose", "provider", "job_card"),
    Notice("order.propose", "provider", "move_asked"),
    Notice("order.refuse_move", "provider", "job_card"),
    Notice("order.refuse_move", "provider", "move_off"),
    Notice("order.withdraw_move", "provider", "job_card"),
    Notice("order.withdraw_move", "provider", "move_off"),
    Notice("order.lapse_move", "provider", "job_card"),
    Notice("order.lapse_move", "provider", "move_off"),
    Notice("order.confirm", "provider", "job_card"),
    Notice("order.remind_job", "provider", "remind_job", NORMAL),
    Notice("order.contacted", "provider", "job_card"),
    Notice("order.remind_contact", "provider", "contact_due"),
    Notice("order.uncontacted", "provider", "job_card"),
    Notice("order.drop", "provider", "job_card"),
    Notice("order.delay", "provider", "job_card"),
    Notice("order.due", "provider", "expected"),
    Notice("order.late", "provider", "expected"),
    Notice("order.wait", "provider", "waited_for"),
    Notice("order.replace", "provider", "job_card"),
    Notice("order.replace", "provider", "withdrawn"),
    Notice("order.depart", "provider", "job_card"),
    Notice("order.arrive", "provider", "job_card"),
    Notice("order.correct_arrival", "provider", "job_card"),
    Notice("order.absent", "provider", "job_card"),
    Notice("order.start", "provider", "job_card"),
    Notice("order.start", "provider", "helped", only="override"),
    Notice("order.finish", "provider", "job_card"),
    Notice("order.finish", "provider", "helped", only="override"),
    Notice("order.close", "provider", "job_card"),
    Notice("order.close", "provider", "cash_confirmed"),
    Notice("order.dispute", "provider", "job_card"),
    Notice("order.dispute", "provider", "disputed"),
    Notice("order.settle", "provider", "job_card"),
    Notice("order.settle", "provider", "cash_confirmed"),
    Notice("order.give_back", "provider", "borne"),
    Notice("order.forfeit", "provider", "borne"),
    Notice("review.written", "provider", "review", NORMAL),
    Notice("review.edited", "provider", "review", NORMAL),
    Notice("review.kept", "provider", "report_decided", NORMAL),
    Notice("review.hidden", "provider", "report_decided", NORMAL),
    Notice("order.extra_asked", "provider", "extra_question"),
    Notice("order.extra_yes", "provider", "extra_answer"),
    Notice("order.extra_no", "provider", "extra_answer"),
    Notice("order.extra_late", "provider", "extra_answer"),
    Notice("order.extra_allow", "provider", "extra_allowed"),
    Notice("order.pay_rest", "provider", "job_card"),
    Notice("order.pay_rest", "provider", "rest_paid"),
    Notice("relay.said", "provider", "relayed"),
    Notice("relay.lost", "provider", "relay_lost"),
    Notice("relay.signed", "provider", "relay_sign", NORMAL),
    Notice("payout.approved", "provider", "payout_card", NORMAL),
    Notice("payout.sending", "provider", "payout_card", NORMAL),
    Notice("payout.confirming", "provider", "payout_confirm"),
    Notice("payout.unconfirmed", "provider", "payout_nudge"),
    Notice("payout.bound", "provider", "payout_bound"),
    Notice("payout.stuck", "provider", "payout_card", NORMAL),
    Notice("payout.paid", "provider", "payout_news", NORMAL),
    Notice("payout.returned", "provider", "payout_back", NORMAL),
    Notice("price.approved", "provider", "price_answer", NORMAL),
    Notice("price.rejected", "provider", "price_answer", NORMAL),
    Notice("price.band", "provider", "price_band", BULK),
    Notice("portrait.approved", "provider", "portrait_answer", NORMAL),
    Notice("portrait.rejected", "provider", "portrait_answer", NORMAL),
    Notice("portrait.approved", "provider", "portrait_page", NORMAL),
    Notice("portrait.rejected", "provider", "portrait_page", NORMAL),
    Notice("paper.judged", "provider", "paper_judged", NORMAL),
    Notice("paper.ends", "provider", "paper_ends", NORMAL),
    Notice("paper.over", "provider", "paper_ends", NORMAL),
    Notice("application.approved", "person", "application_over"),
    Notice("application.approved", "person", "application_approved"),
    Notice("application.rejected", "person", "application_over"),
    Notice("application.rejected", "person", "application_rejected"),
    Notice("inquiry.asked", "person", "inquiry"),
    Notice("provider.findings", "person", "findings", NORMAL),
    Notice("provider.level_up", "person", "level_up", NORMAL),
    Notice("provider.level_falls", "person", "level_falls", NORMAL),
    Notice("provider.level_down", "person", "level_down", NORMAL),
    Notice("provider.frozen", "person", "frozen"),
    Notice("provider.unfrozen", "person", "unfrozen"),
    Notice("appeal.kept", "person", "appeal_kept"),
    # Who booked it was erased: cards say no more than is kept.
    Notice("order.forgotten", "provider", "job_card", BULK),
    *(Notice(f"order.{verb}", "provider", "day_card", NORMAL) for verb in _DAY),
    Notice("order.reschedule", "provider", "former_day_card", NORMAL),
)

# What changes the staff's view of an order: its own card and the board go along.
_MOVES = (
    "placed", "offered", "pay", "expire", "accept", "decline", "time_out", "unseen", "offer", "give_up",
    "take", "consult", "choose", "replace", "delay", "late", "drop", "reassign", "reschedule", "depart",
    "arrive", "absent", "start", "finish", "close", "dispute", "settle", "cancel",
)  # fmt: skip

STAFF = (
    Notice("order.give_up", "staff", "no_provider"),
    *(Notice(f"alert.{kind}", "staff", kind) for kind in sorted(OF_ORDERS)),
    Notice("alert.pattern", "staff", "pattern"),
    Notice("alert.taken", "staff", "alert_card"),
    Notice("alert.over", "staff", "alert_card"),
    Notice("order.extra_yes", "staff", "order_card", NORMAL),
    Notice("order.give_back", "staff", "order_card", NORMAL),
    Notice("order.refund_failed", "staff", "alert"),
    Notice("order.charged_back", "staff", "charged_back"),
    Notice("order.charge_regained", "staff", "charge_regained"),
    Notice("order.dispute_lost", "staff", "dispute_lost"),
    Notice("payment.differs", "staff", "differs"),
    Notice("payment.by_hand", "staff", "by_hand"),
    Notice("payment.stray", "staff", "stray"),
    Notice("stray.ended", "staff", "stray_ended"),
    Notice("update.parked", "staff", "parked"),
    Notice("update.clash", "staff", "clash"),
    Notice("report.day", "staff", "report", NORMAL),
    Notice("report.week", "staff", "report", NORMAL),
    Notice("money.compared", "staff", "money", NORMAL),
    Notice("money.silent", "staff", "money_silent"),
    Notice("money.back", "staff", "money_back", NORMAL),
    Notice("staff.left", "staff", "staff_left"),
    Notice("backup.moved", "staff", "backup_run", NORMAL),
    Notice("backup.failed", "staff", "backup_failed"),
    Notice("security.found", "staff", "security", NORMAL),
    Notice("quarantine.began", "staff", "quarantine"),
    Notice("quarantine.lifted", "staff", "quarantine"),
    Notice("ticket.opened", "staff", "ticket_head"),
    Notice("ticket.opened", "staff", "ticket"),
    Notice("ticket.said", "staff", "ticket_head"),
    Notice("ticket.said", "staff", "ticket"),
    Notice("ticket.answered", "staff", "ticket_head"),
    Notice("ticket.asked", "staff", "ticket_heard"),
    Notice("ticket.heard", "staff", "ticket_heard"),
    Notice("ticket.taken", "staff", "ticket_head"),
    Notice("ticket.closed", "staff", "ticket_head"),
    Notice("ticket.reopened", "staff", "ticket_head"),
    Notice("ticket.late", "staff", "ticket_head"),
    Notice("ticket.late", "staff", "ticket_late"),
    Notice("ticket.called", "staff", "ticket_called"),
    Notice("ticket.forgotten", "staff", "ticket_gone", BULK),
    Notice("review.reported", "staff", "review_report"),
    Notice("review.kept", "staff", "review_report"),
    Notice("review.hidden", "staff", "review_report"),
    Notice("review.taken_down", "staff", "review_report"),
    Notice("review.restored", "staff", "review_report"),
    Notice("order.forgotten", "staff", "order_card", BULK),
    Notice("order.forgotten", "staff", "review_report", BULK),
    Notice("price.asked", "staff", "price"),
    *(
        Notice(f"price.{what}", "staff", "price_card")
        for what in ("taken", "approved", "rejected", "withdrawn")
    ),
    Notice("portrait.sent", "staff", "portrait_files"),
    Notice("portrait.sent", "staff", "portrait"),
    *(
        Notice(f"portrait.{what}", "staff", "portrait_card")
        for what in ("taken", "approved", "rejected")
    ),
    Notice("paper.sent", "staff", "paper"),
    Notice("papers.ending", "staff", "papers_ending", NORMAL),
    Notice("paper.over", "staff", "paper_over", NORMAL),
    Notice("payout.asked", "staff", "payout"),
    Notice("payout.approved", "staff", "payout"),
    Notice("payout.sending", "staff", "payout"),
    Notice("payout.confirming", "staff", "payout"),
    Notice("payout.stuck", "staff", "payout_waits", NORMAL),
    Notice("payout.paid", "staff", "payout"),
    Notice("payout.returned", "staff", "payout"),
    Notice("payout.taken", "staff", "payout"),
    Notice("payout.waits", "staff", "payout_waits", NORMAL),
    Notice("appeal.sent", "staff", "appeal_files"),
    Notice("appeal.sent", "staff", "appeal"),
    Notice("appeal.taken", "staff", "appeal"),
    Notice("appeal.kept", "staff", "appeal"),
    Notice("appeal.lifted", "staff", "appeal"),
    Notice("application.submitted", "staff", "application_files"),
    Notice("application.submitted", "staff", "application"),
    Notice("application.taken", "staff", "application"),
    Notice("application.judged", "staff", "application"),
    Notice("application.heard", "staff", "application"),
    Notice("inquiry.answered", "staff", "inquiry_answer"),
    Notice("application.approved", "staff", "application"),
    Notice("application.rejected", "staff", "application"),
    Notice("application.taken_back", "staff", "application"),
    *(Notice(f"order.{verb}", "staff", "order_card", NORMAL) for verb in _MOVES),
    # The board is only ever edited: it must not stand behind what waits until the group may get a new message.
    *(Notice(f"order.{verb}", "staff", "board", FIRST) for verb in _MOVES),
)

BOTH = (
    Notice("review.answered", "customer", "review_answer", NORMAL),
    Notice("review.hidden", "customer", "review_hidden", NORMAL),
    Notice("review.taken_down", "customer", "review_hidden", NORMAL),
    Notice("review.taken_down", "provider", "review_down", NORMAL),
    Notice("review.restored", "customer", "review_restored", NORMAL),
    Notice("review.restored", "provider", "review_back", NORMAL),
    Notice("customer.frozen", "person", "customer_frozen"),
    Notice("customer.unfrozen", "person", "customer_unfrozen", NORMAL),
    Notice("ticket.answered", "person", "ticket_answer"),
    Notice("ticket.closed", "person", "ticket_closed"),
    Notice("ticket.asked", "person", "heard"),
    Notice("heard.turned", "person", "heard_card", NORMAL),
    *(
        Notice(f"announcement.{verb}", side, kind, BULK)
        for verb, kind in (("sent", "announcement"), ("changed", "announcement_again"))
        for side in ("customer", "provider")
    ),
    # The bar stands where it was begun: in the group, or in private with whoever did.
    Notice("announcement.bar", "staff", "announcement_bar", NORMAL),
    Notice("announcement.bar", "person", "announcement_bar", NORMAL),
    Notice("notice.tried", "person", "example"),
)

# What stands about an order is looked at again whenever it goes on, in whichever chat (see bot/standing.py).
_GOES_ON = (
    "pay", "expire", "accept", "decline", "time_out", "unseen", "drop", "reassign", "replace", "offer", "take",
    "consult", "choose", "delay", "late", "wait", "give_up", "cancel", "reschedule", "propose", "refuse_move",
    "withdraw_move", "lapse_move", "confirm", "contacted", "depart", "arrive", "correct_arrival", "knock", "absent",
    "start", "finish", "state_cash", "close", "dispute", "settle", "reviewed", "refunded", "forgotten",
)  # fmt: skip

LOOKED_AT = tuple(
    Notice(event, "wherever", STANDING, NORMAL)
    for event in (
        *(f"order.{verb}" for verb in _GOES_ON),
        "series.also_asked", "series.answered", "series.stopped", "provider.unfrozen",
        "customer.unfrozen", "application.submitted", "application.approved", "inquiry.answered", "inquiry.over",
    )
)  # fmt: skip

NOTICES: tuple[Notice, ...] = (*CUSTOMER, *PROVIDER, *BOTH, *STAFF, *LOOKED_AT)
_OF: dict[str, list[Notice]] = {}
for _notice in NOTICES:
    _OF.setdefault(_notice.event, []).append(_notice)


def letters(event: Event) -> list[Letter]:
    """The letters an event causes, written in its own transaction; the key lets each exist once."""
    return [_letter(notice, event) for notice in _OF.get(event.name, ()) if _known(notice, event)]


def _known(notice: Notice, event: Event) -> bool:
    if notice.only and not event.facts.get(notice.only):
        return False
    return notice.to in ("staff", "wherever") or notice.to in event.people


def _letter(notice: Notice, event: Event) -> Letter:
    to, version = notice.to, event.version
    subject = event.subject_id
    bot = str(event.facts.get("bot", "customer")) if to == "person" else BOTS[to]
    return Letter(
        key=f"{event.name}:{subject}:{version}:{to}:{notice.kind}", bot=bot,
        person_id=event.people.get(to), kind=notice.kind, version=version,
        subject=0 if notice.kind in OF_ALL else subject,
        facts=event.facts, urgency=notice.urgency,
    )  # fmt: skip
