"""How the options and the questions of a service look to staff. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.catalog.row_fields import Kind, Row, RowField
from bot.admin.parts import back, dotted, lines, named, short
from bot.i18n import Words
from bot.screen import Button, Screen, grid, press
from core.catalog.model import Service

SHOWN = 12


def _head(words: Words, service: Service, label: str) -> Markup:
    return words("<b>{service}</b> · {label}", service=named(service, words), label=label)


def listed(words: Words, service: Service, number: int, kind: Kind, keys: Sequence[int]) -> Screen:
    rows = kind.rows(service)
    told = [
        dotted(
            Markup("{}. <b>{}</b>").format(n, words.pick(row["names"])),
            *(short(field.show(words, row), 80) for field in kind.fields[1:]),
        )
        for n, row in enumerate(rows, 1)
    ]
    text = lines(
        _head(words, service, words.plain(kind.title)), Markup(""),
        *(told or [words("Nothing here yet.")]),
    )  # fmt: skip
    buttons = [
        Button(f"{n}", press("cpo", service.id, number, key)) for n, key in enumerate(keys, 1)
    ]
    add = Button(words.plain(kind.add), press("cpn", service.id, number))
    return Screen(text, [*grid(buttons, columns=4), [add], back(words, press("sv", service.id))])


def one(words: Words, service: Service, number: int, kind: Kind, row: Row, key: int) -> Screen:
    text = lines(
        _head(words, service, words.pick(row["names"])), Markup(""),
        *(
            words("{label}: <b>{value}</b>", label=words(field.label), value=field.show(words, row))
            for field in kind.fields
        ),
    )  # fmt: skip
    buttons = [
        Button(words.plain(field.label), press("cpf", service.id, number, key, place))
        for place, field in enumerate(kind.fields)
    ]
    last = [
        Button(words.plain("▲ Up"), press("cpm", service.id, number, key)),
        Button(words.plain("🗑 Remove"), press("cpx", service.id, number, key)),
    ]
    return Screen(text, [*grid(buttons), last, back(words, press("cp", service.id, number))])


def ask(words: Words, service: Service, number: int, field: RowField, row: Row, key: int) -> Screen:
    text = lines(
        _head(words, service, words.plain(field.label)),
        words("Now: {value}", value=field.show(words, row)), Markup(""), words(field.ask),
    )  # fmt: skip
    return Screen(text, [back(words, press("cpo", service.id, number, key))])


def add(words: Words, service: Service, number: int, kind: Kind) -> Screen:
    text = lines(
        _head(words, service, words.plain(kind.add)),
        words("Send the Chinese name and the English one, each on a line of its own."),
    )
    return Screen(text, [back(words, press("cp", service.id, number))])
