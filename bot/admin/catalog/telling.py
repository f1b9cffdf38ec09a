"""Differences of the catalogue in words: what is added, changed (old → new), hidden, shown again, removed. Pure."""

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from bot.admin.catalog.fields import FIELDS, Field
from bot.admin.parts import dotted, named, short
from bot.i18n import Words
from core.catalog.differences import Difference, Fate

LONGEST, LONGEST_LIST = 60, 200


def difference(words: Words, one: Difference, by: str = "") -> Markup:
    """One thing: what becomes of it, who wants that, and each value that is another one."""
    head = dotted(HEADS[one.fate](words, named(one.thing, words)), by)
    said = list(values(words, one))
    return Markup("\n    ").join([head, *said])


HEADS: dict[Fate, Callable[[Words, str], Markup]] = {
    Fate.ADDED: lambda words, name: words("➕ <b>{name}</b> is new", name=name),
    Fate.CHANGED: lambda words, name: Markup("✏️ <b>{}</b>").format(name),
    Fate.HIDDEN: lambda words, name: words("🙈 <b>{name}</b> is hidden", name=name),
    Fate.SHOWN: lambda words, name: words("👁 <b>{name}</b> is shown", name=name),
    Fate.REMOVED: lambda words, name: words("🗑 <b>{name}</b> is removed", name=name),
}


def values(words: Words, one: Difference) -> Iterator[Markup]:
    """Label: before → after."""
    left = set(one.values) - {"hidden"}
    for field in FIELDS:
        if left & set(field.names):
            left -= set(field.names)
            yield _field(words, field, one)
    for name, tell in OTHERS.items():
        if name in left:
            yield tell(words, one)


def _field(words: Words, field: Field, one: Difference) -> Markup:
    if field.names == ("keywords",):
        return words("{label}: {value}", label=words(field.label), value=_delta(one))
    was, now = (short(field.show(words, of), LONGEST) for of in (one.before, one.thing))
    return words("{label}: {value}", label=words(field.label), value=f"{was} → {now}")


def _delta(one: Difference) -> str:
    was, now = one.was("keywords"), one.now("keywords")
    told = [f"+{word}" for word in now if word not in was]
    told += [f"−{word}" for word in was if word not in now]
    return short(", ".join(told) or "↕", LONGEST_LIST)


def _rows(name: str, label: Callable[[Words], str]) -> Callable[[Words, Difference], Markup]:
    def tell(words: Words, one: Difference) -> Markup:
        was = {row["code"]: row for row in one.was(name)}
        now = {row["code"]: row for row in one.now(name)}
        told = [f"+{words.pick(row['names'])}" for code, row in now.items() if code not in was]
        told += [f"−{words.pick(row['names'])}" for code, row in was.items() if code not in now]
        told += [
            _row(words, was[code], row) for code, row in now.items()
            if code in was and was[code] != row
        ]  # fmt: skip
        return words(
            "{label}: {value}", label=label(words), value=words.plain(", ").join(told) or "↕"
        )

    return tell


def _row(words: Words, was: dict[str, Any], now: dict[str, Any]) -> str:
    """One option or question: what of it is another one."""
    told = []
    if was["names"] != now["names"]:
        told.append(f"→ {words.pick(now['names'])}")
    if was.get("price") != now.get("price"):
        told.append(f"{words.money(was['price'])} → {words.money(now['price'])}")
    if was.get("minutes") != now.get("minutes"):
        told.append(f"{words.minutes(was['minutes'])} → {words.minutes(now['minutes'])}")
    if was.get("max") != now.get("max"):
        told.append(f"×{was['max']} → ×{now['max']}")
    if was.get("choices") != now.get("choices"):
        told.append(" / ".join(words.pick(choice) for choice in now["choices"]) or "…")
    if was.get("required") != now.get("required"):
        told.append(
            words.plain("must be answered") if now["required"] else words.plain("may be skipped")
        )
    return f"{words.pick(was['names'])} {', '.join(told)}"


OTHERS: dict[str, Callable[[Words, Difference], Markup]] = {
    "options": _rows("options", lambda w: w.plain("Options")),
    "questions": _rows("questions", lambda w: w.plain("Questions")),
    "position": lambda words, one: words("another place in the list"),
    "category_id": lambda words, one: words("another category"),
    "parent_id": lambda words, one: words("another category"),
    "code": lambda words, one: Markup("code: {} → {}").format(one.was("code"), one.now("code")),
}


def plain_line(words: Words, one: Difference) -> str:
    """The same for the log, without marks."""
    return str(difference(words, one).striptags())
