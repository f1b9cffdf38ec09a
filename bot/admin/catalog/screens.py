"""How the tree of services, one service and the question for a value look."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.catalog.fields import FIELDS
from bot.admin.parts import back, lines, named, short
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.editing import whole
from core.catalog.model import Category, Service


def category(
    words: Words, here: Category | None, inside: Sequence[Category], services: Sequence[Service],
    number: int, *, changes: bool,
) -> Screen:  # fmt: skip
    things: list[Category | Service] = [*inside, *services]
    page = Page.of(things, number, 6)
    key = here.id if here else 0
    title = named(here, words) if here else words("🗂 Services")
    text = lines(
        Markup("<b>{}</b>").format(title),
        words("Hidden ones are marked 🙈.") if any(one.hidden for one in things) else None,
        None if things else words("Nothing here yet."),
    )
    rows = grid([_leaf(words, one) for one in page.items])
    rows += page.turns("cat", key)
    if here is not None:
        if changes and not inside:
            rows.append([Button(words.plain("➕ Add a service"), press("sn", key))])
        rows.append(back(words, press("cat", here.parent_id or 0, 0)))
    return Screen(text, rows)


def _leaf(words: Words, one: Category | Service) -> Button:
    label = ("🙈 " if one.hidden else "") + named(one, words)
    data = press("sv", one.id) if isinstance(one, Service) else press("cat", one.id, 0)
    return Button(short(label, 24), data)


def service(
    words: Words, one: Service, *, changes: bool, changed: tuple[str, str, str] | None = None,
    fresh: bool = False, outside: int = 0,
) -> Screen:  # fmt: skip
    told = [
        words("{label}: <b>{value}</b>", label=words(field.label), value=field.show(words, one))
        for field in FIELDS
    ]
    news = None
    if changed:
        label, was, now = changed
        news = words("✓ {label}: {was} → {now}", label=words(label), was=was, now=now)
    text = lines(
        news,
        words.plural(
            "{n} provider asks a price outside. It stays until they change it; they are told.",
            "{n} providers ask prices outside. They stay until they change them; they are told.",
            outside,
        ) if outside else None,
        words("✓ Added. It stays hidden until you show it.") if fresh else None,
        Markup("<b>{}</b>").format(named(one, words)),
        Markup(""),
        *told,
        words("⚠️ Not bookable yet: name, price band or deposit lacks.")
        if not whole(service=one) else None,
        words("Orders already placed keep their price and rules."),
    )  # fmt: skip
    buttons = [
        Button(words.plain(field.label), press("sf", one.id, number))
        for number, field in enumerate(FIELDS)
    ]
    rows = grid(buttons) if changes else []
    return Screen(text, [*rows, back(words, press("cat", one.category_id, 0))])


def ask(words: Words, one: Service, number: int) -> Screen:
    field = FIELDS[number]
    text = lines(
        words("<b>{service}</b> · {label}", service=named(one, words), label=words(field.label)),
        words("Now: {value}", value=field.show(words, one)),
        Markup(""),
        words(field.ask),
    )
    rows = [
        [Button(words.plain(label), press("sb", one.id, number, choice))]
        for choice, (label, _) in enumerate(field.choices)
    ]
    return Screen(text, [*rows, back(words, press("sv", one.id))])


def add(words: Words, here: Category) -> Screen:
    text = lines(
        words("➕ <b>New service in {category}</b>", category=named(here, words)),
        words("Send the Chinese name and the English one, each on a line of its own."),
    )
    return Screen(text, [back(words, press("cat", here.id, 0))])
