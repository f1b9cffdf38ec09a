"""Keeps what people send: checked before it is decoded, stripped of metadata, each under a path of its own.

Where two people send the same there are two files: so one can be removed while the other is being kept.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.films import Films
from bot.adapters.pictures import clean_picture
from bot.adapters.voices import clean_voice
from core.changes import Changes, Insert, Remove
from core.entity import NewId
from core.errors import Invalid, Unknown
from core.files.model import Copy, Kept
from core.ports import Store

LIMITS = {"image": 10 << 20, "video": 20 << 20, "audio": 10 << 20, "application": 10 << 20}
KINDS = {
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/ogg": ".ogg",
    "application/pdf": ".pdf",
}
_LOCKED = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")
DAY = timedelta(days=1)
MOST_A_DAY = 200


class DiskFiles:
    """Implements core.ports.FileStore and what the messengers ask of files."""

    def __init__(self, *, root: Path, store: Callable[[], Store], new_id: NewId) -> None:
        self._root = root
        self._store = store
        self._new_id = new_id
        self._films = Films()
        self._drawing = asyncio.Semaphore(1)

    async def keep(
        self, *, content: bytes, mime: str, name: str, owner_id: int | None, now: datetime
    ) -> Kept:
        """Raises Invalid("file", "too_large" | "too_many" | "not_a_picture" | "heic" | "not_a_video" |
        "not_a_voice" | "too_long" | "not_a_paper" | "locked" | "kind").
        """
        group = mime.split("/")[0]
        if group in LIMITS and len(content) > LIMITS[group]:
            raise Invalid("file", "too_large", {"most": LIMITS[group] >> 20})
        await self._check_quota(owner_id, now)
        whose: dict[str, Any] = {"name": name, "owner_id": owner_id, "now": now}
        keeper = {"image": self._picture, "video": self._film, "audio": self._sound}.get(
            group, self._as_it_is
        )
        rows = await keeper(content, mime, whose)
        await self._store().apply(Changes().add(*(Insert(row) for row in rows)))
        return rows[-1]

    async def _check_quota(self, owner_id: int | None, now: datetime) -> None:
        """So many files a day are enough for anybody; our disk is not endless."""
        if owner_id is None:
            return
        found = await self._store().find(
            Kept, owner_id=owner_id, order="-created_at", offset=MOST_A_DAY - 1, limit=1
        )
        if found and found[0].created_at > now - DAY:
            raise Invalid("file", "too_many", {"most": MOST_A_DAY})

    async def _picture(self, content: bytes, mime: str, whose: dict[str, Any]) -> list[Kept]:
        if content[4:12] in _HEIC:
            raise Invalid("file", "heic")
        async with self._drawing:
            content = await asyncio.to_thread(clean_picture, content)
        return [await self._down(content, "image/jpeg", ".jpg", whose)]

    async def _film(self, content: bytes, mime: str, whose: dict[str, Any]) -> list[Kept]:
        """The video and, before it, its cover."""
        if mime not in KINDS:
            raise Invalid("file", "kind")
        film = await self._films.clean(content)
        cover = await self._down(film.cover, "image/jpeg", ".jpg", whose)
        kept = await self._down(film.content, "video/mp4", ".mp4", whose)
        sizes = {"width": film.width, "height": film.height, "seconds": film.seconds}
        return [cover, kept.model_copy(update=sizes | {"cover_id": cover.id})]

    async def _sound(self, content: bytes, mime: str, whose: dict[str, Any]) -> list[Kept]:
        """A voice message; music would tell whose it is."""
        if mime != "audio/ogg":
            raise Invalid("file", "kind")
        content = await asyncio.to_thread(clean_voice, content)
        return [await self._down(content, mime, KINDS[mime], whose)]

    async def _as_it_is(self, content: bytes, mime: str, whose: dict[str, Any]) -> list[Kept]:
        if mime != "application/pdf" or not content.startswith(b"%PDF-"):
            raise Invalid("file", "kind")
        _check_paper(content)
        return [await self._down(content, mime, KINDS[mime], whose)]

    async def _down(
        self, content: bytes, mime: str, suffix: str, whose: dict[str, Any]
    ) -> Kept:  # fmt: skip
        return await asyncio.to_thread(self._put_down, content, mime=mime, suffix=suffix, **whose)

    def keep_drawn(self, *, content: bytes, name: str, now: datetime) -> Kept:
        """A JPEG of our own making: nothing to clean, and its row is written with the caller's others."""
        return self._put_down(
            content, mime="image/jpeg", suffix=".jpg", name=name, owner_id=None, now=now
        )

    def _put_down(
        self, content: bytes, *, mime: str, suffix: str, name: str, owner_id: int | None,
        now: datetime,
    ) -> Kept:  # fmt: skip
        digest, new = hashlib.sha256(content).hexdigest(), self._new_id()
        path = Path(digest[:2]) / f"{new}{suffix}"
        self._write(path, content)
        return Kept(
            id=new, owner_id=owner_id, name=(Path(name).stem[:60] or "file") + suffix,
            mime=mime, size=len(content), sha256=digest, path=str(path), created_at=now,
        )  # fmt: skip

    def _write(self, path: Path, content: bytes) -> None:
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(content)
        part.replace(target)

    async def read(self, file_id: int) -> tuple[str, str, bytes] | None:
        kept = await self._store().get(Kept, id=file_id)
        if kept is None:
            return None
        try:
            content = await asyncio.to_thread((self._root / kept.path).read_bytes)
        except FileNotFoundError as error:
            raise Unknown("file") from error
        return kept.name, kept.mime, content

    async def drop(self, *, file_id: int) -> None:
        """The bytes first: broken off in the middle, the row still says what is left to do. A cover goes along."""
        kept = await self._store().find(Kept, id=file_id)
        kept += await self._store().find(Kept, id=[one.cover_id for one in kept if one.cover_id])
        if not kept:
            return
        ids = [one.id for one in kept]
        for one in kept:
            await self._unlink(one.path, but=ids)
        rows = Remove(Copy, {"file_id": ids}), Remove(Kept, {"id": ids})
        await self._store().apply(Changes().add(*rows))

    async def wipe(self, *, paths: Sequence[str]) -> None:
        """One that is gone already is fine."""
        for path in paths:
            await self._unlink(path)

    async def _unlink(self, path: str, *, but: Sequence[int] = ()) -> None:
        """Unless another row has the same path, as equal files had before each got its own."""
        if all(one.id in but for one in await self._store().find(Kept, path=path)):
            await asyncio.to_thread((self._root / path).unlink, missing_ok=True)

    async def film(self, file_id: int) -> Kept | None:
        """The row of a kept video, with its sizes and its cover."""
        return await self._store().get(Kept, id=file_id, mime="video/mp4")

    async def copy_of(self, bot: str, file_id: int) -> str | None:
        copy = await self._store().get(Copy, file_id=file_id, bot=bot)
        return copy.telegram_id if copy else None

    async def keep_copy(self, bot: str, file_id: int, telegram_id: str) -> None:
        copy = Copy(id=self._new_id(), file_id=file_id, bot=bot, telegram_id=telegram_id)
        await self._store().apply(Changes().add(Insert(copy, or_ignore=True)))


def _check_paper(content: bytes) -> None:
    """A PDF that everybody can open: whole to its end, and without a password."""
    if b"%%EOF" not in content[-2048:]:
        raise Invalid("file", "not_a_paper")
    if _LOCKED.search(content):
        raise Invalid("file", "locked")
