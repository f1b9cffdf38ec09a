"""How reviews are listed and how one looks to its provider. Pure."""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.records.coded import Chosen
from bot.reviewed import dimensions, told
from bot.screen import Button, Screen, press
from core.ids import spell_order_number
from core.reviews.model import Review, Verdict
from core.reviews.received import Received, ReceivedPage, Which

# The list one came from, and its page: every button of a review carries it.
Way = tuple[str, int]
LISTS = {
    Which.ALL: mark("All reviews"),
    Which.UNANSWERED: mark("Not answered"),
    Which.LOW: mark("3 stars or less"),
}


def listed(page: ReceivedPage, which: Which, words: Words, now: datetime) -> Screen:
    of, told = page.provider, [_short(review, words, now) for review in page.items]
    text = lines(
        words("⭐ <b>What customers say</b>"),
        Markup("★ <b>{}</b> · {}").format(
            words.rating(of.rating),
            words.plural("{n} review", "{n} reviews", page.counts[Which.ALL]),
        ) if of.rating_count else None,
        dimensions(of, words) if of.rating_count else None,
        None if which is Which.ALL else Markup("<b>{} · {}</b>").format(
            words(LISTS[which]), words.number(page.counts[which])
        ),
        *told,
        None if told else Markup("\n") + _nothing(which, words),
    )  # fmt: skip
    rows = [[_row(review, which, page.number, words, now)] for review in page.items]
    return Screen(text, [*rows, *_turns(page, which), _last(page, which, words)])


def _nothing(which: Which, words: Words) -> Markup:
    if which is Which.ALL:
        return words("Nothing yet. After each job customers are asked how it was.")
    return words("None of these. 🎉")


def author(review: Review, words: Words) -> str:
    return review.author or words.plain("Former customer")


def _mean(review: Review, words: Words) -> str:
    return words.rating((review.quality + review.attitude + review.skill) / 3)


def _day(review: Review, words: Words, now: datetime) -> str:
    day = words.local(review.created_at).date()
    same = day.year == words.local(now).year
    return words.month_day(day) if same else words.date(day)


def _short(review: Review, words: Words, now: datetime) -> Markup:
    return lines(
        Markup("\n★ <b>{}</b> · {} · {}").format(
            _mean(review, words), author(review, words), _day(review, words, now)
        ),
        short(review.text, 160) or None,
        Markup("↳ <i>{}</i>").format(short(review.reply, 80)) if review.reply else None,
    )


def _row(review: Review, which: Which, page: int, words: Words, now: datetime) -> Button:
    stars, day = _mean(review, words), _day(review, words, now)
    label = f"★ {stars} · {short(author(review, words), 14)} · {day}"
    return Button(label, press("review", review.id, which, page))


def _turns(page: ReceivedPage, which: Which) -> list[list[Button]]:
    if page.pages == 1:
        return []

    def to(number: int, label: str) -> Button:
        return Button(label, press("reviews", which, number % page.pages))

    here = f"{page.number + 1}/{page.pages}"
    return [[to(page.number - 1, "◀"), to(page.number + 1, f"{here} ▶")]]


def _last(page: ReceivedPage, which: Which, words: Words) -> list[Button]:
    label = f"{words.plain(LISTS[which])} ▾"
    lists = [Button(label, press("revlists", which))] if page.counts[Which.ALL] else []
    return [*lists, *home_row(words)]


def lists(page: ReceivedPage, which: Which, words: Words) -> Screen:
    rows = [
        [Button(f"{'✓ ' if one is which else ''}{words.plain(name)} · {page.counts[one]}",
                press("reviews", one, 0))]
        for one, name in LISTS.items()
    ]  # fmt: skip
    away = [back(words, press("reviews", which, 0)), *home_row(words)]
    return Screen(words("⭐ <b>Which reviews?</b>"), [*rows, away])


def about(one: Received, words: Words) -> Iterator[Markup]:
    """Who said it of which job, and what."""
    review, order = one.review, one.order
    yield Markup("★ <b>{}</b> · {} · {}").format(
        _mean(review, words), author(review, words),
        words.date(words.local(review.created_at).date()),
    )  # fmt: skip
    number = spell_order_number(order.number)
    yield Markup("{} · <code>{}</code>").format(title(order, words), number)
    yield GAP
    yield from told(review, one.files, words)


def one(one: Received, way: Way, words: Words) -> Screen:
    review = one.review
    text = lines(
        *about(one, words),
        Markup("\n") + words("↩️ You: {reply}", reply=review.reply) if review.reply else None,
        _standing(one, words),
    )
    shots = Button(words.plain("📷 See pictures"), press("revpics", review.id, *way))
    record = Button(
        words.plain("📒 The job"), press("record", one.order.id, Chosen().code, 0)
    )  # fmt: skip
    rows = [_ways(one, way, words), [*([shots] if one.files else []), record]]
    away = [back(words, press("reviews", *way)), *home_row(words)]
    return Screen(text, [*filter(None, rows), away])


def _ways(one: Received, way: Way, words: Words) -> list[Button]:
    reply = Button(words.plain("💬 Reply"), press("revsay", one.review.id, *way), style="primary")
    report = Button(words.plain("🚩 Report"), press("revflag", one.review.id, *way))
    return [*([reply] if one.answerable else []), *([report] if one.reportable else [])]


def _standing(one: Received, words: Words) -> Markup | None:
    if one.erased:
        return Markup("\n") + words("The customer has left us. The stars stay, the words are gone.")
    if one.report is None or one.reportable:
        return None
    if one.report.verdict is Verdict.OPEN:
        return Markup("\n") + words("🚩 You reported it. Our staff are looking into it.")
    return Markup("\n") + words("🚩 You reported it. Our staff decided that it stays.")
