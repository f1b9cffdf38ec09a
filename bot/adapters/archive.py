"""A backup as one file: a label, the copy of the database, the files people sent, all locked.

Written beside its place and moved there when it is whole. No key is ever in it but the one that signs links.
"""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final, cast

from bot.adapters.sealed import SealedReader, SealedWriter
from core.backups.model import FORMAT, Label
from core.errors import Unusable

LABEL: Final = "label.json"
DATABASE, FILES, BESIDE = "database", "files", "beside"
# Text and tables shrink to a fifth even so; photos don't shrink at all.
_EFFORT = 3
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Places:
    """What goes in: the database's copy, the root of the files, and small things kept beside the data."""

    copy: Path
    files: Path
    beside: tuple[Path, ...] = ()


def pack(
    target: Path, key: bytes, label: Callable[[int, tuple[str, ...]], Label], places: Places,
    paths: Sequence[str], told: Callable[[int], None],
) -> Label:  # fmt: skip
    """Writes it; the label comes last, when it is known what went in."""
    part = target.with_suffix(".part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            total = sum(path.stat().st_size for path in places.copy.iterdir())
            with _tar_into(file, key, total, told) as tar:
                for path in sorted(places.copy.iterdir()):
                    tar.add(path, f"{DATABASE}/{path.name}", filter=_plain)
                for path in filter(Path.exists, places.beside):
                    tar.add(path, f"{BESIDE}/{path.name}", filter=_plain)
                missing = tuple(_add_files(tar, places.files, paths, told))
                written = label(len(paths) - len(missing), missing)
                _add_label(tar, written)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _settle(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return written


class _Counted(gzip.GzipFile):
    """Says how much of the database has gone through; whoever listens may break it off."""

    def __init__(self, target: BinaryIO, total: int, told: Callable[[int], None]) -> None:
        self._total, self._told, self._through = max(total, 1), told, 0
        super().__init__(fileobj=target, mode="wb", compresslevel=_EFFORT, mtime=0)

    def write(self, data: Any) -> int:
        self._through += len(data)
        self._told(min(100, self._through * 100 // self._total))
        return super().write(data)


@contextmanager
def _tar_into(
    file: BinaryIO, key: bytes, total: int, told: Callable[[int], None]
) -> Iterator[tarfile.TarFile]:
    with (
        SealedWriter(file, key) as sealed,
        _Counted(cast(BinaryIO, sealed), total, told) as packed,
        tarfile.open(fileobj=packed, mode="w|", bufsize=_BLOCK) as tar,
    ):
        yield tar


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine and its people."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _add_files(
    tar: tarfile.TarFile, root: Path, paths: Sequence[str], told: Callable[[int], None]
) -> Iterator[str]:
    """Those that went meanwhile are named."""
    for number, path in enumerate(paths):
        try:
            tar.add(root / path, f"{FILES}/{path}", filter=_plain)
        except FileNotFoundError:
            yield path
        told((number + 1) * 100 // len(paths))


def _add_label(tar: tarfile.TarFile, label: Label) -> None:
    content = json.dumps(label.told()).encode()
    member = _plain(tarfile.TarInfo(LABEL))
    member.size = len(content)
    tar.addfile(member, BytesIO(content))


def _settle(folder: Path) -> None:
    """The name is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unpack(source: Path, keys: Sequence[bytes], into: Path, told: Callable[[int], None]) -> Label:
    """Everything into an empty folder, to the last byte. Raises Unusable."""
    try:
        with source.open("rb") as file:
            size = max(source.stat().st_size, 1)
            with BufferedReader(SealedReader(file, keys), _BLOCK) as opened:
                return _read(_unpacked(opened, into, lambda: told(file.tell() * 100 // size)))
    except FileNotFoundError:
        raise Unusable("no_file") from None
    except IsADirectoryError:
        raise Unusable("foreign") from None
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile):
        raise Unusable("damaged") from None


def _unpacked(opened: Any, into: Path, told: Callable[[], None]) -> bytes:
    """The label; the rest lies in the folder."""
    label = b""
    with (
        gzip.GzipFile(fileobj=opened) as packed,
        tarfile.open(fileobj=packed, mode="r|", bufsize=_BLOCK) as tar,
    ):
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is None:
                raise Unusable("damaged")
            if member.name == LABEL:
                label = content.read()
            else:
                _put_down(content, into / _safe(member.name), told)
    while opened.read(_BLOCK):  # to the very end: nothing may follow unseen
        pass
    return label


def _safe(name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in (DATABASE, FILES, BESIDE):
        raise Unusable("damaged")
    return Path(*path.parts)


def _put_down(content: IO[bytes], target: Path, told: Callable[[], None]) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(_BLOCK):
            file.write(block)
            told()


def _read(content: bytes) -> Label:
    try:
        told = json.loads(content)
        if told["format"] > FORMAT:
            raise Unusable("newer", {"version": str(told.get("version", "?"))})
        return Label.read(told)
    except (ValueError, KeyError, TypeError):
        raise Unusable("damaged") from None


def differing_files(
    root: Path, named: Sequence[tuple[str, str]], label: Label
) -> list[str]:  # fmt: skip
    """What is wrong with the files the rows speak of: each is there, and is what it was."""
    gone = set(label.missing)
    wanted = [(path, digest) for path, digest in named if path not in gone]
    found = [] if len({path for path, _ in named}) - len(gone) == label.files else ["files"]
    for path, digest in wanted:
        file = root / path
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return ["files"]
    return found
