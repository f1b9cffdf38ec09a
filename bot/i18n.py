"""Words, numbers, money and times in the language of one person, from the gettext catalogues in locales/."""

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from bot.phrases import filled
from bot.place_names import names_of, names_of_area
from core.money import exponent

LOCALES = Path(__file__).parent.parent / "locales"


@cache
def languages() -> tuple[str, ...]:
    """Languages with a catalogue, e.g. ("en", "zh_CN")."""
    return tuple(sorted(p.parent.parent.name for p in LOCALES.glob("*/LC_MESSAGES/messages.po")))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


# A city shows the same prices and distances over and over, and Babel takes longer for each than a search does.
FAMILIAR = 1000


@lru_cache(FAMILIAR)
def _money(minor: int, code: str, language: str) -> str:
    places = exponent(currency=code)
    value = minor / 10**places
    digits = 0 if minor % 10**places == 0 else places
    pattern = "¤#,##0" + ("." + "0" * digits if digits else "")
    text = numbers.format_currency(
        value, code, pattern, locale=_locale(language), currency_digits=False
    )
    return text.replace("CN¥", "¥") if code == "CNY" else text


@lru_cache(FAMILIAR)
def _decimal(value: float, pattern: str | None, language: str) -> str:
    return numbers.format_decimal(value, format=pattern, locale=_locale(language))


def choose_language(*, chosen: str | None, code: str | None, default: str) -> str:
    """The person's own choice, else the nearest to Telegram's language code, else the default.

    Telegram's code may be missing or malformed ("zh-hans-raw"); only its first part is trusted.
    """
    if chosen in languages():
        return str(chosen)
    first = (code or "").replace("_", "-").split("-")[0].lower()
    near = [name for name in languages() if name.split("_")[0].lower() == first]
    return near[0] if near else default


def mark(message: str) -> str:
    """Marks a message id that stands in a table and is translated where it is shown."""
    return message


def all_languages(message: str) -> frozenset[str]:
    """A text of ours as it reads in every language."""
    return frozenset(_catalogue(language).gettext(message) for language in languages())


NEAR = (mark("Today"), mark("Tomorrow"))
NEAR_WITHIN = (mark("today"), mark("tomorrow"))


