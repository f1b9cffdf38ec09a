"""A review as all three bots show it: the stars of each dimension, the words, and how many pictures go with them."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.screen import File
from core.files.model import Kept
from core.people.model import Provider
from core.reviews.model import Review

DIMENSIONS = {
    "quality": ("🛠", mark("Quality")),
    "attitude": ("🙂", mark("Attitude")),
    "skill": ("🎓", mark("Skill")),
}


def scores(given: Mapping[str, int], words: Words) -> list[Markup]:
    return [
        Markup("{} {} {}").format(sign, words(name), "⭐" * given[code] if code in given else "—")
        for code, (sign, name) in DIMENSIONS.items()
    ]


def told(review: Review, files: Sequence[Kept], words: Words) -> list[Markup]:
    """Everything the author gave."""
    given = {name: getattr(review, name) for name in DIMENSIONS}
    said = [Markup(""), Markup("“{}”").format(review.text)] if review.text else []
    parts = (*scores(given, words), *said, counted(files, words))
    return [part for part in parts if part is not None]


def counted(files: Sequence[Kept], words: Words) -> Markup | None:
    """📷 3 photos · 🎬 1 video"""
    films = sum(file.mime.startswith("video/") for file in files)
    photos = len(files) - films
    parts = [
        words.plural("📷 {n} photo", "📷 {n} photos", photos) if photos else None,
        words.plural("🎬 {n} video", "🎬 {n} videos", films) if films else None,
    ]
    return Markup(" · ").join(part for part in parts if part) or None


def dimensions(of: Provider, words: Words) -> Markup:
    """A provider's rating by dimension; there must be one."""

    def mean(total: int) -> str:
        return words.rating(total / of.rating_count)

    return words(
        "Quality {quality} · Attitude {attitude} · Skill {skill}",
        quality=mean(of.quality_sum), attitude=mean(of.attitude_sum), skill=mean(of.skill_sum),
    )  # fmt: skip


def album(files: Sequence[Kept]) -> tuple[File, ...]:
    return tuple(File(file.name, file.mime, file_id=file.id) for file in files)
