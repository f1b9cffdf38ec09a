"""How the rules look: each with its name in words, its value and its bounds."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.parts import back, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from core.rules import Rule

NAMES = {
    "platform_name": mark("Name of the platform"),
    "hotline": mark("Hotline number"),
    "hotline_hours": mark("Hotline hours"),
    "hold_minutes": mark("Time to pay before the slot is free again"),
    "holds_per_customer": mark("Unpaid bookings per customer at once"),
    "accept_minutes": mark("Time for a provider to accept"),
    "contact_minutes": mark("Time for a provider to get in touch after accepting"),
    "notice_minutes": mark("Shortest notice before a visit"),
    "city_kmh": mark("Speed through the city, for ways between visits"),
    "horizon_days": mark("How far ahead people may book"),
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
    "reminder_clock": mark("Reminder the day before, at"),
    "reminder_hours": mark("Reminder so long before the visit"),
    "job_reminder_minutes": mark("Provider's reminder before a visit"),
    "quiet_from_clock": mark("No reminders at night: from"),
    "quiet_until_clock": mark("No reminders at night: until"),
    "cash_silence_hours": mark("Silence about cash before staff look"),
    "review_edit_hours": mark("How long a review may be changed"),
    "review_reply_letters": mark("Most characters of an answer to a review"),
    "reopen_days": mark("A closed question may be opened again for"),
    "appeal_again_days": mark("Another appeal after one was turned down"),
    "relay_hours": mark("Customer and provider may write after the end"),
    "relay_masking": mark("Contact data in their messages is hidden (1 yes, 0 no)"),
    "relay_keep_days": mark("Their messages are kept so long"),
    "money_record_years": mark("Years that records of money are kept"),
    "code_tries": mark("Tries for the start code"),
    "offer_rounds": mark("Providers asked one after another"),
    "extras_per_visit": mark("Proposals of extra work per visit"),
    "extra_most_bp": mark("Extra work at most, of the booked price"),
    "extra_answer_minutes": mark("Time to answer a proposal of extra work"),
    "extra_photos": mark("Photos a proposal of extra work needs"),
    "tax_bp": mark("Tax included in prices, shown on receipts"),
    "together_minutes": mark("Several are asked at once from so long before"),
    "together_count": mark("Providers asked at once"),
    "choice_minutes": mark("Time for a customer to choose another time"),
    "late_minutes": mark("A provider counts as late after"),
    "delay_minutes": mark("A provider may announce being late by at most"),
    "late_answer_minutes": mark("Time for a customer to say what to do then"),
    "waitlist_minutes": mark("Time is held for the next on the waiting list"),
    "waits_per_person": mark("Places on waiting lists per customer"),
    "late_replace_minutes": mark("Latest start of somebody who steps in"),
    "series_ahead": mark("Repeated visits booked ahead"),
    "series_per_person": mark("Repeated visits per customer"),
    "depart_ahead_hours": mark("Setting out earlier than this before a visit is asked about"),
    "series_pay_days": mark("Repeated visits are to be paid so long before"),
    "price_ask_bp": mark("Highest price that may be asked for, of the band's highest"),
    "market_providers": mark("Providers nearby before their usual prices are shown"),
    "payout_hold_days": mark("Earnings are held after the job for"),
    "payout_least": mark("Least amount of a withdrawal"),
    "payout_day_most": mark("Most that a provider withdraws in a day"),
    "payout_second_above": mark("A second approval is needed above"),
    "payout_remind_hours": mark("Staff are reminded of a waiting payout after"),
    "payout_cool_hours": mark("No withdrawal after a change of account for"),
    "findings_most": mark("Tips to a provider in a week at most"),
    "finding_times": mark("A tip needs to have happened so often"),
    "finding_rest_weeks": mark("Weeks that a tip rests once used or put away"),
    "finding_weekday": mark("Tips come on weekday (1 is Monday)"),
    "finding_clock": mark("Tips come at"),
    "refusal_keep_days": mark("Refused attempts are kept for"),
    "refusals_per_sender": mark("Different refused attempts kept per person and day"),
    "refusals_per_day": mark("Different refused attempts kept per day"),
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
}


def value(words: Words, rule: Rule, number: int | str) -> str:
    """The value with its unit, as people say it."""
    if isinstance(number, str):
        return number
    match rule.unit:
        case "bp":
            return f"{number / 100:g} %"
        case "min":
            return words.minutes(number)
        case "h":
            return words.plain_plural("{n} hour", "{n} hours", number)
        case "clock":
            return f"{number:02d}:00"
        case "days":
            return words.plain_plural("{n} day", "{n} days", number)
        case "money":
            return words.money(number)
        case "km/h":
            return words.plain("{n} km/h", n=words.number(number))
        case "stars":
            return words.number(number / 100)
        case "years":
            return words.plain_plural("{n} year", "{n} years", number)
    return words.number(number)


def rules(
    words: Words, shown: Sequence[tuple[Rule, int | str]], number: int, *, changes: bool
) -> Screen:
    page = Page.of(list(enumerate(shown)), number, 7)
    told = [
        words("{name}: <b>{value}</b>", name=words(NAMES[rule.name]), value=value(words, rule, now))
        for _, (rule, now) in page.items
    ]
    rows = [
        [Button(short(f"✏️ {words.plain(NAMES[rule.name])}", 40), press("rue", place))]
        for place, (rule, _) in page.items
    ]
    text = lines(words("📐 <b>Rules</b>"), Markup(""), *told)
    return Screen(text, [*(rows if changes else []), *page.turns("ru")])


def ask(words: Words, rule: Rule, now: int | str) -> Screen:
    bounds = None
    if isinstance(rule.default, int):
        bounds = words(
            "From {low} to {high}. Type the number.",
            low=value(words, rule, rule.low), high=value(words, rule, rule.high),
        )  # fmt: skip
        if rule.unit == "money":
            bounds = words(
                "From {low} to {high}. Type the amount.",
                low=value(words, rule, rule.low), high=value(words, rule, rule.high),
            )  # fmt: skip
        if rule.unit == "stars":
            bounds = words(
                "Hundredths of a star, from {low} to {high}.", low=rule.low, high=rule.high
            )
        if rule.unit == "bp":
            bounds = words(
                "Hundredths of a percent, from {low} to {high}.", low=rule.low, high=rule.high
            )
    text = lines(
        words("<b>{rule}</b>", rule=words.plain(NAMES[rule.name])),
        words("Now: {value}", value=value(words, rule, now)),
        bounds or words("Type the new text."),
    )
    return Screen(text, [back(words, press("ru", 0))])


def confirm(words: Words, rule: Rule, place: int, now: int | str, text: str) -> Screen:
    fresh: int | str = int(text) if isinstance(rule.default, int) else text
    said = lines(
        words("<b>{rule}</b>", rule=words.plain(NAMES[rule.name])),
        words("{old} → <b>{new}</b>", old=value(words, rule, now), new=value(words, rule, fresh)),
        words("It counts for everybody at once. Placed orders keep what they were promised."),
    )
    yes = Button(words.plain("Change it"), press("ruy", place), style="primary")
    return Screen(said, [[yes], back(words, press("rue", place))])


def changed(words: Words, rule: Rule, old: int | str, new: int | str) -> Screen:
    text = lines(
        words("✅ <b>{rule}</b>", rule=words.plain(NAMES[rule.name])),
        words("{old} → <b>{new}</b>", old=value(words, rule, old), new=value(words, rule, new)),
    )
    return Screen(text, [back(words, press("ru", 0))])
