"""The map of personal data: every table, whose its rows are, what is handed out of them and what an erasure leaves.

A test fails while a table or a column is not on it, so nothing new is ever kept without a thought for this.
"""

from typing import Final

from core.privacy.model import FORMER, End, Holding, Mark, Of, Part

_ORDER_PLAIN = (
    "id", "number", "customer_id", "provider_id", "service_id", "state", "version", "starts_at",
    "minutes", "buffer_min", "snapshot", "lines", "currency", "total", "discount", "coupon", "pay",
    "method", "due_now", "paid", "refund_due", "refunded", "cash_stated", "cash_confirmed",
    "commission_bp", "start_code", "code_tries", "asked_until", "refused_by", "reviewed",
    "cancelled_by", "reached", "created_at", "extra_id", "extra_total", "extra_min", "extra_free", "further",
    "terms", "proposed_by", "proposed_start", "proposed_until", "proposed_bp", "away", "confirmed_at",
    "contacted_at", "contact_by", "absent_until", "asking", "late", "late_until", "coming_at", "lowered", "series_id",
    "rhythm", "off_bp", "given_back",
)  # fmt: skip

# In this order: what refers to others goes first.
HOLDINGS: Final = (
    Holding(
        "person", Part.PROFILE, "id", Of.PERSON, End.BLANKED,
        blank={"telegram_id": Mark.NOBODY, "name": FORMER, "username": "", "sounds": "",
               "language": None, "language_code": "", "phone": None, "lat": None, "lon": None,
               "place": "", "onboarded": False, "choices": {}, "recommends": False, "frozen_reason": ""},
        plain=("id", "frozen", "frozen_at", "created_at", "seen_at"),
        secret=("sounds",),
    ),
    Holding("address", Part.PLACES, "person_id", Of.PERSON, End.REMOVED),
    Holding("draft", Part.ORDERS, "customer_id", Of.PERSON, End.REMOVED, files=("photos",)),
    Holding(
        "orders", Part.ORDERS, "customer_id", Of.PERSON, End.BLANKED,
        blank={"place": "", "detail": "", "lat": Mark.COARSE, "lon": Mark.COARSE, "notes": "",
               "photos": [], "answers": {}, "reason": ""},
        plain=_ORDER_PLAIN, files=("photos",),
        secret=("provider_id", "refused_by", "commission_bp", "off_bp", "code_tries", "version"),
    ),
    # Free words in the facts of a step go, see core/privacy/erasing.py; figures and codes stay.
    Holding(
        "order_step", Part.ORDERS, "order_id", Of.ORDER, End.KEPT,
        plain=("id", "order_id", "provider_id", "version", "verb", "from_state", "to_state", "actor",
               "actor_id", "at", "facts"),
        secret=("provider_id", "actor_id", "facts"),
    ),
    Holding("waiting", Part.ORDERS, "person_id", Of.PERSON, End.REMOVED, secret=("offered_by",)),
    Holding("series_date", Part.ORDERS, "person_id", Of.PERSON, End.REMOVED),
    Holding("series", Part.ORDERS, "customer_id", Of.PERSON, End.REMOVED, secret=("provider_id",)),
    Holding("order_position", Part.ORDERS, "order_id", Of.ORDER, End.REMOVED, told=False),
    Holding("work_photo", Part.ORDERS, "order_id", Of.ORDER, End.REMOVED, files=("file_id",),
            secret=("provider_id",)),
    Holding(
        "extra", Part.ORDERS, "order_id", Of.ORDER, End.BLANKED,
        blank={"reason": "", "photos": [], "talk": []}, files=("photos",),
        plain=("id", "order_id", "provider_id", "turn", "state", "version", "lines", "amount",
               "minutes", "created_at", "sent_at", "until", "answered_at"),
        secret=("provider_id", "version"),
    ),
    # Money: by law it stays, without a name.
    Holding(
        "payment", Part.MONEY, "order_id", Of.ORDER, End.BLANKED, blank={"url": "", "code": ""},
        plain=("id", "number", "order_id", "method", "purpose", "amount", "currency", "state",
               "reference", "charges", "returns", "disputes", "regained", "refused", "expired", "unanswered", "differs",
               "checkout", "checkout_at", "version", "created_at", "expires_at"),
        secret=("version", "unanswered", "differs", "checkout"),
    ),
    Holding("charge", Part.MONEY, "payment_id", Of.PAYMENT, End.KEPT,
            plain=("id", "key", "payment_id", "also"), told=False),
    Holding(
        "refund", Part.MONEY, "order_id", Of.ORDER, End.KEPT,
        plain=("id", "number", "payment_id", "order_id", "charge", "amount", "currency", "reason",
               "state", "reference", "tries", "sent_at", "version", "created_at"),
        secret=("tries", "version"),
    ),
    Holding(
        "notice", Part.MONEY, "payment_number", Of.PAYMENT_NUMBER, End.BLANKED, blank={"body": ""},
        plain=("id", "key", "method", "payment_number", "fact", "received_at", "worked_at"),
        told=False,
    ),
    Holding(
        "receipt", Part.MONEY, "order_id", Of.ORDER, End.BLANKED, blank={"payer": FORMER},
        plain=("id", "kind", "seq", "transaction_id", "order_id", "platform", "tax_name",
               "tax_bp", "issued_at"),
    ),
    Holding("coupon", Part.MONEY, "owner_id", Of.PERSON, End.KEPT,
            plain=("id", "code", "names", "amount", "percent_bp", "minimum", "service_ids", "newcomers", "uses",
                   "used", "per_person", "owner_id", "starts_at", "ends_at", "active", "cap", "public", "singly",
                   "version")),
    Holding("coupon_use", Part.MONEY, "person_id", Of.PERSON, End.KEPT,
            plain=("id", "coupon_id", "person_id", "turn", "order_id")),
    Holding("coupon_code", Part.MONEY, "holder_id", Of.PERSON, End.KEPT,
            plain=("id", "coupon_id", "code", "holder_id", "order_id")),
    # The stars stay, for others count on them; the words and pictures are the author's and go.
    Holding(
        "review", Part.REVIEWS, "customer_id", Of.PERSON, End.BLANKED,
        blank={"author": "", "text": "", "files": [], "reply": ""}, files=("files",),
        plain=("id", "order_id", "provider_id", "customer_id", "service_id", "quality",
               "attitude", "skill", "hidden", "created_at", "edited_at", "replied_at"),
        secret=("provider_id",),
    ),
    # What a provider said about it to the staff is between those two.
    Holding(
        "review_report", Part.REVIEWS, "order_id", Of.ORDER, End.BLANKED, blank={"words": ""},
        plain=("id", "review_id", "order_id", "provider_id", "reason", "verdict", "decided_by",
               "decided_at", "version", "created_at"),
        told=False,
    ),
    Holding("said", Part.MESSAGES, "ticket_id", Of.TICKET, End.REMOVED, files=("files",),
            secret=("author",)),
    # What the other side of an order told the staff is between those two.
    Holding("heard", Part.MESSAGES, "person_id", Of.PERSON, End.REMOVED, files=("files",),
            secret=("ticket_id", "author")),
    Holding(
        "ticket", Part.MESSAGES, "person_id", Of.PERSON, End.BLANKED,
        blank={"outcome": "", "verdict": ""},
        plain=("id", "number", "person_id", "bot", "kind", "order_id", "state", "topic_id",
               "version", "given", "waits_since", "answer_by", "end_by", "spent_min", "told", "closed_at",
               "created_at"),
        secret=("topic_id", "version", "answer_by", "end_by", "spent_min", "told"),
    ),
    # That there was a message stays known, what it said does not.
    Holding(
        "relayed", Part.MESSAGES, "order_id", Of.ORDER, End.BLANKED,
        blank={"text": "", "file_id": None, "lat": None, "lon": None, "hidden": [], "former": [],
               "sign": "", "erased": True},
        plain=("id", "order_id", "provider_id", "author_id", "from_customer", "sort", "message_id",
               "album", "lost", "version", "at"),
        files=("file_id",), secret=("provider_id", "author_id", "message_id", "lost", "version"),
    ),
    # That something was wrong stays known; what the staff wrote about it does not.
    Holding(
        "alert", Part.TECHNICAL, "customer_id", Of.PERSON, End.BLANKED, blank={"reason": ""},
        plain=("id", "about", "kind", "order_id", "customer_id", "provider_id", "facts", "fate",
               "since", "found_at", "ended_at", "ended_by"),
        told=False,
    ),
    Holding("active_day", Part.TECHNICAL, "person_id", Of.PERSON, End.REMOVED, told=False),
    # What the staff did is theirs and stays; whom it was done to goes.
    Holding(
        "staff_act", Part.TECHNICAL, "person_id", Of.PERSON, End.BLANKED,
        blank={"subject": FORMER, "reason": ""},
        plain=("id", "telegram_id", "name", "action", "person_id", "at"), told=False,
    ),
    Holding("favourite", Part.TASTES, "person_id", Of.PERSON, End.REMOVED),
    Holding("glance", Part.TASTES, "person_id", Of.PERSON, End.REMOVED),
    # An application that led to nothing; whoever works with us is not erased here.
    Holding("hours", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED),
    Holding("day_hours", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED),
    Holding("certificate", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED, files=("file_id",)),
    Holding("price_request", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED,
            secret=("decided_by", "version")),
    Holding("portrait", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED, files=("file_id",),
            secret=("decided_by", "version")),
    Holding(
        "provider_freeze", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED,
        secret=("staff_id", "ended_by"),
    ),
    Holding(
        "appeal", Part.WORK, "person_id", Of.PERSON, End.REMOVED, files=("files",),
        secret=("decided_by", "version"),
    ),
    Holding("inquiry", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED, files=("files",),
            secret=("staff_id", "asked_by", "version")),
    Holding("skill", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED),
    Holding("finding", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED),
    # Money: by law it stays; where it went to does not.
    Holding(
        "payout_account", Part.WORK, "provider_id", Of.PROVIDER, End.BLANKED,
        blank={"sealed": "", "masked": "", "active": False},
        plain=("id", "provider_id", "kind", "created_at"), secret=("sealed",),
    ),
    Holding(
        "payout", Part.MONEY, "provider_id", Of.PROVIDER, End.BLANKED, blank={"reason": ""},
        plain=("id", "number", "provider_id", "account_id", "amount", "currency", "state", "second",
               "day", "approved_by", "second_by", "ended_by", "reference", "hindrance", "ticket",
               "confirm_until", "version", "asked_at", "ended_at"),
        secret=("approved_by", "second_by", "ended_by", "ticket", "version"),
    ),
    Holding("payout_binding", Part.WORK, "provider_id", Of.PROVIDER, End.REMOVED,
            secret=("token", "sealed", "version")),
    Holding(
        "provider", Part.WORK, "person_id", Of.PERSON, End.BLANKED,
        blank={"name": FORMER, "bio": {}, "years": 0, "photo_id": None, "lat": None, "lon": None,
               "place": "", "reason": "", "working": False, "state": "draft"},
        plain=("id", "person_id", "radius_m", "daily_max", "buffer_min", "rating_count",
               "quality_sum", "attitude_sum", "skill_sum", "jobs_done", "level", "level_at",
               "falls_at", "found_week", "mend", "phone_typed", "turned_down", "version",
               "created_at"),
        files=("photo_id",),
    ),
    Holding("outbox", Part.TECHNICAL, "person_id", Of.PERSON, End.REMOVED, told=False),
    Holding(
        "outbox", Part.TECHNICAL, "subject", Of.ORDER, End.BLANKED, blank={"facts": {}},
        plain=("id", "key", "bot", "chat_id", "person_id", "kind", "subject", "version",
               "urgency", "due_at", "created_at", "lease_until", "tries", "doubts", "state",
               "message_id", "error", "trace"),
        settled=True, told=False,
    ),
    Holding(
        "inbox", Part.TECHNICAL, "lane", Of.TELEGRAM, End.BLANKED, blank={"body": "", "lane": 0},
        plain=("bot", "update_id", "received_at", "tries", "done_at", "parked_at", "error"),
        settled=True, told=False,
    ),
    # That somebody tried the door of the staff stays known for the rule's days, without a name.
    Holding(
        "refusal", Part.TECHNICAL, "telegram_id", Of.TELEGRAM, End.BLANKED,
        blank={"telegram_id": Mark.NOBODY, "name": FORMER},
        plain=("id", "chat_id", "action", "why", "day", "times", "first_at", "last_at"), told=False,
    ),
    Holding("conversation", Part.TECHNICAL, "user_id", Of.TELEGRAM, End.REMOVED, told=False),
    Holding("card", Part.TECHNICAL, "chat_id", Of.TELEGRAM, End.REMOVED, told=False),
    Holding("unreachable", Part.TECHNICAL, "chat_id", Of.TELEGRAM, End.REMOVED, told=False),
)  # fmt: skip

# The files themselves and Telegram's ids of them; found by the columns above and by their owner.
FILES: Final = frozenset({"kept_file", "file_copy"})

# Nobody's: which providers were asked, the catalogue, the rules,
# what is derived from providers, the books (which know orders, not people), what visitors did (who can't be told).
NOBODYS: Final = frozenset({
    "ask", "category", "service", "faq_topic", "question", "rule_value",
    "search_term", "cover", "home", "day_mask", "slot_claim",
    "ledger_transaction", "ledger_leg", "balance",
    "statement_line", "difference", "compared", "stray",
    "trace", "trace_key", "timer", "done_once", "erasure", "announcement", "quarantine",
    "process", "poller", "lane",  # a lane's row is there only while its updates are worked
    "unit",  # what was just written, in case no answer came: gone within minutes
})  # fmt: skip

# The staff's own: who they are and what they have in hand.
STAFFS: Final = frozenset({"staff", "taking", "backup_run", "catalog_edit"})
