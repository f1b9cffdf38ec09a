"""Rules staff can change at run time: name, type, bounds, default in one table."""

from dataclasses import dataclass

from core.errors import SwitchedOff


@dataclass(frozen=True, slots=True)
class Rule:
    """A number (or text) with bounds; `unit` is shown beside it. A "switch" is 1 (on) or 0 (off)."""

    name: str
    default: int | str
    low: int = 0
    high: int = 0
    unit: str = ""


def _switch(name: str) -> Rule:
    return Rule(name, 1, 0, 1, "switch")


def _level(
    level: str, *, jobs: int, rating: int, on_time: int, accepted: int, dropped: int, off: int,
    rank: int,
) -> tuple[Rule, ...]:  # fmt: skip
    """What a level of providers asks for, and what it brings."""
    return (
        Rule(f"{level}_jobs", jobs, 0, 1000), Rule(f"{level}_rating", rating, 0, 500, "stars"),
        Rule(f"{level}_on_time_bp", on_time, 0, 10000, "bp"),
        Rule(f"{level}_accepted_bp", accepted, 0, 10000, "bp"),
        Rule(f"{level}_dropped_bp", dropped, 0, 10000, "bp"),
        Rule(f"{level}_off_bp", off, 0, 1500, "bp"), Rule(f"{level}_rank", rank, 0, 10, "stars"),
    )  # fmt: skip


