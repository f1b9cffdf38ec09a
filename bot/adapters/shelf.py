"""The folder in which backups lie, named after the moment they are of; for nobody's eyes but the owner's."""

import re
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"doorstep-(\d{8}T\d{6})Z\.backup")


class Shelf:
    def __init__(self, root: Path) -> None:
        self.root = root

    def place_for(self, taken_at: datetime) -> Path:
        """Where the next one goes."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.root / f"doorstep-{taken_at.astimezone(UTC):%Y%m%dT%H%M%S}Z.backup"

    def all(self) -> dict[str, datetime]:
        """Name → the moment the data is of."""
        if not self.root.is_dir():
            return {}
        found = {path.name: _NAME.fullmatch(path.name) for path in self.root.iterdir()}
        return {
            name: datetime.strptime(m[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            for name, m in found.items()
            if m
        }

    def latest(self) -> Path | None:
        taken = self.all()
        return self.root / max(taken, key=lambda name: taken[name]) if taken else None

    def drop(self, names: list[str]) -> None:
        """And what a broken-off work left behind."""
        for path in [*(self.root / name for name in names), *self.root.glob("doorstep-*.part")]:
            path.unlink(missing_ok=True)

    def size(self) -> int:
        return sum((self.root / name).stat().st_size for name in self.all())
