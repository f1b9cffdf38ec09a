"""How the rules look: headings, the rules below one with their values, one rule with its bounds and its history."""

import re
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines, short
from bot.admin.rules.names import NAMES, SECTIONS, Section
from bot.admin.rules.values import kept, value
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from core.people.model import StaffAct
from core.rules import RULES, Rule

PAGE = 7
SAY = {
    "": mark("From {low} to {high}. Type the number."),
    "bp": mark("From {low} to {high}. Type the percentage."),
    "min": mark("From {low} to {high}. Type how long, for example 1 h 30."),
    "h": mark("From {low} to {high}. Type how many hours."),
    "days": mark("From {low} to {high}. Type how many days."),
    "clock": mark("From {low} to {high}. Type the hour."),
    "money": mark("From {low} to {high}. Type the amount."),
    "km/h": mark("From {low} to {high}. Type the speed."),
    "stars": mark("From {low} to {high}. Type the stars, for example 4.5."),
}
BY_BUTTON = ("switch", "weekday")


def sections(words: Words) -> Screen:
    buttons = [
        Button(f"{one.sign} {words.plain(one.title)}", press("rus", one.code, 0))
        for one in SECTIONS
    ]
    rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    text = lines(
        words("📐 <b>Rules</b>"),
        words("Pick a heading, or send /rules with a word, for example /rules cancel."),
    )
    return Screen(text, rows)


def section(words: Words, one: Section, now: dict[str, int | str], number: int) -> Screen:
    page = Page.of(list(one.names), number, PAGE)
    title = Markup("{} <b>{}</b>").format(one.sign, words.plain(one.title))
    turns = page.turns("rus", one.code)
    return _listed(words, title, page.items, now, [*turns, back(words, press("ru"))])


def found(words: Words, names: Sequence[str], said: str, now: dict[str, int | str]) -> Screen:
    """The rules that have the word in their names."""
    end = back(words, press("ru"))
    if not names:
        return Screen(words("No rule has “{said}” in its name.", said=said), [end])
    title = words("📐 <b>Rules with “{said}”</b>", said=said)
    return _listed(words, title, names[:PAGE], now, [end])


def _listed(
    words: Words, title: Markup, names: Sequence[str], now: dict[str, int | str],
    below: Sequence[Sequence[Button]],
) -> Screen:  # fmt: skip
    told = [
        words("{name}: <b>{value}</b>", name=words(NAMES[name]),
              value=value(words, RULES[name], now[name]))
        for name in names
    ]  # fmt: skip
    rows = [[Button(_label(words, name), press("rue", name))] for name in names]
    return Screen(lines(title, Markup(""), *told), [*rows, *below])


def _label(words: Words, name: str) -> str:
    """Without what is explained in brackets."""
    return short(re.split(r" ?[(（]", words.plain(NAMES[name]))[0], 40)


def rule(
    words: Words, one: Rule, now: int | str, past: Sequence[StaffAct], when: datetime, *,
    changes: bool, wrong: bool = False,
) -> Screen:  # fmt: skip
    """One rule; `wrong`: what was typed can't be its value."""
    usual = one.default if now != one.default and isinstance(now, int) else None
    text = lines(
        words("📐 <b>{rule}</b>", rule=words.plain(NAMES[one.name])),
        words("Now: <b>{value}</b>", value=value(words, one, now)),
        words("Usually: {value}", value=value(words, one, usual)) if usual is not None else None,
        words("That can't be.") if wrong else None,
        _hint(words, one) if changes else None,
        *_history(words, one, past, when),
    )
    rows = _choices(words, one, now) if changes else []
    if changes and usual is not None and one.unit not in BY_BUTTON:
        label = words.plain("↩️ Back to {value}", value=value(words, one, usual))
        rows.append([Button(label, press("rup", one.name, usual))])
    return Screen(text, [*rows, back(words, _home(one))])


def _home(one: Rule) -> str:
    place = next((section for section in SECTIONS if one.name in section.names), None)
    number = list(place.names).index(one.name) // PAGE if place else 0
    return press("rus", place.code, number) if place else press("ru")


