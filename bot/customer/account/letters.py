"""The copy of everything: one file for machines, one for people, then what was sent, ten at a time."""

import json
from datetime import datetime
from typing import Any

from bot.customer.account.page import page
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.reviewed import album
from bot.screen import Button, File, Screen, press
from core.errors import Unknown
from core.services import Core


async def data_copy(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Nothing for somebody who left meanwhile."""
    try:
        copied = await core.privacy.copy(person_id=letter.subject)
    except Unknown:
        return None
    platform = core.rules.text("platform_name")
    kept: dict[str, Any] = {"platform": platform, "made_at": now.isoformat(), "data": copied.rows}
    machine = json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode()
    people = await page(core, copied, words, now)
    files = (
        File("my-data.html", "text/html", people.encode()),
        File("data.json", "application/json", machine),
    )
    text = words(
        "📦 <b>Here is everything we keep about you</b>: one file to read, one for other programs."
    )
    return Screen(text, [[Button(words.plain("🔒 My data"), press("data"))]], files=files)


async def data_files(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The files of this share, as they are kept."""
    try:
        files = await core.privacy.share(person_id=letter.subject, number=letter.facts["share"])
    except Unknown:
        return None
    if not files:
        return None
    text = words("📷 Photos, videos and files you sent, part {n}", n=letter.facts["share"] + 1)
    return Screen(text, files=album(files))


LETTERS: dict[str, Renderer] = {"data_copy": data_copy, "data_files": data_files}
