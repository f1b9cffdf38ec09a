"""Whatever people write is shown literally, fits, and never breaks the markup."""

import html
import random
import re

import pytest
from markupsafe import Markup

from bot.gateway.render import plain, telegram_html, units

HOSTILE = [
    "<b>bold</b> & <script>alert(1)</script>",
    "&lt;already&gt; &amp; &#39;",
    "\u202eright to left\u202c",
    "\ud83d half \udc00",
    "nul\x00nul",
    "*_[](markdown)~`>#+-=|{}.!",
    "{name} %s {{7*7}} ${x}",
    "'; DROP TABLE orders; --",
    "👨‍👩‍👧‍👦🛠" * 900,
    "汉" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_shown_literally(text: str) -> None:
    shown = telegram_html(Markup("<b>{}</b>").format(text))
    inner = re.fullmatch(r"<b>(.*)</b>", shown, re.DOTALL)
    assert inner
    assert "<" not in inner.group(1)
    visible = html.unescape(inner.group(1))
    assert units(visible) <= 4096
    assert visible.rstrip("…")[:20] in text.replace("\x00", "") or "\ud83d" in text
    visible.encode()


def test_a_cut_counts_what_is_seen_and_closes_what_is_open() -> None:
    text = Markup("<b>{}<i>{}</i></b>").format("&" * 3000, "😀" * 3000)
    shown = telegram_html(text)
    assert units(plain(Markup(shown))) in (4095, 4096)
    assert shown.endswith("…</i></b>")
    assert shown.count("&amp;") == 3000


def test_random_markup_stays_balanced_wherever_it_is_cut() -> None:
    rng = random.Random(20261122)
    for _ in range(300):
        text = Markup("")
        for _ in range(rng.randrange(1, 12)):
            tag = rng.choice(["b", "i", "code"])
            word = "".join(rng.choice("a<&😀汉 \"'") for _ in range(rng.randrange(0, 40)))
            text += Markup(f"<{tag}>{{}}</{tag}>").format(word) + rng.choice(["", "x", "😀"])
        limit = rng.randrange(5, 200)
        shown = telegram_html(text, limit=limit)
        assert units(plain(Markup(shown))) <= limit
        opened: list[str] = []
        for closing, tag in re.findall(r"<(/?)(\w+)>", shown):
            assert not closing or opened.pop() == tag
            if not closing:
                opened.append(tag)
        assert opened == []


def test_nothing_is_never_sent() -> None:
    assert telegram_html(Markup(" <b></b> ")) == "…"
