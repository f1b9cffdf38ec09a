"""Checks that every word people see is in the catalogues, translated, and with the same places for values.

`python -m tests.house.catalogues --update` brings the files up to date with the code; what lacks a translation
stays empty and is listed.
"""

import string
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
LOCALES = ROOT / "locales"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "words": None, "plain": None, "mark": None, "plural": (1, 2), "plain_plural": (1, 2),
}  # fmt: skip
LANGUAGES = ("zh_CN", "en")


def extracted() -> Catalog:
    """All messages of the code."""
    found = Catalog(project="Doorstep", charset="utf-8")
    for name, _, message, comments, _ in extract_from_dir(
        str(ROOT / "bot"), method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        if not name.startswith("sandbox"):
            found.add(message, None, [(f"bot/{name}", 0)], auto_comments=comments)
    return found


def file_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> dict[object, Message]:
    """The messages of a language's file by their id."""
    with file_of(language).open("rb") as file:
        return {_key(m): m for m in read_po(file, locale=language) if m.id}


def _key(message: Message) -> object:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _texts(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list | tuple) else [str(value or "")]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def faults() -> Iterator[str]:
    """Everything that is wrong, one line each."""
    wanted = {_key(message): message for message in extracted() if message.id}
    for language in LANGUAGES:
        there = kept(language)
        for key in wanted.keys() - there.keys():
            yield f"{language}: missing {key!r} (make messages)"
        for key in there.keys() - wanted.keys():
            yield f"{language}: no longer used {key!r} (make messages)"
        for key in wanted.keys() & there.keys():
            yield from _wrong(language, there[key])


def _wrong(language: str, message: Message) -> Iterator[str]:
    allowed = set().union(*(_places(text) for text in _texts(message.id)))
    for text in _texts(message.string):
        if not text:
            yield f"{language}: not translated {message.id!r}"
        elif not _places(text) <= allowed:
            yield f"{language}: other values in {text!r} than in {message.id!r}"


def update() -> None:
    """Writes the template and each language, keeping what is translated."""
    template = extracted()
    _write(LOCALES / "messages.pot", template)
    for language in LANGUAGES:
        there, fresh = kept(language), Catalog(locale=language, project="Doorstep", charset="utf-8")
        for message in template:
            if message.id:
                known = there.get(_key(message))
                said = known.string if known else message.id if language == "en" else ""
                fresh.add(message.id, said, message.locations, message.flags)
        _write(file_of(language), fresh)


def _write(path: Path, catalogue: Catalog) -> None:
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)


def main() -> int:
    if "--update" in sys.argv:
        update()
    wrong = sorted(faults())
    print("\n".join(wrong) if wrong else "catalogues: complete")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
