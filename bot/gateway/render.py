"""The one renderer: safe markup in, text that Telegram takes out, never longer than it allows.

Telegram counts UTF-16 units of the visible text, so an entity counts as the character it stands for and a tag as
nothing; whatever is open where the text is cut gets closed.
"""

import html
import re

from markupsafe import Markup

TEXT_LIMIT, CAPTION_LIMIT, TOAST_LIMIT = 4096, 1024, 200
_TOKEN = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL
)
_BLANK = "…"


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sound(text: str) -> str:
    """Without what no message can carry: NUL and halves of surrogate pairs."""
    text = text.replace("\x00", "")
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def telegram_html(markup: Markup | str, *, limit: int = TEXT_LIMIT) -> str:
    """Markup as Telegram HTML of at most `limit` visible units; a plain str is escaped first."""
    text = sound(str(Markup.escape(markup)))
    if not plain(text).strip():
        return _BLANK
    if units(text) <= limit or units(html.unescape(re.sub(r"<[^>]*>", "", text))) <= limit:
        return text
    return _cut(text, limit - 1)


def _cut(text: str, room: int) -> str:
    parts: list[str] = []
    opened: list[str] = []
    for token in _TOKEN.finditer(text):
        closing, tag = token.group(1), token.group(2)
        if tag:
            if not closing:
                opened.append(tag)
            elif opened and opened[-1] == tag:
                opened.pop()
        else:
            room -= units(html.unescape(token.group()))
            if room < 0:
                break
        parts.append(token.group())
    return "".join(parts) + _BLANK + "".join(f"</{tag}>" for tag in reversed(opened))


def plain(markup: Markup | str, *, limit: int = TEXT_LIMIT) -> str:
    """The same without any formatting: the way out when Telegram cannot read the markup."""
    return cut_plain(sound(html.unescape(re.sub(r"<[^>]*>", "", str(markup)))), limit)


def cut_plain(text: str, limit: int) -> str:
    """Plain text of at most `limit` units."""
    if units(text) <= limit:
        return text
    kept, room = [], limit - 1
    for char in text:
        room -= units(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + _BLANK
