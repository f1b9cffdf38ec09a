"""How the tree of services, one category, one service and the question for a value look."""

from collections.abc import Collection, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.catalog.fields import FIELDS, GROUPS, Field, Group, fields_of
from bot.admin.catalog.lacking import lacking
from bot.admin.parts import back, lines, named, short
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category, Edit, Service, Thing

LONGEST_VALUE, PAGE = 160, 5
News = Markup | None


def category(
    words: Words, here: Category | None, inside: Sequence[Category], services: Sequence[Service],
    number: int, edited: Collection[int], *, changes: bool,
) -> Screen:  # fmt: skip
    """`edited`: the things of the draft."""
    things: list[Thing] = [*inside, *services]
    page = Page.of(things, number, PAGE)
    key = here.id if here else 0
    title = named(here, words) if here else words("🗂 Services")
    text = lines(
        Markup("<b>{}</b>").format(title),
        words("Hidden ones are marked 🙈.") if any(one.hidden for one in things) else None,
        _draft_line(words, len(edited)) if here is None or key in edited else None,
        None if things else words("Nothing here yet."),
    )
    rows = grid([_leaf(words, one, one.id in edited) for one in page.items])
    rows += page.turns("cat", key)
    if changes:
        rows.append(_adding(words, here))
    last = back(words, press("cat", here.parent_id or 0, 0)) if here else []
    last += [draft_button(words, len(edited))] if edited else []
    return Screen(text, [*rows, last] if last else rows)


def _draft_line(words: Words, count: int) -> Markup | None:
    if not count:
        return None
    return words.plural(
        "✏️ {n} change waits in the draft.", "✏️ {n} changes wait in the draft.", count
    )


def draft_button(words: Words, count: int) -> Button:
    return Button(words.plain("📋 Draft ({n})", n=count), press("dr", 0), style="primary")


def _adding(words: Words, here: Category | None) -> list[Button]:
    more = [Button(words.plain("➕ Category"), press("cn", here.id if here else 0))]
    if here is None:
        return [*more, Button(words.plain("📄 As a file"), press("cf"))]
    service = Button(words.plain("➕ Service"), press("sn", here.id))
    return [service, *more, Button(words.plain("⚙️ Edit"), press("sv", here.id))]


def _leaf(words: Words, one: Thing, edited: bool) -> Button:
    signs = ("✏️ " if edited else "") + ("🙈 " if one.hidden else "")
    data = press("sv", one.id) if isinstance(one, Service) else press("cat", one.id, 0)
    return Button(short(signs + named(one, words), 24), data)


def above(thing: Thing) -> str:
    """Where Back leads from its page."""
    if isinstance(thing, Service):
        return press("cat", thing.category_id, 0)
    return press("cat", thing.id, 0)


def thing(
    words: Words, one: Thing, edit: Edit | None, *, changes: bool, news: Markup | None = None,
    count: int = 0, now: datetime,
) -> Screen:  # fmt: skip
    """All values of one thing as the draft has it; `count`: of edits in the draft."""
    told = [value_line(words, field, one) for _, field in fields_of(one)]
    text = lines(
        news,
        Markup("<b>{}</b>").format(named(one, words)),
        Markup(""),
        *told,
        *_lists(words, one),
        *lacking(words, one),
        edited_line(words, edit, now=now),
        words("Orders already placed keep their price and rules."),
    )
    rows = _doors(words, one, changes=changes)
    last = [*back(words, above(one)), *([draft_button(words, count)] if count else [])]
    return Screen(text, [*rows, last])


def _lists(words: Words, one: Thing) -> list[Markup]:
    if not isinstance(one, Service):
        return []
    return [
        words(
            "{label}: <b>{value}</b>",
            label=label,
            value=words.plain(", ").join(map(words.pick, names)),
        )
        for label, names in (
            (words("Options"), [row["names"] for row in one.options]),
            (words("Questions"), [row["names"] for row in one.questions]),
        )
        if names
    ]


def _doors(words: Words, one: Thing, *, changes: bool) -> list[list[Button]]:
    preview = Button(words.plain("👁 Preview"), press("pv", one.id, 0))
    if not changes:
        return [[preview]]
    if isinstance(one, Category):
        return [*grid(_asking(words, one, None)), *placing(words, one, preview)]
    doors = [
        Button(words.plain(label), press("cg", one.id, int(group)))
        for group, label in GROUPS.items()
    ]
    doors += [
        Button(words.plain("🧩 Options ({n})", n=len(one.options)), press("cp", one.id, 0)),
        Button(words.plain("❓ Questions ({n})", n=len(one.questions)), press("cp", one.id, 1)),
        preview,
    ]
    return grid(doors)


