"""HTML becomes text and entities in UTF-16 units, or is refused with the place of the fault."""

import random
from typing import Any

import pytest

from bot.sandbox import entities
from bot.sandbox.refusals import Refused


def read(text: str) -> tuple[str, list[dict[str, Any]]]:
    return entities.read(text, "HTML", None)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("<b>bold</b>", "bold", [{"type": "bold", "offset": 0, "length": 4}]),
        ("😀<i>a</i>", "😀a", [{"type": "italic", "offset": 2, "length": 1}]),
        ("  <b> x </b>  ", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("1 &lt; 2 &amp; &#x4e2d;", "1 < 2 & 中", []),
        ("a & b", "a & b", []),
        (
            '<a href="https://a.bc/?x=1&amp;y=2">go</a>',
            "go",
            [{"type": "text_link", "offset": 0, "length": 2, "url": "https://a.bc/?x=1&y=2"}],
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
        ),
        (
            '<tg-time unix="1780000000" format="wDT">Mon</tg-time>',
            "Mon",
            [
                {
                    "type": "date_time",
                    "offset": 0,
                    "length": 3,
                    "unix_time": 1780000000,
                    "date_time_format": "wDT",
                }
            ],
        ),
        (
            "<blockquote expandable>long</blockquote>",
            "long",
            [{"type": "expandable_blockquote", "offset": 0, "length": 4}],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("see /orders", "see /orders", [{"type": "bot_command", "offset": 4, "length": 7}]),
        ("<code>/orders</code>", "/orders", [{"type": "code", "offset": 0, "length": 7}]),
        ("", "", []),
    ],
)
def test_html_is_read_as_telegram_reads_it(
    source: str, text: str, found: list[dict[str, Any]]
) -> None:
    assert read(source) == (text, found)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b", 'Unclosed start tag "b" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ],
)
def test_broken_html_is_refused_with_its_place(source: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_no_text_whatever_breaks_the_reader() -> None:
    seed = random.randrange(10**9)
    print("seed", seed)
    chance = random.Random(seed)
    parts = [
        "<b>",
        "</b>",
        "<",
        ">",
        "&",
        "&lt;",
        "😀",
        "汉",
        " ",
        "\n",
        '<a href="',
        '"',
        "</",
        "x",
        "/",
        "=",
    ]
    for _ in range(3_000):
        source = "".join(chance.choices(parts, k=chance.randrange(12)))
        try:
            text, found = read(source)
        except Refused:
            continue
        assert all(
            0 <= e["offset"] < e["offset"] + e["length"] <= entities.units(text) for e in found
        )
