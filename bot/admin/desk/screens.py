"""How help, language and the log look."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import dotted, lines, role
from bot.admin.registry import Command
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from core.people.model import Role, StaffAct
from core.permissions import may

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
ACTIONS = {
    "help": mark("help"),
    "language": mark("language"),
    "staff.list": mark("staff"),
    "staff.change": mark("change of staff"),
    "applications.read": mark("applications"),
    "applications.decide": mark("decision on an application"),
    "orders.read": mark("orders"),
    "orders.cancel": mark("cancellation"),
    "orders.reassign": mark("another provider"),
    "orders.reschedule": mark("another time"),
    "people.freeze": mark("freezing a provider"),
    "appeals.read": mark("appeals"),
    "appeals.decide": mark("decision on an appeal"),
    "orders.override": mark("start without code"),
    "orders.settle": mark("settlement of cash"),
    "prices.read": mark("prices to decide on"),
    "prices.decide": mark("decision on a price"),
    "payouts.read": mark("withdrawals"),
    "payouts.decide": mark("decision on a withdrawal"),
    "reviews.read": mark("reported reviews"),
    "reviews.decide": mark("decision on a reported review"),
    "tickets.read": mark("support"),
    "tickets.answer": mark("answer to a customer"),
    "announce": mark("announcements"),
    "catalog.read": mark("services"),
    "catalog.change": mark("change of a service"),
    "rules.read": mark("rules"),
    "rules.change": mark("change of a rule"),
    "log.read": mark("log"),
}
PAGE = 10


def help_for(words: Words, who: Role, commands: Sequence[Command]) -> Screen:
    told = [
        words("/{name} – {does}", name=command.name, does=words(command.does))
        for command in commands
        if may(role=who, action=command.action) and command.name != "start"
    ]
    text = lines(
        words("<b>What you can do here</b> · {role}", role=role(who, words)),
        Markup(""),
        *told,
        Markup(""),
        words("In the Orders topic just type a number, a name, a phone, a state or a day."),
        words("What you write in a ticket's topic goes to the person."),
    )
    return Screen(text)


def cancelled(words: Words, anything: bool) -> Screen:
    stopped = words("Stopped. Nothing was changed.")
    return Screen(stopped if anything else words("There was nothing to stop."))


def language(words: Words, codes: Sequence[str]) -> Screen:
    buttons = [
        Button(LANGUAGES.get(code, code) + (" ✓" if code == words.language else ""),
               press("lang", code))
        for code in codes
    ]  # fmt: skip
    text = lines(
        words("🌐 <b>Choose your language</b>"),
        words("Answers to you change at once; posts in the topics stay as they are."),
    )
    return Screen(text, [buttons])


def log(
    words: Words, acts: Sequence[StaffAct], refused: bool, number: int, *, now: datetime
) -> Screen:
    page = Page.of(acts, number, PAGE)
    title = words("🛡 <b>Refused attempts</b>") if refused else words("📒 <b>Who did what</b>")
    told = [_act(words, act, now) for act in page.items] or [words("Nothing here yet.")]
    other = Button(
        words.plain("📒 Everything") if refused else words.plain("🛡 Refused only"),
        press("lg", int(not refused), 0),
    )
    return Screen(lines(title, Markup(""), *told), [*page.turns("lg", int(refused)), [other]])


def _act(words: Words, act: StaffAct, now: datetime) -> Markup:
    known = ACTIONS.get(act.action)
    reason = words.known(act.reason) if act.reason else ""
    head = dotted(
        words.moment(act.at, now=now),
        Markup("<b>{}</b>").format(act.name or act.telegram_id),
        words(known) if known else act.action,
        act.subject,
        reason,
    )
    return head if act.allowed else Markup("⛔ ") + head