def _asking(words: Words, one: Thing, group: Group | None) -> list[Button]:
    return [
        Button(words.plain(field.label), press("sf", one.id, number))
        for number, field in fields_of(one, group)
    ]


def placing(words: Words, one: Thing, *more: Button) -> list[list[Button]]:
    return [
        [Button(words.plain("▲ Up"), press("cm", one.id, 0)),
         Button(words.plain("▼ Down"), press("cm", one.id, 1))],
        [Button(words.plain("📂 Category"), press("ch", one.id, 0)),
         Button(words.plain("🗑 Remove"), press("cx", one.id)), *more],
    ]  # fmt: skip


def value_line(words: Words, field: Field, one: Thing) -> Markup:
    value = short(field.show(words, one), LONGEST_VALUE)
    return words("{label}: <b>{value}</b>", label=words(field.label), value=value)


def edited_line(words: Words, edit: Edit | None, *, now: datetime) -> Markup | None:
    if edit is None:
        return None
    return words(
        "✏️ In the draft: {name}, {when}", name=edit.name, when=words.moment(edit.at, now=now)
    )


def group(
    words: Words, one: Service, which: Group, row: Sequence[Thing], *, news: Markup | None = None,
    count: int = 0,
) -> Screen:  # fmt: skip
    """Some of its values, each with a button; `row`: the services beside it, in their order."""
    text = lines(
        news,
        words("<b>{service}</b> · {label}", service=named(one, words), label=words(GROUPS[which])),
        Markup(""),
        *(value_line(words, field, one) for _, field in fields_of(one, which)),
        _place(words, one, row) if which is Group.PLACE else None,
        *lacking(words, one),
    )
    rows = grid(_asking(words, one, which))
    if which is Group.PLACE:
        rows += placing(words, one)
    last = [*back(words, press("sv", one.id)), *([draft_button(words, count)] if count else [])]
    return Screen(text, [*rows, last])


def _place(words: Words, one: Thing, row: Sequence[Thing]) -> Markup:
    here = [thing.id for thing in row].index(one.id)
    return words("Place in its category: <b>{n}</b> of {of}", n=here + 1, of=len(row))


def ask(words: Words, one: Thing, number: int) -> Screen:
    field = FIELDS[number]
    text = lines(
        words("<b>{service}</b> · {label}", service=named(one, words), label=words(field.label)),
        words("Now: {value}", value=field.show(words, one)),
        Markup(""),
        words(field.ask),
    )
    many = len(field.choices) > 4
    choices = [
        Button(short(words.plain(label), 19 if many else 40), press("sb", one.id, number, choice))
        for choice, (label, _) in enumerate(field.choices)
    ]
    columns = 2 if many else 1
    away = (
        press("cg", one.id, int(field.group)) if isinstance(one, Service) else press("sv", one.id)
    )
    return Screen(text, [*grid(choices, columns=columns), back(words, away)])


def name_of_page(words: Words, here: Category | None) -> str:
    return named(here, words) if here else words.plain("the main list")


def homes(words: Words, one: Thing, found: Sequence[Category], number: int) -> Screen:
    """Where it could be instead; a category may stand in the main list, too."""
    page = Page.of(found, number, PAGE)
    text = words("📂 <b>Which category is {name} to be in?</b>", name=named(one, words))
    rows = grid(
        [
            Button(short(named(each, words), 24), press("chy", one.id, each.id))
            for each in page.items
        ]
    )
    rows += page.turns("ch", one.id)
    if isinstance(one, Category) and one.parent_id is not None:
        rows.append([Button(words.plain("🗂 The main list"), press("chy", one.id, 0))])
    away = (
        press("cg", one.id, int(Group.PLACE)) if isinstance(one, Service) else press("sv", one.id)
    )
    return Screen(text, [*rows, back(words, away)])


def add(words: Words, here: Category | None, *, service: bool) -> Screen:
    where = name_of_page(words, here)
    title = (
        words("➕ <b>New service in {category}</b>", category=where) if service
        else words("➕ <b>New category in {category}</b>", category=where)
    )  # fmt: skip
    text = lines(
        title, words("Send the Chinese name and the English one, each on a line of its own.")
    )
    return Screen(text, [back(words, press("cat", here.id if here else 0, 0))])
