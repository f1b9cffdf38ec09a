"""Videos as people send them: copied without their metadata by a small process of its own, remux.py, two at once."""

import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.errors import Invalid

_PROGRAM = Path(__file__).with_name("remux.py")
_AT_ONCE = 2
_PATIENCE = 45.0


@dataclass(frozen=True, slots=True)
class Film:
    """A clean video as upright as it is shown, its length in seconds, and its first picture as a small JPEG."""

    content: bytes
    width: int
    height: int
    seconds: int
    cover: bytes


class Films:
    def __init__(self) -> None:
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def clean(self, content: bytes) -> Film:
        """Raises Invalid("file", "not_a_video" | "too_long" | "too_sharp")."""
        async with self._room:
            with tempfile.TemporaryDirectory(prefix="film") as folder:
                return await self._clean(Path(folder), content)

    @staticmethod
    async def _clean(folder: Path, content: bytes) -> Film:
        source, target, cover = (folder / name for name in ("in.mp4", "out.mp4", "cover.jpg"))
        await asyncio.to_thread(source.write_bytes, content)
        facts = json.loads(await _run(str(source), str(target), str(cover)) or "{}")
        if "seconds" not in facts:
            raise Invalid("file", facts.get("refused", "not_a_video"))
        copied, first = await asyncio.to_thread(lambda: (target.read_bytes(), cover.read_bytes()))
        return Film(content=copied, cover=first, **facts)


async def _run(*paths: str) -> bytes:
    """What the program says; nothing if it broke or took too long: whatever it met is no video for us."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(_PROGRAM), *paths, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env={},
    )  # fmt: skip
    try:
        said, _ = await asyncio.wait_for(process.communicate(), _PATIENCE)
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return said if process.returncode == 0 else b""
