"""A text of ours and the gaps in it, taken apart once: formatting it anew was the most of what making a screen took."""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

from markupsafe import Markup, escape

Parts = tuple[tuple[str, str | None], ...]
"""Markup as it stands, and the name of what comes after it."""


def filled(text: str, values: Mapping[str, object]) -> Markup:
    """As `Markup(text).format(**values)`: every value is escaped that is not markup itself."""
    parts = _parts(text)
    if parts is None:
        return Markup(text).format(**values)
    said: list[str] = []
    for literal, name in parts:
        said.append(literal)
        if name is not None:
            said.append(escape(values[name]))
    return Markup("".join(said))


@lru_cache(maxsize=16384)  # every text in every language
def _parts(text: str) -> Parts | None:
    """None where a value is to be formatted or looked into, which takes the long way."""
    found = list(Formatter().parse(text))
    plain = all(
        name is None or (name.isidentifier() and not spec and not how)
        for _, name, spec, how in found
    )
    return tuple((literal, name) for literal, name, _, _ in found) if plain else None
