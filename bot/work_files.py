"""The photos of an order's work as files to send: one album before, one after, each with its name below it."""

from collections.abc import Sequence

from bot.i18n import Words
from bot.screen import File
from bot.words import STAGES
from core.files.model import Kept
from core.orders.model import Stage
from core.orders.service import OrderView
from core.services import Core


async def kept_files(core: Core, ids: Sequence[int]) -> list[Kept]:
    """In the order of the ids; a file that is gone from the store is left out."""
    kept = {file.id: file for file in await core.store.find(Kept, id=list(ids))} if ids else {}
    return [kept[file_id] for file_id in ids if file_id in kept]


async def work_files(core: Core, view: OrderView, words: Words) -> tuple[File, ...]:
    """In the order of sending; a file that is gone from the store is left out."""
    if not view.photos:
        return ()
    ids = [photo.file_id for photo in view.photos]
    kept = {file.id: file for file in await kept_files(core, ids)}
    return tuple(file for stage in Stage for file in _of(view, stage, kept, words))


async def extra_files(core: Core, order_id: int, words: Words) -> tuple[File, ...]:
    """What providers showed with each proposal of extra work, an album each."""
    sent = await core.extras.of_order(order_id=order_id)
    caption = words.plain("📷 Extra work")
    albums = [named_files(await kept_files(core, one.photos), caption) for one in sent]
    return tuple(file for album in albums for file in album)


def named_files(kept: Sequence[Kept], caption: str) -> list[File]:
    """One album with its name below it."""
    return [
        File(name=f.name, mime=f.mime, file_id=f.id, caption="" if number else caption)
        for number, f in enumerate(kept)
    ]


def _of(view: OrderView, stage: Stage, kept: dict[int, Kept], words: Words) -> list[File]:
    found = [kept[one.file_id] for one in view.photos_of(stage) if one.file_id in kept]
    return named_files(found, words.plain(STAGES[stage]))
