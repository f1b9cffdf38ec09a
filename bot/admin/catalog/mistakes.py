"""Mistakes of an imported file in words: the line, what is wrong, what to do. Pure."""

from collections.abc import Callable

from bot.admin.catalog.lacking import lack
from bot.i18n import Words
from core.catalog.sheet.nodes import Mistake

Say = Callable[[Mistake, Words], str]
MONEY, SHARE = {"band", "price"}, {"commission", "deposit"}


def mistake(words: Words, one: Mistake) -> str:
    """A line of text, bare."""
    said = SAYS.get(one.why, _unclear)(one, words)
    return words.plain("Line {n}: {what}", n=one.line, what=said) if one.line else said


def _unclear(one: Mistake, words: Words) -> str:
    return words.plain("“{key}” can't be read. Please look at an exported file.", key=one.key)


def _unknown_key(one: Mistake, words: Words) -> str:
    if near := one.facts["near"]:
        return words.plain("“{key}” is not known. Is “{near}” meant?", key=one.key, near=near)
    known = ", ".join(one.facts["known"])
    return words.plain(
        "“{key}” is not known. Take it out, or one of: {known}", key=one.key, known=known
    )


def _bounds(one: Mistake, words: Words) -> str:
    low, high = (_value(one, words, int(one.facts[name])) for name in ("low", "high"))
    step = int(one.facts["step"])
    if step > 1 and one.key not in MONEY | SHARE:
        return words.plain(
            "“{key}” must be {low} to {high}, in steps of {step}.",
            key=one.key, low=low, high=high, step=step,
        )  # fmt: skip
    return words.plain("“{key}” must be {low} to {high}.", key=one.key, low=low, high=high)


def _value(one: Mistake, words: Words, value: int) -> str:
    if one.key in MONEY:
        return words.money(value)
    return words.percent(value) if one.key in SHARE else words.number(value)


def _length(one: Mistake, words: Words) -> str:
    return words.plain(
        "“{key}” is empty or too long, {most} at most.", key=one.key, most=one.facts["most"]
    )


def _too_many(one: Mistake, words: Words) -> str:
    return words.plain(
        "Too many “{key}”, or one twice, or a lonely one: {most} at most.",
        key=one.key, most=one.facts["most"],
    )  # fmt: skip


def _unknown(one: Mistake, words: Words) -> str:
    known = KNOWN.get(str(one.facts.get("of")), "")
    if known:
        return words.plain("“{key}” can be one of: {known}", key=one.key, known=known)
    return _unclear(one, words)


def _lacks(one: Mistake, words: Words) -> str:
    what = words.plain(", ").join(lack(words, one.facts["thing"], one.facts["lacks"]))
    return words.plain(
        "“{key}” lacks {what}. Add it, or write “hidden: true”.", key=one.key, what=what
    )


KNOWN: dict[str, str] = {
    "unit": "visit, unit, hour, sqm, metre, person", "payment": "full, deposit, free",
    "work_photos": "none, before, after, both",
}  # fmt: skip
SAYS: dict[str, Say] = {
    "yaml": lambda x, w: w.plain(
        "this is no YAML. Look at the indentation, brackets and quotes here and one line above."
    ),
    "alias": lambda x, w: w.plain("References (“&”, “*”) are not taken. Please write it out."),
    "too_deep": lambda x, w: w.plain("Categories stand too deep in each other."),
    "empty": lambda x, w: w.plain("The file is empty."),
    "too_large": lambda x, w: w.plain(
        "The file is too large, {most} KB at most.", most=x.facts["most"]
    ),
    "encoding": lambda x, w: w.plain("The file must be saved as UTF-8 text."),
    "mapping": lambda x, w: w.plain("“{key}” needs lines of “name: value” here.", key=x.key),
    "list": lambda x, w: w.plain("“{key}” must be a list: lines with “- ” or [..].", key=x.key),
    "languages": lambda x, w: w.plain(
        "“{key}” needs its words per language, as zh_CN: … and en: …", key=x.key
    ),
    "text": lambda x, w: w.plain("“{key}” must be words.", key=x.key),
    "number": lambda x, w: w.plain("“{key}” must be a number.", key=x.key),
    "flag": lambda x, w: w.plain("“{key}” must be true or false.", key=x.key),
    "band": lambda x, w: w.plain("“{key}” needs two prices, for example [80, 200].", key=x.key),
    "order": lambda x, w: w.plain("The lowest price must lie below the highest."),
    "missing": lambda x, w: w.plain("“{key}” is missing.", key=x.key),
    "twice": lambda x, w: w.plain(
        "“{key}” stands here twice, first in line {n}. Take one out.", key=x.key, n=x.facts["first"]
    ),
    "duplicate": lambda x, w: w.plain(
        "The code “{key}” is taken by line {n}. Each needs its own.", key=x.key, n=x.facts["first"]
    ),
    "currency": lambda x, w: w.plain(
        "The amounts are in {said}, but we count in {ours}.",
        said=x.facts["said"],
        ours=x.facts["ours"],
    ),
    "unknown_key": _unknown_key,
    "unknown": _unknown,
    "bounds": _bounds,
    "length": _length,
    "too_many": _too_many,
    "lacks": _lacks,
}
