"""How statistics look: one line a subject, each number with that of the span before in brackets. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.parts import GAP, home_row, lines
from bot.screen import Button, File, Screen, press
from bot.spans import BEFORE, TURNS, UNITS, span_name
from core.figures.counting import Figures, Stars
from core.figures.model import Cause, Earned, Fate
from core.figures.service import Review
from core.figures.spans import Unit
from core.reviews.received import Which

CAUSES = {
    Cause.CUSTOMER: mark("by the customer {n}"), Cause.MINE: mark("by you {n}"),
    Cause.ABSENT: mark("nobody opened {n}"), Cause.STAFF: mark("by us {n}"),
}  # fmt: skip
FATES = {
    Fate.ACCEPTED: mark("accepted {n}"), Fate.DECLINED: mark("declined {n}"),
    Fate.SILENT: mark("no answer {n}"), Fate.OPEN: mark("open {n}"),
    Fate.GONE: mark("gone to others {n}"), Fate.UNSEEN: mark("never reached you {n}"),
}  # fmt: skip


def shown(review: Review, drawn: File, words: Words) -> Screen:
    now, before = review.now, review.before
    head = words("📊 <b>{span}</b>", span=span_name(now.span, words))
    far = words("so far") if review.going_on and now.span.unit is not Unit.DAY else None
    text = lines(
        Markup("{} · {}").format(head, far) if far else head,
        Markup("<i>{}</i>").format(words.plain(BEFORE[now.span.unit])), GAP,
        *_jobs(now, before, words), GAP, *_offers(now, before, words), GAP,
        *_money(now, before, words), GAP, *_stars(now, before, words),
    )  # fmt: skip
    return Screen(text, _rows(review, words), photo=drawn)


def _rows(review: Review, words: Words) -> list[list[Button]]:
    span = review.now.span
    first = span.first.toordinal()
    other = TURNS[span.unit]
    unit = Button(words.plain(UNITS[other]), press("stats", other, span.last.toordinal()))
    turns = [Button("◀", press("stats", span.unit, span.before.first.toordinal()))]
    if not review.going_on:
        turns.append(Button("▶", press("stats", span.unit, span.after.first.toordinal())))
    behind = Button(words.plain("🔎 Orders behind it"), press("behind", span.unit, first))
    level = Button(words.plain("🏅 My level"), press("level"))
    said = Button(words.plain("⭐ Reviews"), press("reviews", Which.ALL, 0))
    tips = Button(words.plain("💡 Tips"), press("tips"))
    return [[*turns, unit], [behind, tips], [level, said], home_row(words)]


def _jobs(now: Figures, before: Figures, words: Words) -> list[Markup | None]:
    causes = [
        words(message, n=now.lost[cause]) for cause, message in CAUSES.items() if now.lost[cause]
    ]
    return [
        words("✅ Jobs done <b>{n}</b> ({before})", n=now.done, before=before.done),
        words("🔁 Customers who came back <b>{n}</b> ({before})",
              n=now.regulars, before=before.regulars)
        if now.regulars or before.regulars else None,
        words("⏱ On time <b>{share}</b> ({before})",
              share=_share(now.on_time, words), before=_share(before.on_time, words))
        if (now.on_time, before.on_time) != (None, None) else None,
        words("🕒 Hours worked <b>{time}</b> ({before})",
              time=_time(now.worked, words), before=_time(before.worked, words))
        if now.worked or before.worked else None,
        _with(words, words("✖️ Cancelled <b>{n}</b> ({before})",
                    n=now.lost.total(), before=before.lost.total()), causes),
    ]  # fmt: skip


def _offers(now: Figures, before: Figures, words: Words) -> list[Markup | None]:
    fates = [words(message, n=now.fates[f]) for f, message in FATES.items() if now.fates[f]]
    return [
        _with(words, words("🔔 Offers <b>{n}</b> ({before})", n=now.asked, before=before.asked), fates),
        words("🤝 Accepted of those you could answer <b>{share}</b> ({before})",
              share=_share(now.acceptance, words), before=_share(before.acceptance, words))
        if (now.acceptance, before.acceptance) != (None, None) else None,
    ]  # fmt: skip


def _with(words: Words, head: Markup, parts: list[Markup]) -> Markup:
    if not parts:
        return head
    return words("{what}: {parts}", what=head, parts=_listed(words, parts))


def _listed(words: Words, parts: Iterable[Markup]) -> Markup:
    return words(", ").join(parts)


def _money(now: Figures, before: Figures, words: Words) -> list[Markup | None]:
    mine, then = now.earned, before.earned
    return [
        words("💰 Yours <b>{net}</b> ({before})",
              net=words.money(mine.net), before=words.money(then.net)),
        _listed(words, _parts(mine, words)) if mine.booked else None,
    ]  # fmt: skip


def _parts(mine: Earned, words: Words) -> Iterator[Markup]:
    """What it is made of, as in the list of income."""
    for message, amount in (
        (mark("price {amount}"), mine.gross), (mark("commission −{amount}"), mine.commission),
        (mark("penalties −{amount}"), mine.penalties),
        (mark("tips and fees +{amount}"), mine.extra),
    ):  # fmt: skip
        if amount:
            yield words(message, amount=words.money(amount))


def _stars(now: Figures, before: Figures, words: Words) -> list[Markup | None]:
    mine = now.stars
    if mine is None:
        return [words("⭐ No reviews ({before})", before=_mean(before.stars, words))]
    return [
        words("⭐ <b>{mean}</b> ({before}) from {reviews}", mean=words.rating(mine.mean),
              before=_mean(before.stars, words),
              reviews=words.plain_plural("{n} review", "{n} reviews", mine.count)),
        words("quality {quality}, attitude {attitude}, skill {skill}",
              quality=words.rating(mine.quality), attitude=words.rating(mine.attitude),
              skill=words.rating(mine.skill)),
    ]  # fmt: skip


def _mean(stars: Stars | None, words: Words) -> str:
    return words.rating(stars.mean) if stars else "–"


def _share(bp: int | None, words: Words) -> str:
    """In whole per cent."""
    return "–" if bp is None else words.percent(round(bp / 100) * 100)


def _time(worked: timedelta, words: Words) -> str:
    return words.minutes(round(worked.total_seconds() / 60))
