"""How hidden reviews look in the staff chat, and the way to hide one or show it again. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.reviewed import told
from bot.screen import Button, Page, Screen, press
from core.ids import spell_order_number
from core.reviews.hiding import Seen
from core.reviews.model import Review

PAGE = 6
# What is usually said: taken down, or shown again.
USUAL = {
    True: (mark("Insults somebody"), mark("Not about this work"), mark("Tells private things"),
           mark("Made up or paid for")),
    False: (mark("Hidden by mistake"), mark("It was looked at once more")),
}  # fmt: skip


def part(every: Sequence[Review], number: int) -> Page:
    return Page.of(every, number, PAGE)


def _number(one: Seen) -> str:
    return spell_order_number(one.view.order.number)


def _stars(words: Words, review: Review) -> str:
    mean = (review.quality + review.attitude + review.skill) / 3
    return f"★ {words.rating(mean)}"


def hidden(words: Words, seen: Sequence[Seen], page: Page, count: int, *, now: datetime) -> Screen:
    rows = [
        [Button(f"🙈 {_number(one)} · {short(one.view.provider.name, 16)}",
                press("rhv", one.view.order.id))]
        for one in seen
    ]  # fmt: skip
    told_ = [
        dotted(_number(one), _stars(words, one.review), short(one.review.text, 40),
               words.moment(one.review.created_at, now=now))
        for one in seen
    ]  # fmt: skip
    text = lines(
        words("🙈 <b>Hidden reviews: {n}</b>", n=count), Markup(""),
        *(told_ or [words("No review is hidden.")]),
    )  # fmt: skip
    return Screen(text, [*rows, *page.turns("rhl"), back(words, press("rl", 0))])


def one(words: Words, seen: Seen) -> Screen:
    review = seen.review
    text = lines(
        dotted(words("⭐ <b>Review</b> · <code>{number}</code>", number=_number(seen)),
               words("🙈 hidden") if review.hidden else words("🟢 shown to everybody")),
        words("Provider: <b>{name}</b>", name=short(seen.view.provider.name, 60)),
        words("Review by <b>{name}</b>", name=review.author or words.plain("Former customer")),
        *told(review, seen.files, words),
    )  # fmt: skip
    label = words.plain("👁 Show again") if review.hidden else words.plain("🙈 Hide")
    turn = Button(label, press("rhr", seen.view.order.id))
    order = Button(words.plain("Open order"), press("on", seen.view.order.id))
    return Screen(text, [[turn, order], back(words, press("rhl", 0))])


def _title(words: Words, seen: Seen) -> Markup:
    name = seen.review.author or words.plain("Former customer")
    if seen.review.hidden:
        return words("👁 <b>Show the review by {name} again?</b>", name=name)
    return words("🙈 <b>Hide the review by {name}?</b>", name=name)


def why(words: Words, seen: Seen) -> Screen:
    key, hide = seen.view.order.id, not seen.review.hidden
    rows = [
        [Button(words.plain(reason), press("rhs", key, int(hide), number))]
        for number, reason in enumerate(USUAL[hide])
    ]
    text = lines(_title(words, seen), words("Why? Tap a reason or type your own."))
    return Screen(text, [*rows, back(words, press("rhv", key))])


def sure(words: Words, seen: Seen, hide: int, number: int, reason: str) -> Screen:
    text = lines(
        _title(words, seen),
        words("Nobody sees it any more, and its stars no longer count. Author and provider are told.")
        if hide else words("Everybody reads it, and its stars count again. Author and provider are told."),
        words("Reason: {reason}", reason=words.known(reason)),
    )  # fmt: skip
    label = words.plain("Yes, hide") if hide else words.plain("Yes, show again")
    yes = Button(label, press("rhy", seen.view.order.id, hide, number), style="danger")
    return Screen(text, [[yes], back(words, press("rhr", seen.view.order.id))])
