"""The whole catalogue as a YAML file: handed out, and a file sent back compared before anything of it is taken."""

from bot.admin.catalog import sheet_screens as screens
from bot.admin.catalog.drafts import draft
from bot.admin.catalog.editing import author
from bot.admin.parts import acting
from bot.conversation import Talk
from bot.screen import File, Screen
from core.catalog.importing import Comparison
from core.catalog.sheet.nodes import LARGEST, Mistake
from core.errors import OutOfDate

STEP = "catalog_file"


async def door(talk: Talk) -> Screen:
    talk.expect(STEP)
    return screens.door(talk.words)


async def export(talk: Talk) -> Screen:
    """The file, and a file sent back is waited for."""
    head = "".join(f"# {line}\n" for line in screens.head(talk.words))
    content = await talk.core.importing.export(head=head)
    talk.expect(STEP)
    day = talk.words.local(talk.now).date().isoformat()
    file = File(f"services-{day}.yaml", "application/yaml", content.encode())
    return screens.exported(talk.words, file)


async def file_said(talk: Talk) -> Screen:
    attached = talk.incoming.attachments[:1]
    if not attached:
        return screens.door(talk.words)
    if attached[0].size > LARGEST:
        return screens.wrong(talk.words, [Mistake(0, "too_large", facts={"most": LARGEST // 1024})])
    talk.expect(STEP, file=attached[0].telegram_id)
    return await compared(talk, 0)


async def _content(talk: Talk) -> str | None:
    """Of the file that was sent last; None where it is no text."""
    raw = await talk.messenger.download(str(talk.memory["file"]))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


async def compared(talk: Talk, page: int) -> Screen:
    """What would change, in words."""
    if not talk.memory.get("file"):
        return await door(talk)
    content = await _content(talk)
    if content is None:
        return screens.wrong(talk.words, [Mistake(0, "encoding")])
    what = await talk.core.importing.compare(content=content)
    return _shown(talk, what, page)


def _shown(talk: Talk, what: Comparison, page: int) -> Screen:
    if what.mistakes:
        return screens.wrong(talk.words, what.mistakes)
    return screens.compared(talk.words, what, page)


async def take(talk: Talk, seen: int) -> Screen:
    """All of it into the draft; where that isn't as it was seen, it is compared once more."""
    if not talk.memory.get("file"):
        return await door(talk)
    content = await _content(talk)
    try:
        what = await talk.core.importing.compare(content=content or "")
        if what.mistakes:
            return screens.wrong(talk.words, what.mistakes)
        count = str(len(what.differences))
        async with acting(talk, "catalog.change", subject="YAML", reason=count):
            await talk.core.importing.take(
                content=content or "", seen=seen, by=await author(talk), now=talk.now
            )
    except OutOfDate:
        talk.toast(talk.words.plain("It has changed meanwhile. Please look again."), alert=True)
        return await compared(talk, 0)
    talk.toast(talk.words.plain("All of it is in the draft."))
    return await draft(talk, 0)
