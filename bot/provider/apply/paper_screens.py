"""How the questions about certificates look. Pure."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.provider.apply.screens import ends, page
from bot.provider.parts import back, short
from bot.screen import Button, Page, Screen, press
from core.catalog.service import Catalog
from core.people.dossier import Application, complete, kinds_of
from core.people.model import Certificate, CertificateState

PER_PAGE = 5


def papers(words: Words, application: Application, catalog: Catalog, number: int = 0) -> Screen:
    """What the chosen services need first, then what else may be shown."""
    have = {paper.kind: paper for paper in application.papers}
    others = [k for k in kinds_of(services=catalog.services()) if k not in application.needed]
    kinds = [*sorted(application.needed), *sorted(others, key=lambda k: k not in have)]
    missing = [k for k in application.needed if k not in have or not complete(paper=have[k])]
    shown = Page.of(kinds, number, PER_PAGE)
    text = page("papers", words, application, _why(words, application, missing),
                words("Customers see only that we have checked them."))  # fmt: skip
    rows = [
        [Button(_label(k, have.get(k), k in application.needed, words), press("apap", k))]
        for k in shown.items
    ]
    if not missing:
        rows.append([Button(words.plain("Done ▶"), press("apapok"), style="primary")])
    return Screen(text, [*rows, *shown.turns("apaps"), ends("papers", application, words)])


def _why(words: Words, application: Application, missing: Sequence[str]) -> Markup:
    if missing:
        return words("Your services need those marked ❗️: without them you get no orders.")
    if not application.needed:
        return words("Your services need none. Those you have earn more trust.")
    return words("You have all you need. More certificates earn more trust.")


def paper(words: Words, application: Application, one: Certificate) -> Screen:
    """What was told about one, each answer with a button to change it."""
    until = words.date(one.expires_on) if one.expires_on else words.plain("no end date")
    text = page(
        "papers", words, application, _head(one.kind, words),
        words("✖ Our staff couldn't accept it. Please send a better picture, or put it right.")
        if one.state is CertificateState.REJECTED else None,
        words("Number: <code>{number}</code>", number=one.number),
        words("Valid until: {day}", day=until), words("A picture of it is here. ✅"),
    )  # fmt: skip
    change = [
        Button(words.plain("✏️ Number"), press("apapn", one.kind)),
        Button(words.plain("🗓 Valid until"), press("apape", one.kind)),
    ]
    more = [
        Button(words.plain("📎 Picture"), press("apapf", one.kind)),
        Button(words.plain("🗑 Remove"), press("apapx", one.kind), style="danger"),
    ]
    return Screen(text, [change, more, [back(words, press("apart", "papers"))]])


def _label(kind: str, paper: Certificate | None, needed: bool, words: Words) -> str:
    bad = paper is not None and paper.state is CertificateState.REJECTED
    sign = "✅" if paper and complete(paper=paper) else "✖" if bad else "❗️" if needed else "➕"
    return f"{sign} {short(names.certificate(kind, words), 30)}"


def _head(kind: str, words: Words) -> Markup:
    return Markup("<b>{}</b>").format(names.certificate(kind, words))


def _ends(application: Application, kind: str, words: Words) -> list[list[Button]]:
    row = [back(words, press("apart", "papers"))]
    if application.paper(kind=kind) is not None:
        row.append(Button(words.plain("🗑 Remove"), press("apapx", kind), style="danger"))
    return [row]


def number(words: Words, application: Application, kind: str) -> Screen:
    known = application.paper(kind=kind)
    text = page(
        "papers", words, application, _head(kind, words), words("<b>What is its number?</b> Type it."),
        words("Now: {value}", value=known.number) if known and known.number else None,
    )  # fmt: skip
    return Screen(text, _ends(application, kind, words))


def expiry(words: Words, application: Application, kind: str) -> Screen:
    text = page(
        "papers", words, application, _head(kind, words),
        words("<b>Until when is it valid?</b> Type the day, for example 2028-05-31."),
    )  # fmt: skip
    ever = Button(words.plain("♾ No end date"), press("anodate", kind))
    return Screen(text, [[ever], *_ends(application, kind, words)])


def picture(words: Words, application: Application, kind: str) -> Screen:
    known = application.paper(kind=kind)
    until = words.date(known.expires_on) if known and known.expires_on else None
    text = page("papers", words, application, _head(kind, words),
                words("Valid until: {day}", day=until) if until else None,
                words("<b>Send a photo or a PDF of it.</b> Only our staff see it."))  # fmt: skip
    return Screen(text, _ends(application, kind, words))


def choose_first(words: Words) -> Markup:
    return words("Tap the certificate first.")


def no_paper_number(words: Words) -> Markup:
    return words("That doesn't look like a number. Type it as it stands on the certificate.")


def no_date(words: Words) -> Markup:
    return words("I can't read that day. Type it like 2028-05-31.")


def over(words: Words, day: date) -> Markup:
    return words("{day} is over. We need a certificate that is still valid.", day=words.date(day))


def no_picture(words: Words) -> Markup:
    return words("Please send a photo or a PDF.")
