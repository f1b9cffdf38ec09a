"""How photos of the work are asked for, counted and refused. Pure."""

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, title
from bot.screen import Button, Screen, press
from core.ids import spell_order_number
from core.orders.model import Stage
from core.orders.offers import Job
from core.orders.photos import MOST_PHOTOS, stage_now

ASKS = {
    Stage.BEFORE: mark("📸 <b>Send 1 to {most} photos of how it looks now, before you start.</b>"),
    Stage.AFTER: mark("📸 <b>Send 1 to {most} photos of the finished work.</b>"),
}
HINTS = {
    Stage.BEFORE: mark(
        "📸 Send 1 to {most} photos of how it looks now. Then comes the customer's code."
    ),
    Stage.AFTER: mark("📸 When you're done, send 1 to {most} photos of the result. Then finish."),
}
LABELS = {
    Stage.BEFORE: mark("📸 Photos before the work"),
    Stage.AFTER: mark("📸 Photos of the result"),
}
# What was sent instead, and what to do.
INSTEAD = {
    "video": mark("A video doesn't work here. Please send photos."),
    "video_note": mark("A video doesn't work here. Please send photos."),
    "location": mark("That is a place. Please send a photo: tap 📎, then camera or gallery."),
    "text": mark("Words alone don't do here. Please send a photo: tap 📎, then camera or gallery."),
}
OTHER = mark("Please send a photo: tap 📎, then camera or gallery.")


def missing(job: Job) -> bool:
    """Photos come before anything else."""
    stage = stage_now(order=job.order)
    return stage is not None and job.lacks(stage)


def hint(job: Job, words: Words) -> Markup | None:
    """What to do next where photos come first."""
    stage = stage_now(order=job.order)
    if stage is None or not job.lacks(stage):
        return None
    return words(HINTS[stage], most=MOST_PHOTOS)


def sent(job: Job, words: Words) -> Markup | None:
    """How many there are, and that more may come."""
    stage = stage_now(order=job.order)
    count = job.shown(stage) if stage else 0
    if not count:
        return None
    kept = words.plural("📸 {n} photo is saved.", "📸 {n} photos are saved.", count)
    return kept if count >= MOST_PHOTOS else words("{kept} You can send more.", kept=kept)


def buttons(job: Job, words: Words) -> list[list[Button]]:
    """The way to the photos while they can be sent."""
    stage = stage_now(order=job.order)
    if stage is None:
        return []
    label, count = words.plain(LABELS[stage]), job.shown(stage)
    wanted = press("shots", job.order.id)
    if not count:
        return [[Button(label, wanted, style="primary")]]
    return [[Button(f"{label} ({count})", wanted)]]


def ask(job: Job, stage: Stage, words: Words) -> Screen:
    number = spell_order_number(job.order.number)
    text = lines(
        Markup("<b>{}</b> · <code>{}</code>").format(title(job.order, words), number), GAP,
        words(ASKS[stage], most=MOST_PHOTOS),
        words("Several at once are fine. The customer and our staff see them, nobody else."),
        sent(job, words),
    )  # fmt: skip
    anew = Button(words.plain("🗑 Take them anew"), press("noshots", job.order.id))
    rows = [[anew]] if job.shown(stage) else []
    return Screen(text, [*rows, [back(words, press("job", job.order.id)), *home_row(words)]])


def no_photo(kind: str, words: Words) -> Markup:
    """Something else came."""
    return words(INSTEAD.get(kind, OTHER))
