"""What somebody typed with its formatting, as the markup that brings it out the same again."""

import html
from collections.abc import Sequence
from typing import Any, Final

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

# All others (mentions, hashtags, addresses) Telegram finds by itself.
KEPT: Final = frozenset({
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link",
    "blockquote", "expandable_blockquote",
})  # fmt: skip


def marked(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """Telegram HTML; `entities` are Telegram's own."""
    kept = [MessageEntity(**one) for one in entities if one["type"] in KEPT]
    return html_decoration.unparse(text, kept) if kept else html.escape(text, quote=False)