class Words:
    """The voice of the product in one language and one time zone.

    Called with an English message id it gives the translation as HTML-safe markup; every value put into it is
    escaped. `plain` gives bare text for button labels and pop-ups, which Telegram shows literally.
    """

    def __init__(self, language: str, zone: str, currency: str = "CNY") -> None:
        self.language = language
        self.zone = ZoneInfo(zone)
        self.currency = currency
        self._locale = _locale(language)
        self._catalogue = _catalogue(language)

    def in_language(self, language: str) -> "Words":
        """The same place and currency in another language."""
        return Words(language, str(self.zone), self.currency)

    def of(self, *, language: str | None, code: str | None) -> "Words":
        """The same in the language of somebody else; this one where theirs is not known."""
        return self.in_language(choose_language(chosen=language, code=code, default=self.language))

    def __call__(self, message: str, /, **values: object) -> Markup:
        return filled(self._catalogue.gettext(message), values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        return filled(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def plain(self, message: str, /, **values: object) -> str:
        return self._catalogue.gettext(message).format(**values)

    def plain_plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)

    def known(self, text: str) -> str:
        """A kept text that may be one of our own sentences (a ready-made reason) or somebody's own words."""
        return self._catalogue.gettext(text) if text else ""

    def pick(self, names: Mapping[str, str]) -> str:
        """A name kept per language: this one, else English, else any."""
        return names.get(self.language) or names.get("en") or next(iter(names.values()), "")

    def place(self, name: str) -> str:
        """A place that was saved by its name in any language; what isn't known stays as it was written."""
        return self.pick(names_of(name)) or name

    def area(self, name: str) -> str:
        """A district or a city."""
        return self.pick(names_of_area(name)) or name

    def money(self, minor: int, currency: str | None = None) -> str:
        """¥128 or ¥128.50: decimals only where they say something."""
        return _money(minor, currency or self.currency, self.language)

    def number(self, value: float) -> str:
        return _decimal(value, None, self.language)

    def percent(self, bp: int) -> str:
        """20 % of basis points, with decimals only where there are some."""
        return numbers.format_percent(bp / 10_000, "#,##0.##%", locale=self._locale)

    def reduction(self, bp: int) -> str:
        """15%; Chinese counts the tenths of the price that remain: 8.5"""
        if self.language.startswith("zh"):
            return self.number((10_000 - bp) / 1000)
        return self.percent(bp)

    def rating(self, value: float) -> str:
        return _decimal(round(value, 1), "0.0", self.language)

    def distance(self, km: float) -> str:
        """Rounded to half a kilometre, never less: a home is not to be found from it."""
        rounded = max(0.5, round(km * 2) / 2)
        return self.plain("{km} km", km=_decimal(rounded, None, self.language))

    def minutes(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.plain("{n} min", n=rest)
        if not rest:
            return self.plain("{n} h", n=hours)
        return self.plain("{h} h {m} min", h=hours, m=rest)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def time(self, moment: datetime) -> str:
        return self.local(moment).strftime("%H:%M")

    def day(self, day: date, *, now: datetime, names: tuple[str, str] = NEAR) -> str:
        """Today, Tomorrow, or weekday and date."""
        ahead = (day - self.local(now).date()).days
        return self.plain(names[ahead]) if ahead in (0, 1) else self.weekday_date(day)

    def brief_date(self, day: date) -> str:
        """As short as can be and without Han characters, for the cell of a table: 11/27, Nov 27."""
        pattern = "M/d" if self.language.startswith("zh") else "MMM d"
        return dates.format_date(day, pattern, locale=self._locale)

    def month_day(self, day: date) -> str:
        """Nov 27, 11月27日"""
        return dates.format_skeleton("MMMd", day, locale=self._locale)

    def weekday_date(self, day: date) -> str:
        pattern = "M月d日 EEE" if self.language.startswith("zh") else "EEE, MMM d"
        return dates.format_date(day, pattern, locale=self._locale)

    def narrow_day(self, day: date) -> str:
        """Weekday and date as narrow as can be, for the head of a column: 11/30 周一, Mon, Nov 30."""
        pattern = "M/d EEE" if self.language.startswith("zh") else "EEE, MMM d"
        return dates.format_date(day, pattern, locale=self._locale)

    def dated(self, moment: datetime, *, now: datetime) -> str:
        """The moment with its date even where it is today or tomorrow: nothing is left to be guessed."""
        return f"{self.day_dated(self.local(moment).date(), now=now)} {self.time(moment)}"

    def day_dated(self, day: date, *, now: datetime) -> str:
        """Tomorrow, Sat, Nov 28; further away the weekday and date alone."""
        near, full = self.day(day, now=now), self.weekday_date(day)
        return full if near == full else f"{near} {full}"

    def date(self, day: date) -> str:
        return dates.format_date(day, "medium", locale=self._locale)

    def moment(self, moment: datetime, *, now: datetime) -> str:
        """Weekday, date and time in the place's zone, with Today/Tomorrow where it is so."""
        local = self.local(moment)
        return f"{self.day(local.date(), now=now)} {local:%H:%M}"

    def brief_moment(self, moment: datetime, *, now: datetime) -> str:
        """Tomorrow 08:00, Nov 30 10:00: for a button that has half a row."""
        day = self.local(moment).date()
        ahead = (day - self.local(now).date()).days
        shown = self.plain(NEAR[ahead]) if ahead in (0, 1) else self.brief_date(day)
        return f"{shown} {self.time(moment)}"

    def lasting(self, moment: datetime) -> str:
        """Sat, Nov 28 11:00: as true tomorrow as today, for deadlines on a card that stays in the chat."""
        return f"{self.weekday_date(self.local(moment).date())} {self.time(moment)}"

    def lasting_span(self, start: datetime, minutes: int) -> str:
        """Sat, Nov 28 11:00–12:30, on what stays in the chat."""
        return f"{self.lasting(start)}–{self.time(start + timedelta(minutes=minutes))}"

    def by(self, moment: datetime, *, now: datetime) -> str:
        """A deadline: the hour, with its date where that is another day."""
        near = self.local(moment).date() == self.local(now).date()
        return self.time(moment) if near else self.lasting(moment)

    def within(self, moment: datetime, *, now: datetime) -> str:
        """The same in the middle of a sentence: today 15:00."""
        local = self.local(moment)
        return f"{self.day(local.date(), now=now, names=NEAR_WITHIN)} {local:%H:%M}"

    def span(self, start: datetime, minutes: int, *, now: datetime) -> str:
        return (
            f"{self.day_dated(self.local(start).date(), now=now)} {self.clock_span(start, minutes)}"
        )

    def clock_span(self, start: datetime, minutes: int) -> str:
        """14:00–15:30"""
        return f"{self.time(start)}–{self.time(start + timedelta(minutes=minutes))}"
