"""Files in albums: photos and videos mixed, no call too heavy, ids kept, and tried anew where they are stale."""

from typing import Any

import pytest

from bot.gateway import luggage
from bot.gateway.calls import Call, Params, Upload
from bot.gateway.luggage import Luggage
from bot.gateway.outcomes import BadFile
from bot.screen import File, Screen
from core.files.model import Kept
from tests.builders import NOW

pytestmark = pytest.mark.feature("C18")
MIMES = {1: "image/jpeg", 2: "video/mp4", 3: "image/jpeg", 4: "application/pdf", 9: "image/jpeg"}
PLACE: Params = {"chat_id": 7}


class Store:
    """Files 1 to 4; 9 is the cover of the video."""

    def __init__(self) -> None:
        self.known: dict[int, str] = {}

    async def read(self, file_id: int) -> tuple[str, str, bytes]:
        return f"{file_id}", MIMES[file_id], bytes(10)

    async def film(self, file_id: int) -> Kept:
        return Kept(
            id=file_id, name="v", mime="video/mp4", size=10, sha256="", path="", width=64,
            height=96, seconds=3, cover_id=9, created_at=NOW,
        )  # fmt: skip

    async def copy_of(self, bot: str, file_id: int) -> str | None:
        return self.known.get(file_id)

    async def keep_copy(self, bot: str, file_id: int, telegram_id: str) -> None:
        self.known[file_id] = telegram_id


class Sender(Luggage):
    """Writes down its calls; `stale` ids are refused."""

    bot = "customer"

    def __init__(self) -> None:
        self._files = Store()
        self.calls: list[Call] = []
        self.stale: set[str] = set()

    async def _out(self, call: Call) -> Any:
        self.calls.append(call)
        items = call.params.get("media") or [self._single(call)]
        if any(item["media"] in self.stale for item in items if isinstance(item["media"], str)):
            raise BadFile("wrong file identifier")
        sent = [self._message(n, item["type"]) for n, item in enumerate(items, start=1)]
        return sent if "media" in call.params else sent[0]

    @staticmethod
    def _single(call: Call) -> Params:
        kind = call.method.removeprefix("send").lower()
        return {"type": kind, "media": call.params[kind]}

    @staticmethod
    def _message(number: int, kind: str) -> Params:
        file = {"file_id": f"tg-{kind}-{number}"}
        return {"message_id": number, kind: [file] if kind == "photo" else file}

    async def sends(self, *ids: int) -> None:
        files = tuple(File(str(i), MIMES[i], file_id=i) for i in ids)
        await self._send_files(Screen(text="", files=files), PLACE)  # type: ignore[arg-type]


async def test_photos_and_videos_go_as_one_album_with_the_facts_of_the_film() -> None:
    sender = Sender()
    await sender.sends(1, 2, 3, 4)
    album, document = sender.calls
    assert (album.method, document.method) == ("sendMediaGroup", "sendDocument")
    photo, film, _ = album.params["media"]
    assert (photo["type"], film["type"]) == ("photo", "video")
    assert (film["width"], film["height"], film["duration"]) == (64, 96, 3)
    assert isinstance(film["thumbnail"], Upload)
    assert sender._files.known == {1: "tg-photo-1", 2: "tg-video-2", 3: "tg-photo-3",
                                   4: "tg-document-1"}  # type: ignore[attr-defined] # fmt: skip
    await sender.sends(1, 2)
    assert [one["media"] for one in sender.calls[-1].params["media"]] == [
        "tg-photo-1",
        "tg-video-2",
    ]


async def test_an_id_that_is_no_good_any_more_costs_a_second_try() -> None:
    sender = Sender()
    await sender.sends(1, 2)
    sender.stale = {"tg-video-2"}
    await sender.sends(1, 2)
    assert len(sender.calls) == 3
    assert all(isinstance(one["media"], Upload) for one in sender.calls[-1].params["media"])


async def test_what_is_too_heavy_for_one_call_goes_in_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(luggage, "_HEAVIEST", 25)
    sender = Sender()
    await sender.sends(1, 2, 3)
    assert [call.method for call in sender.calls] == ["sendMediaGroup", "sendPhoto"]
