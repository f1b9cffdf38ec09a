"""How the figures of some days look: the whole of it as words, those of the days before in brackets. Pure."""

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import back, lines
from bot.admin.stats.names import CAUSES, told, written
from bot.i18n import Words, mark
from bot.screen import Button, File, Screen, press
from bot.spans import BEFORE, TURNS, UNITS, span_name
from core.figures.spans import Span, Unit
from core.orders.model import State
from core.platform.facts import Cause, Facts
from core.platform.measures import MEASURES, Dimension, Measure, Sort, ranked
from core.platform.service import Look

GAP = Markup("")


def overview(look: Look, words: Words, *, photo: File | None = None) -> Screen:
    now = look.now
    text = lines(
        *head(look, words), GAP,
        *_orders(look, words), GAP, *_money(look, words), GAP, *_quality(look, words), GAP,
        *_people(look, words),
    )  # fmt: skip
    return Screen(text, _rows(now.span, look.going_on, words), photo=photo)


def head(look: Look, words: Words) -> list[Markup]:
    span = look.span
    title = words("📊 <b>{span}</b>", span=span_name(span, words))
    far = Markup(" · ") + words("so far") if look.going_on else Markup("")
    return [title + far, Markup("<i>{}</i>").format(words.plain(BEFORE[span.unit]))]


def _pair(look: Look, measure: Measure, words: Words) -> dict[str, str]:
    counted = MEASURES[measure]
    return {
        "now": written(measure, counted.of(look.now), words),
        "before": written(measure, counted.of(look.before), words),
    }


def _line(look: Look, message: str, measure: Measure, words: Words) -> Markup:
    return words(message, **_pair(look, measure, words))


def _orders(look: Look, words: Words) -> list[Markup | None]:
    states = _parts(look.now, Measure.ORDERS, Dimension.STATE)
    listed = [
        f"{words.plain(names.STATES[State(key)][1])} {words.number(value)}" for key, value in states
    ]
    return [
        _line(look, mark("📦 Orders placed <b>{now}</b> ({before})"), Measure.ORDERS, words),
        words("now: {states}", states=words.plain(", ").join(listed)) if listed else None,
        _line(look, mark("✅ Jobs done <b>{now}</b> ({before})"), Measure.DONE, words),
        _cancelled(look, words),
    ]


def _parts(facts: Facts, measure: Measure, by: Dimension) -> list[tuple[str, float]]:
    return [(str(key), value) for key, value in ranked(measure=measure, facts=facts, by=by)]


def _cancelled(look: Look, words: Words) -> Markup:
    line = words(
        "✖️ Cancelled <b>{now}</b> ({before}), {rate} ({rate_before})",
        **_pair(look, Measure.CANCELLED, words),
        rate=written(Measure.CANCEL_RATE, MEASURES[Measure.CANCEL_RATE].of(look.now), words),
        rate_before=written(
            Measure.CANCEL_RATE, MEASURES[Measure.CANCEL_RATE].of(look.before), words
        ),
    )
    causes = [
        f"{words.plain(CAUSES[Cause(key)])} {words.number(value)}"
        for key, value in _parts(look.now, Measure.CANCELLED, Dimension.CAUSE)
    ]
    return line + Markup(": {}").format(words.plain(", ").join(causes)) if causes else line


def _money(look: Look, words: Words) -> list[Markup | None]:
    return [
        _line(look, mark("💰 Turnover <b>{now}</b> ({before})"), Measure.AMOUNT, words),
        _line(look, mark("🏦 Commission <b>{now}</b> ({before})"), Measure.COMMISSION, words),
        _line(look, mark("↩️ Refunds <b>{now}</b> ({before})"), Measure.REFUNDS, words),
        _line(look, mark("🧾 Average order <b>{now}</b> ({before})"), Measure.AVERAGE, words),
    ]


def _quality(look: Look, words: Words) -> list[Markup | None]:
    reviews = MEASURES[Measure.REVIEWS].of(look.now)
    stars = words(
        "⭐ <b>{now}</b> ({before}) from {reviews}", **_pair(look, Measure.RATING, words),
        reviews=words.plain_plural("{n} review", "{n} reviews", int(reviews or 0)),
    )  # fmt: skip
    return [
        _line(look, mark("⏱ On time <b>{now}</b> ({before})"), Measure.ON_TIME, words), stars,
    ]  # fmt: skip


def _people(look: Look, words: Words) -> list[Markup | None]:
    active = look.active
    return [
        words("👥 Users <b>{users}</b>, new {now} ({before})",
              users=words.number(look.users), **_pair(look, Measure.NEW_USERS, words)),
        words("🟢 Active: <b>{day}</b> that day, {week} in 7 days, {month} in 30",
              day=told(Sort.NUMBER, active.day, words),
              week=told(Sort.NUMBER, active.week, words),
              month=told(Sort.NUMBER, active.month, words)),
    ]  # fmt: skip


def ends(span: Span) -> tuple[int, int]:
    return span.first.toordinal(), span.last.toordinal()


def _rows(span: Span, going_on: bool, words: Words) -> list[list[Button]]:
    to = ends(span)
    turns = [Button("◀", press("sto", *ends(span.before)))]
    if not going_on:
        turns.append(Button("▶", press("sto", *ends(span.after))))
    other = TURNS[span.unit]
    turned = Span.of(other, span.last if other is not Unit.DAY else span.first)
    turns.append(Button(words.plain(UNITS[other]), press("sto", *ends(turned))))
    split = Button(words.plain("🗂 Split up"), press("stb", Dimension.CATEGORY, *to))
    way = Button(words.plain("🧭 Search to paid"), press("stw", *to))
    usual = Button(words.plain("🛒 Habits"), press("sth", *to))
    asking = Button(words.plain("💬 Ask"), press("sta", *to))
    return [
        turns,
        [split, way],
        [usual, asking],
        [Button(words.plain("➕ More"), press("ste", *to))],
    ]


def more(span: Span, words: Words) -> Screen:
    """What is rarely wanted."""
    to = ends(span)
    text = lines(
        words("📊 <b>{span}</b>", span=span_name(span, words)),
        words("For any other days send /stats with them, for example /stats last week."),
    )
    table = Button(words.plain("📄 As a table"), press("stx", *to))
    meaning = Button(words.plain("ℹ️ What is counted"), press("stm", *to))
    return Screen(text, [[table], [meaning], back(words, press("sto", *to))])