def _hint(words: Words, one: Rule) -> Markup | None:
    if isinstance(one.default, str):
        return words("Type the new text.")
    if one.unit in BY_BUTTON:
        return None
    low, high = value(words, one, one.low), value(words, one, one.high)
    return words(SAY[one.unit], low=low, high=high)


def _choices(words: Words, one: Rule, now: int | str) -> list[list[Button]]:
    """Where there are only a few values, each is a button."""
    if one.unit == "switch":
        if now:
            return [[Button(words.plain("Turn off"), press("rup", one.name, 0), style="danger")]]
        return [[Button(words.plain("Turn on"), press("rup", one.name, 1), style="success")]]
    if one.unit != "weekday":
        return []
    days = [
        Button(value(words, one, day), press("rup", one.name, day))
        for day in range(one.low, one.high + 1)
    ]
    return [days[:4], days[4:]]


def _history(words: Words, one: Rule, past: Sequence[StaffAct], when: datetime) -> list[Markup]:
    if not past:
        return []
    told = [
        dotted(words.moment(act.at, now=when), act.name or str(act.telegram_id),
               change(words, one, act.reason))
        for act in past
    ]  # fmt: skip
    return [Markup(""), words("Lately:"), *told]


def change(words: Words, one: Rule, reason: str) -> str:
    """“10 → 20” of the log with units."""
    sides = [kept(words, one, side) for side in reason.split(" → ", 1)]
    return " → ".join(value(words, one, side) for side in sides)


def confirm(words: Words, one: Rule, now: int | str, text: str) -> Screen:
    said = lines(
        words("📐 <b>{rule}</b>", rule=words.plain(NAMES[one.name])),
        _change(words, one, now, kept(words, one, text)),
        words(OFF[one.name]) if one.name in OFF and text == "0" else
        words("It counts for everybody at once. Placed orders keep what they were promised."),
    )  # fmt: skip
    yes = Button(words.plain("Change it"), press("ruy", one.name), style="primary")
    return Screen(said, [[yes], back(words, press("rue", one.name))])


OFF = {
    "bookings_open": mark(
        "Nobody can book anything new until you turn it on again. Placed orders go on as promised."
    ),
    "applications_open": mark("Nobody new can apply. Applications already sent stay in the queue."),
    "on_site_open": mark("New bookings are paid online only. Placed orders stay as they are."),
    "series_open": mark(
        "No new repeated visits. Those already begun go on until their customers stop them."
    ),
    "waitlist_open": mark(
        "Nobody new can join a waiting list. Who waits already is told as before."
    ),
    "relay_masking": mark("Phone numbers in messages between the two sides are no longer hidden."),
    "payouts_by_themselves": mark(
        "Approved payouts to Alipay and WeChat wait until staff send them. What is being sent goes on."
    ),
    "report_daily": mark("No report comes in the morning. /stats yesterday shows the same."),
    "report_weekly": mark("No report of the week comes. /stats last week shows the same."),
}


def clash(words: Words, one: Rule, other: str, now: int | str, wanted: str) -> Screen:
    """The change would contradict another rule: which, how it stands, and a way to it."""
    title = words("📐 <b>{rule}</b>", rule=words.plain(NAMES[one.name]))
    end = back(words, press("rue", one.name))
    if not other:
        why = words("No online payment is set up, so nobody could pay any more. Set one up first.")
        return Screen(lines(title, why), [end])
    why = words(
        "It can't be {wanted} while “{other}” is {value}. Change that one first.",
        wanted=value(words, one, kept(words, one, wanted)), other=words.plain(NAMES[other]),
        value=value(words, RULES[other], now),
    )  # fmt: skip
    go = Button(_label(words, other), press("rue", other))
    return Screen(lines(title, why), [[go], end])


def changed(words: Words, one: Rule, old: int | str, new: int | str) -> Screen:
    text = lines(
        words("✅ <b>{rule}</b>", rule=words.plain(NAMES[one.name])), _change(words, one, old, new)
    )
    return Screen(text, [back(words, _home(one))])


def _change(words: Words, one: Rule, old: int | str, new: int | str) -> Markup:
    return words("{old} → <b>{new}</b>", old=value(words, one, old), new=value(words, one, new))