RULES = {
    rule.name: rule
    for rule in (
        Rule("platform_name", "Doorstep"),
        Rule("hotline", "400-000-0000"),
        Rule("hotline_hours", "08:00–22:00"),
        _switch("bookings_open"),
        _switch("applications_open"),
        _switch("on_site_open"),
        _switch("series_open"),
        _switch("waitlist_open"),
        Rule("hold_minutes", 15, 5, 60, "min"),
        Rule("holds_per_customer", 2, 1, 10),
        Rule("accept_minutes", 10, 2, 120, "min"),
        Rule("contact_minutes", 30, 10, 240, "min"),
        Rule("notice_minutes", 60, 0, 2880, "min"),
        Rule("horizon_days", 60, 7, 60, "days"),
        Rule("city_kmh", 18, 5, 80, "km/h"),
        Rule("free_cancel_hours", 4, 0, 72, "h"),
        Rule("late_cancel_bp", 2000, 0, 10000, "bp"),
        Rule("last_cancel_hours", 2, 0, 72, "h"),
        Rule("last_cancel_bp", 3000, 0, 10000, "bp"),
        Rule("way_cancel_bp", 5000, 0, 10000, "bp"),
        Rule("cancel_grace_minutes", 10, 0, 60, "min"),
        Rule("cancel_to_provider_bp", 7000, 0, 10000, "bp"),
        Rule("absent_minutes", 15, 5, 60, "min"),
        Rule("absent_fee_bp", 5000, 0, 10000, "bp"),
        Rule("move_answer_minutes", 30, 5, 240, "min"),
        Rule("reminder_clock", 18, 8, 21, "clock"),
        Rule("reminder_hours", 2, 1, 12, "h"),
        Rule("job_reminder_minutes", 60, 15, 240, "min"),
        Rule("quiet_from_clock", 22, 20, 23, "clock"),
        Rule("quiet_until_clock", 7, 5, 10, "clock"),
        Rule("cash_silence_hours", 24, 1, 72, "h"),
        Rule("review_edit_hours", 48, 1, 240, "h"),
        Rule("review_draft_days", 7, 1, 60, "days"),
        Rule("review_reply_letters", 300, 50, 600),
        Rule("reopen_days", 14, 0, 90, "days"),
        Rule("ticket_first_minutes", 30, 5, 1440, "min"),
        Rule("ticket_answer_minutes", 60, 5, 1440, "min"),
        Rule("ticket_end_hours", 24, 1, 240, "h"),
        Rule("ticket_call_minutes", 30, 5, 1440, "min"),
        Rule("voucher_days", 90, 7, 730, "days"),
        Rule("redo_days", 30, 7, 180, "days"),
        Rule("compensation_most", 50_000, 100, 1_000_000, "money"),
        Rule("appeal_again_days", 14, 1, 90, "days"),
        Rule("relay_hours", 48, 0, 240, "h"),
        _switch("relay_masking"),
        Rule("relay_keep_days", 180, 30, 1000, "days"),
        Rule("activity_keep_days", 400, 31, 3650, "days"),
        Rule("trace_keep_days", 400, 31, 3650, "days"),
        Rule("letter_keep_days", 90, 30, 1000, "days"),
        Rule("parked_keep_days", 30, 7, 365, "days"),
        Rule("talk_keep_days", 180, 30, 1000, "days"),
        Rule("time_keep_days", 31, 7, 365, "days"),
        _switch("report_daily"),
        _switch("report_weekly"),
        Rule("report_clock", 9, 0, 23, "clock"),
        Rule("report_weekday", 1, 1, 7, "weekday"),
        Rule("refusal_keep_days", 90, 7, 730, "days"),
        Rule("refusals_per_sender", 20, 5, 200),
        Rule("refusals_per_day", 500, 50, 10_000),
        Rule("money_record_years", 10, 3, 30),
        Rule("code_tries", 5, 3, 10),
        Rule("offer_rounds", 5, 1, 20),
        Rule("extras_per_visit", 3, 0, 10),
        Rule("extra_most_bp", 20000, 0, 100000, "bp"),
        Rule("extra_answer_minutes", 30, 5, 240, "min"),
        Rule("extra_photos", 1, 0, 5),
        Rule("tax_name", "Tax"),
        Rule("tax_bp", 0, 0, 5000, "bp"),
        Rule("together_minutes", 60, 0, 240, "min"),
        Rule("together_count", 5, 1, 20),
        Rule("choice_minutes", 60, 10, 1440, "min"),
        Rule("late_minutes", 10, 5, 60, "min"),
        Rule("delay_minutes", 30, 10, 60, "min"),
        Rule("late_answer_minutes", 5, 2, 60, "min"),
        Rule("waitlist_minutes", 10, 2, 120, "min"),
        Rule("waits_per_person", 5, 1, 20),
        Rule("late_replace_minutes", 60, 15, 240, "min"),
        Rule("series_ahead", 4, 1, 6),
        Rule("series_per_person", 3, 1, 10),
        Rule("series_pay_days", 4, 2, 6, "days"),
        Rule("price_ask_bp", 30_000, 10_000, 100_000, "bp"),
        Rule("market_providers", 5, 3, 50),
        Rule("by_hand_days", 5, 1, 30, "days"),
        Rule("payout_hold_days", 3, 0, 60, "days"),
        Rule("payout_least", 5_000, 1, 1_000_000, "money"),
        Rule("payout_day_most", 2_000_000, 10_000, 100_000_000, "money"),
        Rule("payout_second_above", 500_000, 0, 100_000_000, "money"),
        Rule("payout_cool_hours", 24, 0, 240, "h"),
        Rule("payout_remind_hours", 24, 1, 240, "h"),
        _switch("payouts_by_themselves"),
        Rule("paper_first_days", 30, 8, 120, "days"),
        Rule("paper_second_days", 7, 1, 30, "days"),
        Rule("paper_clock", 9, 8, 20, "clock"),
        Rule("findings_most", 3, 0, 5),
        Rule("finding_times", 3, 1, 50),
        Rule("finding_enough", 5, 1, 50),
        Rule("finding_fall_bp", 1_500, 100, 10_000, "bp"),
        Rule("finding_beyond_km", 3, 1, 30),
        Rule("finding_price_bp", 2_000, 0, 20_000, "bp"),
        Rule("finding_rest_weeks", 4, 1, 26),
        Rule("finding_weekday", 1, 1, 7, "weekday"),
        Rule("finding_clock", 9, 8, 20, "clock"),
        Rule("level_days", 90, 30, 365, "days"),
        Rule("level_grace_days", 14, 0, 60, "days"),
        Rule("level_clock", 10, 8, 20, "clock"),
        *_level(
            "bronze", jobs=5, rating=420, on_time=8000, accepted=5000, dropped=1500, off=50, rank=1
        ),
        *_level(
            "silver", jobs=20, rating=450, on_time=9000, accepted=7000, dropped=800, off=100, rank=3
        ),
        *_level(
            "gold", jobs=50, rating=470, on_time=9500, accepted=8000, dropped=300, off=200, rank=5
        ),
        Rule("alert_unaccepted_minutes", 30, 5, 240, "min"),
        Rule("alert_unfinished_minutes", 60, 15, 480, "min"),
        Rule("alert_unpaid_hours", 3, 1, 48, "h"),
        Rule("alert_days", 30, 7, 120, "days"),
        Rule("alert_customer_cancels", 4, 2, 50),
        Rule("alert_customer_cancels_bp", 5000, 500, 10_000, "bp"),
        Rule("alert_provider_cancels", 3, 2, 50),
        Rule("alert_provider_cancels_bp", 3000, 500, 10_000, "bp"),
        Rule("alert_pair", 5, 2, 50),
        Rule("alert_pair_bp", 5000, 500, 10_000, "bp"),
        Rule("alert_others_bp", 1000, 0, 5000, "bp"),
        Rule("alert_reviews", 4, 2, 50),
        Rule("alert_reviews_bp", 4000, 500, 10_000, "bp"),
        Rule("alert_sham_bp", 2000, 0, 9000, "bp"),
        Rule("backup_minutes", 1440, 5, 10_080, "min"),
        Rule("backup_keep_days", 14, 1, 365, "days"),
        Rule("drill_days", 7, 1, 90, "days"),
        Rule("staff_stale_days", 60, 7, 365, "days"),
        Rule("refused_most", 20, 1, 1000),
        Rule("security_clock", 9, 6, 20, "clock"),
        Rule("depart_ahead_hours", 4, 1, 1440, "h"),
    )
}


class Rules:
    """The rules in force: defaults overlaid with what staff set. Changed values come in by `update`."""

    def __init__(self, changed: dict[str, str] | None = None) -> None:
        self._changed = dict(changed or {})

    def update(self, changed: dict[str, str]) -> None:
        self._changed = dict(changed)

    def number(self, name: str) -> int:
        rule = RULES[name]
        value = int(self._changed.get(name, rule.default))
        return min(max(value, rule.low), rule.high)

    def on(self, name: str) -> bool:
        return bool(self.number(name))

    def require(self, name: str) -> None:
        """Raises SwitchedOff where staff turned this off."""
        if not self.on(name):
            raise SwitchedOff(name)

    def text(self, name: str) -> str:
        return str(self._changed.get(name, RULES[name].default))
