"""The next version brings the tables up to date: `python -m tests.reliability.changing URL FOLDER REVISION PATIENCE`.

The folder holds this version's steps and those of tests/reliability/changes.
"""

import asyncio
import shutil
import sys
from pathlib import Path

from bot.refusals import WORDS, told
from db import revisions
from db.migrate import migrate

CHANGES = Path(__file__).parent / "changes"


def next_version(folder: Path) -> Path:
    """All steps there are, and those that follow."""
    shutil.copytree(revisions.HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for step in sorted(CHANGES.glob("9*.py")):
        text = step.read_text("utf-8").replace("HEAD", revisions.head())
        (folder / "versions" / step.name).write_text(text, "utf-8")
    return folder


def main() -> int:
    url, folder, revision, patience = sys.argv[1:]
    revisions.HERE = Path(folder)
    try:
        asyncio.run(migrate(url, revision=revision, patience=float(patience)))
    except tuple(WORDS) as refusal:
        print(told(refusal))
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
