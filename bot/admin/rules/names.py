"""What the rules are called, and under which heading each stands: a rule that lacks here can't be changed."""

from dataclasses import dataclass

from bot.i18n import mark


@dataclass(frozen=True, slots=True)
class Section:
    """Rules that belong together; `names` are message ids by rule."""

    code: str
    sign: str
    title: str
    names: dict[str, str]


SECTIONS = (
    Section(
        "platform",
        "🏠",
        mark("Platform"),
        {
            "platform_name": mark("Name of the platform"),
            "hotline": mark("Hotline number"),
            "hotline_hours": mark("Hotline hours"),
            "tax_bp": mark("Tax included in prices, shown on receipts"),
            "backup_minutes": mark("A backup is made every"),
            "backup_keep_days": mark("Backups are kept for"),
            "drill_days": mark("A backup is restored on trial every"),
            "staff_stale_days": mark("Staff count as away after"),
            "refused_most": mark("Refused attempts in two days before staff are told"),
            "security_clock": mark("Safety is looked at daily at"),
            "money_record_years": mark("Years that records of money are kept"),
            "activity_keep_days": mark("Who was active on which day is kept so long"),
            "trace_keep_days": mark("What is looked for and found is counted for (no names)"),
            "report_clock": mark("Hour of the reports"),
            "report_weekday": mark("Day of the weekly report"),
            "refusal_keep_days": mark("Refused attempts are kept for"),
            "refusals_per_sender": mark("Different refused attempts kept per person and day"),
            "refusals_per_day": mark("Different refused attempts kept per day"),
        },
    ),
    Section(
        "open",
        "🎛",
        mark("Switches"),
        {
            "bookings_open": mark("New bookings"),
            "applications_open": mark("New providers may apply"),
            "on_site_open": mark("Paying on site"),
            "series_open": mark("Repeated visits"),
            "waitlist_open": mark("Waiting list"),
            "relay_masking": mark("Contact data in messages is hidden"),
            "report_daily": mark("Report of the day before, by itself"),
            "report_weekly": mark("Report of the week before, by itself"),
        },
    ),
    Section(
        "booking",
        "📅",
        mark("Booking"),
        {
            "hold_minutes": mark("Time to pay before the slot is free again"),
            "holds_per_customer": mark("Unpaid bookings per customer at once"),
            "notice_minutes": mark("Shortest notice before a visit"),
            "horizon_days": mark("How far ahead people may book"),
            "city_kmh": mark("Speed through the city, for ways between visits"),
            "waitlist_minutes": mark("Time is held for the next on the waiting list"),
            "waits_per_person": mark("Places on waiting lists per customer"),
            "series_ahead": mark("Repeated visits booked ahead"),
            "series_per_person": mark("Repeated visits per customer"),
            "series_pay_days": mark("Repeated visits are to be paid so long before"),
        },
    ),
    Section(
        "leaving",
        "✖",
        mark("Cancelling"),
        {
            "free_cancel_hours": mark("Free cancellation until so long before"),
            "late_cancel_bp": mark("Fee for a late cancellation"),
            "last_cancel_hours": mark("Last moment: so long before the visit"),
            "last_cancel_bp": mark("Fee for cancelling at the last moment"),
            "way_cancel_bp": mark("Fee once the provider is on the way"),
            "cancel_grace_minutes": mark("Free to cancel right after booking"),
            "cancel_to_provider_bp": mark("Provider's share of a cancellation fee"),
            "absent_minutes": mark("A provider waits at a closed door"),
            "absent_fee_bp": mark("Call-out fee when nobody opens"),
            "move_answer_minutes": mark("Time to answer a request for another time"),
        },
    ),
    Section(
        "visits",
        "🧰",
        mark("Visits"),
        {
            "accept_minutes": mark("Time for a provider to accept"),
            "contact_minutes": mark("Time for a provider to get in touch after accepting"),
            "offer_rounds": mark("Providers asked one after another"),
            "together_minutes": mark("Several are asked at once from so long before"),
            "together_count": mark("Providers asked at once"),
            "choice_minutes": mark("Time for a customer to choose another time"),
            "depart_ahead_hours": mark(
                "Setting out earlier than this before a visit is asked about"
            ),
            "late_minutes": mark("A provider counts as late after"),
            "delay_minutes": mark("A provider may announce being late by at most"),
            "late_answer_minutes": mark("Time for a customer to say what to do then"),
            "late_replace_minutes": mark("Latest start of somebody who steps in"),
            "code_tries": mark("Tries for the start code"),
            "extras_per_visit": mark("Proposals of extra work per visit"),
            "extra_most_bp": mark("Extra work at most, of the booked price"),
            "extra_answer_minutes": mark("Time to answer a proposal of extra work"),
            "extra_photos": mark("Photos a proposal of extra work needs"),
            "cash_silence_hours": mark("Silence about cash before staff look"),
        },
    ),
    Section(
        "talk",
        "💬",
        mark("Messages"),
        {
            "reminder_clock": mark("Reminder the day before, at"),
            "reminder_hours": mark("Reminder so long before the visit"),
            "job_reminder_minutes": mark("Provider's reminder before a visit"),
            "quiet_from_clock": mark("No reminders at night: from"),
            "quiet_until_clock": mark("No reminders at night: until"),
            "relay_hours": mark("Customer and provider may write after the end"),
            "relay_keep_days": mark("Their messages are kept so long"),
            "review_edit_hours": mark("How long a review may be changed"),
            "review_draft_days": mark("Pictures of a review that is never published are kept for"),
            "review_reply_letters": mark("Most characters of an answer to a review"),
            "reopen_days": mark("A closed question may be opened again for"),
            "appeal_again_days": mark("Another appeal after one was turned down"),
        },
    ),
    Section(
        "money",
        "💰",
        mark("Money"),
        {
            "price_ask_bp": mark("Highest price that may be asked for, of the band's highest"),
            "market_providers": mark("Providers nearby before their usual prices are shown"),
            "payout_hold_days": mark("Earnings are held after the job for"),
            "payout_least": mark("Least amount of a withdrawal"),
            "payout_day_most": mark("Most that a provider withdraws in a day"),
            "payout_second_above": mark("A second approval is needed above"),
            "payout_remind_hours": mark("Staff are reminded of a waiting payout after"),
            "payout_cool_hours": mark("No withdrawal after a change of account for"),
        },
    ),
    Section(
        "levels",
        "🏅",
        mark("Levels, tips, certificates"),
        {
            "paper_first_days": mark("A certificate's end is warned of before"),
            "paper_second_days": mark("… and once more before"),
            "paper_clock": mark("Certificates are looked at daily at"),
            "findings_most": mark("Tips to a provider in a week at most"),
            "finding_times": mark("A tip needs to have happened so often"),
            "finding_rest_weeks": mark("Weeks that a tip rests once used or put away"),
            "finding_weekday": mark("Tips come on weekday (1 is Monday)"),
            "finding_clock": mark("Tips come at"),
            "level_days": mark("Levels look back"),
            "level_grace_days": mark("A level is kept below its mark for"),
            "level_clock": mark("Levels are looked at daily at"),
            "bronze_jobs": mark("Bronze: jobs at least"),
            "bronze_rating": mark("Bronze: stars at least"),
            "bronze_on_time_bp": mark("Bronze: on time at least"),
            "bronze_accepted_bp": mark("Bronze: offers accepted at least"),
            "bronze_dropped_bp": mark("Bronze: visits given back at most"),
            "bronze_off_bp": mark("Bronze: commission lower by"),
            "bronze_rank": mark("Bronze: stars added in the order of lists"),
            "silver_jobs": mark("Silver: jobs at least"),
            "silver_rating": mark("Silver: stars at least"),
            "silver_on_time_bp": mark("Silver: on time at least"),
            "silver_accepted_bp": mark("Silver: offers accepted at least"),
            "silver_dropped_bp": mark("Silver: visits given back at most"),
            "silver_off_bp": mark("Silver: commission lower by"),
            "silver_rank": mark("Silver: stars added in the order of lists"),
            "gold_jobs": mark("Gold: jobs at least"),
            "gold_rating": mark("Gold: stars at least"),
            "gold_on_time_bp": mark("Gold: on time at least"),
            "gold_accepted_bp": mark("Gold: offers accepted at least"),
            "gold_dropped_bp": mark("Gold: visits given back at most"),
            "gold_off_bp": mark("Gold: commission lower by"),
            "gold_rank": mark("Gold: stars added in the order of lists"),
        },
    ),
)
NAMES = {rule: name for section in SECTIONS for rule, name in section.names.items()}
