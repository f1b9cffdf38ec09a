"""The values of a category or a service that staff can change: name, how each is shown, asked for and read. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.admin.catalog import reading
from bot.admin.catalog.reading import Read, Values
from bot.i18n import Words, mark
from bot.words import CERTIFICATES, UNITS, WORK_PHOTOS, certificate
from core.catalog.model import Category, Service, Thing
from core.catalog.values import LANGUAGES

PAYMENTS = {
    "full": mark("all in advance"),
    "deposit": mark("a deposit in advance"),
    "free": mark("the customer chooses"),
}
YES_NO = (mark("yes"), mark("no"))
EMPTY = "–"


class Group(IntEnum):
    """The pages on which the values of a service stand."""

    TEXTS = 0
    PRICE = 1
    VISIT = 2
    PLACE = 3


GROUPS = {
    Group.TEXTS: mark("📝 Texts"),
    Group.PRICE: mark("💰 Price and pay"),
    Group.VISIT: mark("⏱ The visit"),
    Group.PLACE: mark("↕️ Place"),
}


@dataclass(frozen=True)
class Field:
    """`names`: the values it stands for. `read` turns typed words into values for core.catalog; `choices` are (label,
    values) instead. `both`: a category has it, too.
    """

    names: tuple[str, ...]
    group: Group
    label: str
    ask: str
    show: Callable[[Words, Any], str]
    read: Read
    choices: tuple[tuple[str, Values], ...] = ()
    both: bool = False

    def of(self, thing: Thing) -> bool:
        return self.both or isinstance(thing, Service)


def _two(texts: dict[str, str]) -> str:
    return " / ".join(texts.get(code, "") or EMPTY for code in LANGUAGES)


def _yes_no(name: str) -> tuple[tuple[str, Values], ...]:
    return ((YES_NO[0], {name: True}), (YES_NO[1], {name: False}))


FIELDS: tuple[Field, ...] = (
    Field(
        ("names",), Group.TEXTS, mark("Name"),
        mark("Send the Chinese name and the English one, each on a line of its own."),
        lambda w, s: _two(s.names), reading.texts("names"), both=True,
    ),
    Field(
        ("descriptions",), Group.TEXTS, mark("Description"),
        mark("Send the Chinese description and the English one, each on a line of its own."),
        lambda w, s: _two(s.descriptions), reading.texts("descriptions"), both=True,
    ),
    Field(
        ("emoji",), Group.TEXTS, mark("Icon"), mark("Send one emoji; “-” for none."),
        lambda w, s: s.emoji or EMPTY, reading.icon, both=True,
    ),
    Field(
        ("keywords",), Group.TEXTS, mark("Search words"),
        mark("Send the words people type to find it, with commas between; “-” for none."),
        lambda w, s: ", ".join(s.keywords) or EMPTY, reading.keywords,
    ),
    Field(
        ("price_low", "price_high"), Group.PRICE, mark("Price band"),
        mark("Send the lowest and the highest price providers may ask, for example 80-200."),
        lambda w, s: f"{w.money(s.price_low)}–{w.money(s.price_high)}", reading.band,
    ),
    Field(
        ("unit",), Group.PRICE, mark("Price is for"), mark("What is the price for?"),
        lambda w, s: w.plain(UNITS.get(s.unit, s.unit)), reading.never,
        tuple((label, {"unit": code}) for code, label in UNITS.items()),
    ),
    Field(
        ("commission_bp",), Group.PRICE, mark("Commission"),
        mark("Send the commission in per cent, at most 50."),
        lambda w, s: w.percent(s.commission_bp), reading.percent("commission_bp"),
    ),
    Field(
        ("payment",), Group.PRICE, mark("Payment"), mark("How do customers pay?"),
        lambda w, s: w.plain(PAYMENTS.get(s.payment, s.payment)), reading.never,
        tuple((label, {"payment": code}) for code, label in PAYMENTS.items()),
    ),
    Field(
        ("deposit_bp",), Group.PRICE, mark("Deposit"),
        mark("Send the deposit in per cent of the price."),
        lambda w, s: w.percent(s.deposit_bp), reading.percent("deposit_bp"),
    ),
    Field(
        ("on_site",), Group.PRICE, mark("Pay on site"), mark("May customers pay on site?"),
        lambda w, s: w.plain(YES_NO[not s.on_site]), reading.never, _yes_no("on_site"),
    ),
    Field(
        ("minutes",), Group.VISIT, mark("Duration"),
        mark("Send the minutes of a usual visit, in steps of 15, for example 90."),
        lambda w, s: w.minutes(s.minutes), reading.minutes,
    ),
    Field(
        ("photos",), Group.VISIT, mark("Customer’s photos"),
        mark("Should customers be asked for photos of what is to be done?"),
        lambda w, s: w.plain(YES_NO[not s.photos]), reading.never, _yes_no("photos"),
    ),
    Field(
        ("work_photos",), Group.VISIT, mark("Photos of the work"),
        mark("Which photos must the provider send? Without them the work can't begin or end."),
        lambda w, s: w.plain(WORK_PHOTOS[s.work_photos]), reading.never,
        tuple((label, {"work_photos": str(which)}) for which, label in WORK_PHOTOS.items()),
    ),
    Field(
        ("certificate",), Group.VISIT, mark("Certificate"),
        mark(
            "Which certificate does it need? Without it a provider gets no new orders of it. "
            "Tap, or type another one."
        ),
        lambda w, s: certificate(s.certificate, w) if s.certificate else w.plain("none"),
        reading.certificate,
        ((mark("none"), {"certificate": None}),
         *((label, {"certificate": kind}) for kind, label in CERTIFICATES.items()
           if kind != "identity")),
    ),
    Field(
        ("hidden",), Group.PLACE, mark("Shown to customers"), mark("Should customers see it?"),
        lambda w, s: w.plain(YES_NO[s.hidden]), reading.never,
        ((mark("Show it"), {"hidden": False}), (mark("Hide it"), {"hidden": True})), both=True,
    ),
)  # fmt: skip


def fields_of(thing: Thing, group: Group | None = None) -> list[tuple[int, Field]]:
    """With their numbers; a category has all of its own on one page."""
    whole = group is None or isinstance(thing, Category)
    return [
        (number, field) for number, field in enumerate(FIELDS)
        if field.of(thing) and (whole or field.group is group)
    ]  # fmt: skip
