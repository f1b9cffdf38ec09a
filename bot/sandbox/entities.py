"""Telegram's HTML read into text and entities, with its error texts; and the entities it finds in plain text."""

import html
import re
from typing import Any

from bot.sandbox.refusals import bad

Entity = dict[str, Any]

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'，。！？；：）])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})\b"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
    r"|(?<![\w+])(?P<phone_number>\+\d{1,3}[ -]?\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4})(?!\w)"
)
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']+)\s*(=?)\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']*)")
_REFERENCE = re.compile(r"&(?:#x[0-9a-fA-F]+|#\d+|lt|gt|amp|quot);?")


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def read(text: str, parse_mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    """The text that people see and its entities, without the white space around it."""
    if parse_mode and parse_mode.lower() == "html":
        plain, entities = _html(text)
    elif parse_mode:
        raise bad("unsupported parse_mode")
    else:
        plain, entities = text, list(given or [])
    plain, entities = _trimmed(plain.replace("\r", ""), entities)
    return plain, _with_found(plain, entities)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    kept = text.strip()
    before = units(text[: len(text) - len(text.lstrip())])
    length, found = units(kept), []
    for entity in entities:
        start = max(0, entity["offset"] - before)
        end = min(length, entity["offset"] + entity["length"] - before)
        if end > start:
            found.append({**entity, "offset": start, "length": end - start})
    return kept, found


def _with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds commands, links, mentions and numbers where no entity of that sort is already."""
    opaque = [e for e in entities if e["type"] in ("code", "pre", "text_link")]
    found = list(entities)
    for match in FOUND.finditer(text):
        start, length = units(text[: match.start()]), units(match.group())
        if not any(
            e["offset"] < start + length and start < e["offset"] + e["length"] for e in opaque
        ):
            found.append({"type": str(match.lastgroup), "offset": start, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


class _Reader:
    """One pass over the HTML; offsets in complaints are bytes, as in Telegram's."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int, dict[str, str]]] = []
        self.entities: list[Entity] = []

    def add(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def offset(self, at: int) -> int:
        return len(self.text[:at].encode())

    def fail(self, words: str, at: int) -> Exception:
        return bad(f"can't parse entities: {words} at byte offset {self.offset(at)}")


def _html(text: str) -> tuple[str, list[Entity]]:
    reader = _Reader(text)
    while reader.at < len(text):
        if text[reader.at] != "<":
            _read_text(reader)
        elif text.startswith("</", reader.at):
            _read_end(reader)
        else:
            _read_start(reader)
    if reader.open:
        tag = reader.open[-1][0]
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\"")
    order = sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reader.out), order


def _read_text(reader: _Reader) -> None:
    end = reader.text.find("<", reader.at)
    end = len(reader.text) if end < 0 else end
    reader.add(_unescaped(reader.text[reader.at : end]))
    reader.at = end


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(lambda match: html.unescape(match.group()), text)


def _read_start(reader: _Reader) -> None:
    begin = reader.at
    match = re.compile(r"<([^\s>/]*)").match(reader.text, begin)
    assert match is not None
    tag = match.group(1).lower()
    if tag not in SIMPLE:
        raise reader.fail(f'Unsupported start tag "{tag}"', begin)
    reader.at = match.end()
    attributes = _read_attributes(reader, tag, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise reader.fail('Tag "span" must have class "tg-spoiler"', begin)
    reader.open.append((tag, reader.length, attributes))


def _read_attributes(reader: _Reader, tag: str, begin: int) -> dict[str, str]:
    found: dict[str, str] = {}
    while True:
        while reader.at < len(reader.text) and reader.text[reader.at].isspace():
            reader.at += 1
        if reader.at >= len(reader.text):
            raise reader.fail(f'Unclosed start tag "{tag}"', begin)
        if reader.text[reader.at] == ">":
            reader.at += 1
            return found
        match = _ATTRIBUTE.match(reader.text, reader.at)
        if match is None or match.end() == reader.at:
            raise reader.fail(f'Empty attribute name in the tag "{tag}"', begin)
        name, equal, value = match.groups()
        if not equal and name != "expandable":
            raise reader.fail(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
            )
        found[name.lower()] = _unescaped(value.strip("\"'"))
        reader.at = match.end()


def _read_end(reader: _Reader) -> None:
    begin = reader.at
    if not reader.open:
        raise reader.fail("Unexpected end tag", begin)
    end = reader.text.find(">", begin)
    if end < 0:
        raise reader.fail("Unclosed end tag", begin)
    name = reader.text[begin + 2 : end].strip().lower()
    tag, start, attributes = reader.open.pop()
    if name and name != tag:
        words = f'Unmatched end tag at byte offset {reader.offset(begin)}, expected "</{tag}>"'
        raise bad(f'can\'t parse entities: {words}, found "</{name}>"')
    reader.at = end + 1
    _close(reader, tag, start, attributes)


def _close(reader: _Reader, tag: str, start: int, attributes: dict[str, str]) -> None:
    if reader.length == start:
        return
    entity: Entity = {"type": SIMPLE[tag], "offset": start, "length": reader.length - start}
    extra = _extra(reader, tag, entity, attributes)
    if extra is not None:
        reader.entities.append(entity | extra)


def _extra(
    reader: _Reader, tag: str, entity: Entity, attributes: dict[str, str]
) -> dict[str, Any] | None:
    """Fields of the special tags; None where Telegram keeps the text and makes no entity."""
    if tag == "a":
        return _link(attributes.get("href") or "".join(reader.out)[-entity["length"] :])
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id", "")}
    if tag == "tg-time":
        return _time(attributes)
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return _language(reader, attributes["class"].removeprefix("language-"))
    if tag == "code" and reader.open and reader.open[-1][0] == "pre":
        return None
    return {"language": attributes["language"]} if "language" in attributes else {}


def _link(url: str) -> dict[str, Any] | None:
    if url.startswith("tg://user?id=") and url[13:].isdigit():
        return {"url": url}
    return {"url": url} if re.match(r"(https?://|tg://|mailto:|tel:)\S+$|\S+\.\S+$", url) else None


def _time(attributes: dict[str, str]) -> dict[str, Any]:
    if not attributes.get("unix", "").lstrip("-").isdigit():
        raise bad('can\'t parse entities: Invalid date specified in the tag "tg-time"')
    time = {"unix_time": int(attributes["unix"])}
    kind = attributes.get("format", "")
    if not re.fullmatch(r"r?|w?[dD]?[tT]?", kind):
        raise bad('can\'t parse entities: Invalid date format specified in the tag "tg-time"')
    return {**time, "date_time_format": kind} if kind else dict(time)


def _language(reader: _Reader, language: str) -> dict[str, Any] | None:
    """<pre><code class="language-x"> is one entity: the code's language goes to the pre around it."""
    if reader.open and reader.open[-1][0] == "pre":
        reader.open[-1][2]["language"] = language
        return None
    return {}
