"""News of the own level: it rose, it may be lost, it is lost. Each says what it means and leads to the checklist."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.letters import while_known
from bot.provider.level import screens
from bot.provider.parts import GAP, lines
from bot.screen import Screen
from bot.words import level_name
from core.levels.model import Standing
from core.people.model import Level
from core.services import Core

Head = Callable[[Standing, Level, Words], Markup | None]


def _up(standing: Standing, was: Level, words: Words) -> Markup | None:
    if standing.mine.level is was:
        return None
    return words("🎉 <b>Well done! You're {level} now.</b>",
                 level=level_name(standing.mine.level, words))  # fmt: skip


def _falls(standing: Standing, was: Level, words: Words) -> Markup | None:
    """Pointless once the record is good again."""
    if standing.falls_at is None:
        return None
    return words("🏅 <b>Your level {level} is in danger.</b> There's time to keep it.",
                 level=level_name(was, words))  # fmt: skip


def _down(standing: Standing, was: Level, words: Words) -> Markup | None:
    return words("🏅 <b>You're {level} now.</b> What orders you have keep their commission.",
                 level=level_name(standing.mine.level, words))  # fmt: skip


def _news(head: Head) -> Renderer:
    async def tell(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        standing = await core.levels.standing(person_id=letter.person_id or 0, now=now)
        said = head(standing, Level(letter.facts["was"]), words)
        if said is None:
            return None
        screen = screens.level(standing, words)
        return replace(screen, text=lines(said, GAP, screen.text))

    return while_known(tell)


LETTERS: dict[str, Renderer] = {
    "level_up": _news(_up), "level_falls": _news(_falls), "level_down": _news(_down),
}  # fmt: skip
