"""How writing a review looks."""

from typing import Any

from markupsafe import Markup

from bot.customer.parts import back, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.orders.model import Order
from core.orders.service import OrderView
from core.reviews.model import Review
from core.reviews.service import MOST_FILES

DIMENSIONS = {
    "quality": ("🛠", mark("Quality")),
    "attitude": ("🙂", mark("Attitude")),
    "skill": ("🎓", mark("Skill")),
}


def form(view: OrderView, draft: dict[str, Any], words: Words) -> Screen:
    """Three rows of stars, what was written so far, publish."""
    order, scores = view.order, draft.get("scores", {})
    text = lines(
        words("<b>How was it with {name}?</b>", name=short(view.provider.name, 40)),
        Markup(""), *_scores(scores, words),
        words("Type a few words and send up to {n} photos or videos, if you like.", n=MOST_FILES),
        Markup("\n“{}”").format(draft["text"]) if draft.get("text") else None,
        words.plural("📷 {n} file", "📷 {n} files", len(draft["files"]))
        if draft.get("files") else None,
    )  # fmt: skip
    rows = [_stars(order, name, scores.get(name, 0)) for name in DIMENSIONS]
    if len(scores) == len(DIMENSIONS):
        publish = Button(words.plain("✅ Publish"), press("rpublish", order.id), style="success")
        rows.append([publish])
    return Screen(text, [*rows, [back(words, press("order", order.id))]])


def _scores(scores: dict[str, int], words: Words) -> list[Markup]:
    return [
        Markup("{} {} {}").format(sign, words(name), "⭐" * scores[code] if code in scores else "—")
        for code, (sign, name) in DIMENSIONS.items()
    ]


def _stars(order: Order, name: str, given: int) -> list[Button]:
    sign = DIMENSIONS[name][0]
    first = [Button(f"{sign}{'★' if given >= 1 else '☆'}", press("rstar", order.id, name, 1))]
    rest = [
        Button("★" if n <= given else "☆", press("rstar", order.id, name, n)) for n in range(2, 6)
    ]
    return first + rest


def shown(view: OrderView, review: Review, editable: bool, words: Words) -> Screen:
    """The published review; for some hours it can be changed."""
    scores = {name: getattr(review, name) for name in DIMENSIONS}
    text = lines(
        words("<b>Your review of {name}</b>", name=short(view.provider.name, 40)),
        Markup(""), *_scores(scores, words),
        Markup("“{}”").format(review.text) if review.text else None,
        words.plural("📷 {n} file", "📷 {n} files", len(review.files)) if review.files else None,
        words("↩️ {name}: {reply}", name=short(view.provider.name, 40), reply=review.reply)
        if review.reply else None,
    )  # fmt: skip
    order = view.order
    change = [Button(words.plain("✏️ Change it"), press("redit", order.id))] if editable else []
    rows = [change] if change else []
    return Screen(text, [*rows, [back(words, press("order", order.id))]])
