"""What this machine gives: folders, room, the port, the font, the time of the place, and what /security would say."""

import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot.adapters.surroundings import Premises, existing
from bot.admin.security.advice import told
from bot.config import Settings
from bot.fonts import drawable
from bot.i18n import Words, choose_language, languages, mark
from bot.refusals import PortTaken
from bot.wiring.checkup.lines import CARE, PATIENCE_S, WRONG, Line, care, good, wrong
from bot.wiring.web import reserved
from core.security.findings import ROOM, Level, of_the_place

_SAMPLE = "上门服务 Doorstep 龍 ¥"


async def look(settings: Settings) -> AsyncIterator[Line]:
    yield _language(settings)
    now = datetime.now(UTC).astimezone(ZoneInfo(settings.timezone))
    yield good(
        mark("Time zone {zone}: it is {clock} there"),
        zone=settings.timezone, clock=f"{now:%H:%M}",
    )  # fmt: skip
    for name, folder in (("DATA_DIR", settings.data_dir), ("BACKUP_DIR", settings.backups)):
        yield _folder(name, folder)
    yield _font()
    yield await _port(settings)
    for line in _safety(settings):
        yield line


def _language(settings: Settings) -> Line:
    if settings.default_language in languages():
        return good(mark("Language: {language}"), language=settings.default_language)
    return wrong(
        mark("There are no texts in {language}"),
        mark("Set DEFAULT_LANGUAGE to one of these: {known}."),
        language=settings.default_language, known=", ".join(languages()),
    )  # fmt: skip


def _folder(name: str, folder: Path) -> Line:
    there = existing(folder)
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        return wrong(
            mark("{name}: we may not write into {path}"),
            mark("Give the folder to the user Doorstep runs as, or name another one."),
            name=name, path=str(there),
        )  # fmt: skip
    free = shutil.disk_usage(there).free
    size = f"{free / 1e9:,.1f}"
    if free < ROOM:
        return care(
            mark("{name}: only {size} GB are left on the disk"),
            mark("Make room, or let it lie on another disk."), name=name, size=size,
        )  # fmt: skip
    return good(
        mark("{name}: {path} can be written, {size} GB are free"),
        name=name, path=str(folder), size=size,
    )  # fmt: skip


def _font() -> Line:
    try:
        whole = drawable(_SAMPLE) == _SAMPLE
    except OSError:
        whole = False
    if whole:
        return good(mark("Font of receipts and pictures"))
    return wrong(
        mark("The font of receipts and pictures is missing or damaged"),
        mark("Get the folder bot/assets anew from where you got Doorstep."),
    )


async def _port(settings: Settings) -> Line:
    where = {"host": settings.http_host, "port": settings.http_port}
    try:
        reserved(settings.http_host, settings.http_port).close()
        return good(mark("Port {port} of {host} is free"), **where)
    except PortTaken:
        if await _is_doorstep(settings):
            return good(mark("Port {port} of {host}: Doorstep is running there"), **where)
    return wrong(
        mark("Port {port} of {host} can't be had"),
        mark("Stop the program that uses it, or give another HTTP_PORT or HTTP_HOST."), **where,
    )  # fmt: skip


async def _is_doorstep(settings: Settings) -> bool:
    url = f"http://{settings.http_host}:{settings.http_port}/healthz"
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            return bool((await answer.json()).get("status") == "alive")
    except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError):
        return False


def _safety(settings: Settings) -> list[Line]:
    """The findings of /security about the settings and the disk, in the same words."""
    language = choose_language(
        chosen=settings.default_language, code=settings.default_language, default="en"
    )
    words, lines = Words(language, settings.timezone, settings.currency), []
    for one in of_the_place(Premises(settings).look()):
        what, do = told(words, one)
        if one.code == "exposed":
            do = words.plain("Close them: chmod -R go-rwx on each.")
        # These are sentences already; what looks like a place for a value in them is none.
        sign = WRONG if one.level is Level.DANGER else CARE
        lines.append(Line(sign, "{what}", "{do}", {"what": what, "do": do}))
    if not settings.backup_key.get_secret_value() and not settings.sandbox:
        lines.append(
            wrong(
                mark("There are no backups: BACKUP_KEY is missing"),
                mark("Make one as .env.example says, keep it somewhere else, and start again."),
            )
        )
    return lines
