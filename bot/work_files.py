"""The photos of an order's work as files to send: one album before, one after, each with its name below it."""

from bot.i18n import Words
from bot.screen import File
from bot.words import STAGES
from core.files.model import Kept
from core.orders.model import Stage
from core.orders.service import OrderView
from core.services import Core


async def work_files(core: Core, view: OrderView, words: Words) -> tuple[File, ...]:
    """In the order of sending; a file that is gone from the store is left out."""
    if not view.photos:
        return ()
    ids = [photo.file_id for photo in view.photos]
    kept = {file.id: file for file in await core.store.find(Kept, id=ids)}
    return tuple(file for stage in Stage for file in _of(view, stage, kept, words))


def _of(view: OrderView, stage: Stage, kept: dict[int, Kept], words: Words) -> list[File]:
    found = [kept[one.file_id] for one in view.photos_of(stage) if one.file_id in kept]
    return [
        File(
            name=file.name, mime=file.mime, file_id=file.id,
            caption="" if number else words.plain(STAGES[stage]),
        )
        for number, file in enumerate(found)
    ]  # fmt: skip
