"""What a screen carries besides its words: pictures and videos in albums, other files by themselves.

A file goes by Telegram's own id where this bot has one, else as bytes, and the id that comes of it is kept.
"""

from abc import ABC, abstractmethod
from typing import Any

from bot.gateway import calls
from bot.gateway.calls import Call, Params, Upload
from bot.gateway.outcomes import BadFile, Refused
from bot.gateway.ports import Files
from bot.screen import File, Screen

_HEAVIEST = 45 << 20  # bytes that one call may carry


class Luggage(ABC):
    """The part of a messenger that sends files."""

    bot: str
    _files: Files

    @abstractmethod
    async def _out(self, call: Call) -> Any:
        """One call through the gate."""

    async def _send_files(self, screen: Screen, place: Params) -> int:
        """Files before the text: pictures and videos as albums, the rest as documents."""
        last = 0
        kinds = [(calls.kind_of(file), file) for file in screen.files]
        for group in calls.in_groups(kinds):
            last = await self._send_group(group, place, fresh=False)
        return last

    async def _send_group(
        self, group: list[tuple[str, File]], place: Params, *, fresh: bool
    ) -> int:
        """An album, or several where one would be too heavy; ids that are no good any more cost a second try."""
        last, waiting = 0, list(group)
        while waiting:
            some, media = await self._as_much_as_fits(waiting, fresh=fresh)
            try:
                last = await self._send_album(some, media, place)
            except BadFile:
                if fresh:
                    raise
                last = await self._send_group(some, place, fresh=True)
            del waiting[: len(some)]
        return last

    async def _as_much_as_fits(
        self, group: list[tuple[str, File]], *, fresh: bool
    ) -> tuple[list[tuple[str, File]], list[Upload | str]]:
        media: list[Upload | str] = []
        weight = 0
        for _, file in group:
            one = await self._upload(file, fresh=fresh)
            weight += len(one.content) if isinstance(one, Upload) else 0
            if media and weight > _HEAVIEST:
                break
            media.append(one)
        return group[: len(media)], media

    async def _send_album(
        self, group: list[tuple[str, File]], media: list[Upload | str], place: Params
    ) -> int:
        kinds, caption = [kind for kind, _ in group], group[0][1].caption
        answer = await self._out(calls.album(kinds, media, place, caption))
        sent = answer if isinstance(answer, list) else [answer]
        for (_, file), one, message in zip(group, media, sent, strict=False):
            if isinstance(one, Upload):
                await self._keep_id(file, message)
        return message_id(sent[-1])

    async def _with_file(self, file: File, make: Any) -> Any:
        """A call with one file: by Telegram's id if this bot has one, else its bytes (and keep the id)."""
        upload = await self._upload(file, fresh=False)
        try:
            answer = await self._out(make(upload))
        except BadFile:
            if isinstance(upload, Upload):
                raise
            answer = await self._out(make(await self._upload(file, fresh=True)))
        await self._keep_id(file, answer)
        return answer

    async def _keep_id(self, file: File, message: Any) -> None:
        if file.file_id and (telegram_id := _file_id(message)):
            await self._files.keep_copy(self.bot, file.file_id, telegram_id)

    async def _upload(self, file: File, *, fresh: bool) -> Upload | str:
        if file.content:
            return Upload(file.name, file.mime, file.content)
        if not fresh and (known := await self._files.copy_of(self.bot, file.file_id)):
            return known
        stored = await self._files.read(file.file_id)
        if stored is None:
            raise Refused(f"file {file.file_id} is not in the store")
        return Upload(*stored, facts=await self._facts(file.file_id, stored[1]))

    async def _facts(self, file_id: int, mime: str) -> Params:
        """Of a video: without its sizes phones show it square, without a cover black."""
        film = await self._files.film(file_id) if calls.KINDS.get(mime) == "video" else None
        if film is None or not film.width:
            return {}
        facts: Params = {"width": film.width, "height": film.height, "duration": film.seconds,
                         "supports_streaming": True}  # fmt: skip
        cover = await self._files.read(film.cover_id) if film.cover_id else None
        return facts | ({"thumbnail": Upload(*cover)} if cover else {})


def message_id(message: Any) -> int:
    return int(message["message_id"])


def _file_id(message: Any) -> str:
    """Telegram's id of the picture or document in a sent message."""
    if not isinstance(message, dict):
        return ""
    if photo := message.get("photo"):
        return str(photo[-1]["file_id"])
    for kind in ("document", "video", "voice"):
        if kind in message:
            return str(message[kind]["file_id"])
    return ""
