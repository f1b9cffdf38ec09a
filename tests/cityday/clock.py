"""The one clock of the city, moved by whoever plays the day and read by the platform: eight bytes they share."""

import mmap
import struct
from datetime import UTC, datetime
from pathlib import Path

_SECONDS = struct.Struct("d")


class Clock:
    """Seconds since the epoch in a file."""

    def __init__(self, path: Path, begins: datetime | None = None) -> None:
        if begins is not None:
            path.write_bytes(_SECONDS.pack(begins.timestamp()))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _SECONDS.size)

    @property
    def seconds(self) -> float:
        return float(_SECONDS.unpack_from(self._shared)[0])

    @seconds.setter
    def seconds(self, value: float) -> None:
        _SECONDS.pack_into(self._shared, 0, value)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)
