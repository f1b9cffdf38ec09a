"""All the looks one after the other, as they are printed; the last line counts."""

import os
from collections.abc import Callable

from pydantic import ValidationError

from bot.config import Settings
from bot.i18n import Words, choose_language, mark
from bot.wiring.checkup import bots, machine, processes, services, storage
from bot.wiring.checkup.lines import CARE, WRONG, Line, Look, wrong

LOOKS: tuple[Look, ...] = (machine.look, storage.look, processes.look, bots.look, services.look)
Out = Callable[[str], None]


async def check(settings: Settings, *, out: Out) -> int:
    """0: nothing is wrong; 1: something is."""
    words = voice(settings.default_language)
    signs: list[str] = []
    for look in LOOKS:
        async for line in look(settings):
            out(line.told(words))
            signs.append(line.sign)
    return _end(words, signs.count(WRONG), signs.count(CARE), out)


def refused(error: ValidationError, *, out: Out) -> int:
    """Settings that can't be read at all: each with what it must be."""
    words = voice(os.environ.get("DEFAULT_LANGUAGE", ""))
    lines = [_mistake(words, each["loc"], each["msg"]) for each in error.errors()]
    for line in lines:
        out(line.told(words))
    return _end(words, len(lines), 0, out)


def _mistake(words: Words, where: tuple[int | str, ...], said: str) -> Line:
    name = ".".join(map(str, where)).upper() or ".env"
    must = words.known(said.removeprefix("Value error, "))
    return wrong("{name}: {must}", mark("Mend .env; .env.example explains every setting."),
                 name=name, must=must)  # fmt: skip


def voice(language: str) -> Words:
    return Words(choose_language(chosen=language, code=language, default="en"), "UTC")


def _end(words: Words, wrong: int, care: int, out: Out) -> int:
    out("")
    if wrong:
        out(words.plain_plural("{n} thing is wrong.", "{n} things are wrong.", wrong))
    if care:
        out(words.plain_plural("{n} thing could be better.", "{n} things could be better.", care))
    if not wrong:
        out(words.plain("Doorstep can start."))
    return 1 if wrong else 0
