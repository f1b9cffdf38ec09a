"""What a bot says about itself before anybody has written to it, in each language: commands, description, a line."""

from collections.abc import Callable, Iterator, Mapping

from bot.gateway.messenger import Messenger
from bot.i18n import Words, languages
from core.people.model import Person

Speaker = Callable[[Person | None], Words]


def _spoken(words: Speaker) -> Iterator[tuple[Words, dict[str, str]]]:
    """Once for everybody (default language), once for each language by Telegram's two letters."""
    default = words(None)
    yield default, {}
    for language in languages():
        yield default.in_language(language), {"language_code": language.split("_")[0]}


async def set_menus(pen: Messenger, commands: Mapping[str, str], words: Speaker) -> None:
    """The menu of commands with a line each."""
    for spoken, whose in _spoken(words):
        listed = [
            {"command": name, "description": spoken.plain(text)[:256]}
            for name, text in commands.items()
        ]
        await pen.call("setMyCommands", {"commands": listed} | whose)


async def set_profile(pen: Messenger, about: str, line: str, words: Speaker, name: str) -> None:
    """The text of an empty chat, and the line of the profile and of shared links."""
    for spoken, whose in _spoken(words):
        await _say(pen, "Description", "description", spoken.plain(about, name=name)[:512], whose)
        short = spoken.plain(line, name=name)[:120]
        await _say(pen, "ShortDescription", "short_description", short, whose)


async def _say(pen: Messenger, what: str, field: str, text: str, whose: dict[str, str]) -> None:
    """Only where it changed: Telegram lets a bot speak anew about itself a few times a day."""
    known = await pen.call(f"getMy{what}", whose)
    if known[field] != text:
        await pen.call(f"setMy{what}", {field: text} | whose)
