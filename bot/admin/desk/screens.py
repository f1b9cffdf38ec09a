"""How the desk, help, language and the log look."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.desk.places import Place
from bot.admin.parts import dotted, lines, role
from bot.admin.registry import Command
from bot.admin.rules.names import NAMES
from bot.admin.rules.screens import change
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.people.model import Role, StaffAct
from core.permissions import may
from core.rules import RULES
from core.rules.service import CHANGED
from core.security.model import NOBODY, Refusal, Why

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
    "alerts.read": mark("alerts"),
    "alerts.explain": mark("explanation of an alert"),
    "people.read": mark("people"),
    "people.contact": mark("phone and address"),
    "people.edit": mark("correction"),
    "people.freeze": mark("freeze"),
    "people.unfreeze": mark("end of a freeze"),
    "people.delete": mark("deletion of data"),
    "appeals.read": mark("appeals"),
    "appeals.decide": mark("decision on an appeal"),
    "orders.override": mark("step taken for somebody"),
    "orders.refund": mark("refund"),
    "orders.release": mark("release of earnings"),
    "orders.settle": mark("settlement of cash"),
    "prices.read": mark("prices to decide on"),
    "prices.decide": mark("decision on a price"),
    "photos.read": mark("photos to decide on"),
    "photos.decide": mark("decision on a photo"),
    "payouts.read": mark("withdrawals"),
    "payouts.decide": mark("decision on a withdrawal"),
    "reviews.read": mark("reported reviews"),
    "reviews.decide": mark("decision on a reported review"),
    "tickets.read": mark("support"),
    "tickets.answer": mark("answer to a customer"),
    "stats.read": mark("the platform’s figures"),
    "money.read": mark("money compared"),
    "money.decide": mark("decision on a difference"),
    "promotions.read": mark("coupons"),
    "promotions.change": mark("change of a coupon"),
    "faq.read": mark("frequent questions"),
    "faq.change": mark("change of a frequent question"),
    "announce": mark("announcements"),
    "catalog.read": mark("services"),
    "catalog.change": mark("change of a service"),
    "catalog.publish": mark("publishing of services"),
    "rules.read": mark("rules"),
    "rules.change": mark("change of a rule"),
    "log.read": mark("log"),
    "security": mark("safety"),
    "backups": mark("backups"),
    "quarantine.read": mark("standstill"),
    "quarantine.lift": mark("end of the standstill"),
}
WHYS = {
    Why.STRANGER: mark("not a member of the staff"),
    Why.FORMER: mark("no longer a member of the staff"),
    Why.ROLE: mark("the role doesn't include it"),
    Why.ELSEWHERE: mark("in another chat"),
    Why.ON_BEHALF: mark("on behalf of a chat"),
    Why.FORWARDED: mark("forwarded"),
}
PAGE = 10


def help_for(words: Words, who: Role, commands: Sequence[Command]) -> Screen:
    told = [
        words("/{name} – {does}", name=command.name, does=words(command.does))
        for command in commands
        if may(role=who, action=command.action)
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


def desk(
    words: Words,
    who: Role,
    places: Sequence[tuple[Place, int]],
    drawers: Sequence[tuple[int, str, int]],
) -> Screen:
    """What waits, with how many each; the rest in drawers (number, name, how many wait in it)."""
    waiting = sum(count for _, count in places) + sum(count for _, _, count in drawers)
    text = lines(
        dotted(words("🗂 <b>Your desk</b>"), role(who, words)),
        Markup(""),
        words("Waiting: <b>{n}</b>", n=waiting) if waiting else words("Nothing waits. 🎉"),
        words("An order or a person: just type the number, a name or a phone."),
    )
    more = [
        _counted(words.plain(label), press("drw", number), count)
        for number, label, count in drawers
    ]
    return Screen(text, grid([*_placed(words, places), *more]))


def drawer(words: Words, label: str, places: Sequence[tuple[Place, int]]) -> Screen:
    text = Markup("<b>{}</b>").format(words.plain(label))
    return Screen(text, grid(_placed(words, places)))


def _placed(words: Words, places: Sequence[tuple[Place, int]]) -> list[Button]:
    return [
        _counted(words.plain(place.label), press(f"/{place.command}"), count)
        for place, count in places
    ]


def _counted(label: str, data: str, count: int) -> Button:
    """Where something waits the button says how many, and stands out."""
    if not count:
        return Button(label, data)
    return Button(f"{label} · {count}", data, style="primary")


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


def log(words: Words, acts: Sequence[StaffAct], number: int, *, now: datetime) -> Screen:
    page = Page.of(acts, number, PAGE)
    told = [act_line(words, act, now) for act in page.items] or [words("Nothing here yet.")]
    other = Button(words.plain("🛡 Refused"), press("lr", 0))
    text = lines(words("📒 <b>Who did what</b>"), Markup(""), *told)
    return Screen(text, [*page.turns("lg"), [other]])


def refused(
    words: Words, found: Sequence[Refusal], days: int, number: int, *, now: datetime
) -> Screen:
    """Attempts that were refused, the latest first."""
    page = Page.of(found, number, PAGE)
    told = [refusal(words, one, now) for one in page.items] or [words("Nothing here yet.")]
    since = words.plural("in the last {n} day", "in the last {n} days", days)
    other = Button(words.plain("📒 Who did what"), press("lg", 0))
    text = lines(dotted(words("🛡 <b>Refused attempts</b>"), since), Markup(""), *told)
    return Screen(text, [*page.turns("lr"), [other]])


def refusal(words: Words, one: Refusal, now: datetime) -> Markup:
    """Who tried what, when last and how often, and why it was refused."""
    times = words.plural("{n} time", "{n} times", one.times) if one.times > 1 else None
    if one.telegram_id == NOBODY:
        return dotted(
            words.moment(one.last_at, now=now), words("others"), words(WHYS[one.why]), times
        )
    return dotted(
        words.moment(one.last_at, now=now),
        Markup("<b>{}</b>").format(one.name or one.telegram_id),
        action(words, one.action),
        words(WHYS[one.why]),
        times,
    )


def action(words: Words, name: str) -> Markup | str:
    known = ACTIONS.get(name)
    return words(known) if known else name


def act_line(words: Words, act: StaffAct, now: datetime) -> Markup:
    subject, reason = act.subject, words.known(act.reason) if act.reason else ""
    if act.action == CHANGED and act.subject in RULES:
        subject = words.plain(NAMES[act.subject])
        reason = change(words, RULES[act.subject], act.reason)
    return dotted(
        words.moment(act.at, now=now),
        Markup("<b>{}</b>").format(act.name or act.telegram_id),
        action(words, act.action),
        subject,
        reason,
    )
