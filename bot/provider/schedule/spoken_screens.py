"""What is said about words for the plan. Pure."""

from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import lines
from bot.provider.schedule.amend_screens import told
from core.people.amending import Amendment


def already(words: Words, amendment: Amendment, now: datetime) -> Markup:
    return lines(words("👌 It is like that already:"), told(words, amendment, now=now))


def example(words: Words) -> Markup:
    return lines(
        words("🤔 I didn't get that. You can type, for example:"),
        words("• Wed off"), words("• no jobs tomorrow afternoon"),
        words("• Mon–Fri 9–18"), words("• Jan 1 to 3 off"),
        words("• extra hours Saturday 9-12"),
    )  # fmt: skip
