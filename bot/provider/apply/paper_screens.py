"""How the questions about certificates look. Pure."""

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.provider.apply.screens import ends, page
from bot.provider.parts import back, short
from bot.screen import Button, Screen, press
from core.catalog.service import Catalog
from core.people.dossier import Application, complete, kinds_of
from core.people.model import Certificate

MOST = 6


def papers(words: Words, application: Application, catalog: Catalog) -> Screen:
    """What the chosen services need first, then what else may be shown."""
    have = {paper.kind: paper for paper in application.papers}
    others = [k for k in kinds_of(services=catalog.services()) if k not in application.needed]
    kinds = [*sorted(application.needed), *[k for k in others if k in have]]
    kinds += [k for k in others if k not in have]
    missing = [k for k in application.needed if k not in have or not complete(paper=have[k])]
    said = (
        words("Your services need those marked ❗️: without them you get no orders.")
        if missing
        else words("You have all you need. More certificates earn more trust.")
    )
    text = page("papers", words, words("<b>Certificates</b>"), said,
                words("Customers see only that we have checked them."))  # fmt: skip
    rows = [
        [Button(_label(k, have.get(k), k in application.needed, words), press("apap", k))]
        for k in kinds[:MOST]
    ]
    if not missing:
        rows.append([Button(words.plain("Done ▶"), press("apapok"), style="primary")])
    return Screen(text, [*rows, ends("papers", application, words)])


def _label(kind: str, paper: Certificate | None, needed: bool, words: Words) -> str:
    sign = "✅" if paper and complete(paper=paper) else "❗️" if needed else "➕"
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
        "papers", words, _head(kind, words), words("<b>What is its number?</b> Type it."),
        words("Now: {value}", value=known.number) if known and known.number else None,
    )  # fmt: skip
    return Screen(text, _ends(application, kind, words))


def expiry(words: Words, application: Application, kind: str) -> Screen:
    text = page(
        "papers", words, _head(kind, words),
        words("<b>Until when is it valid?</b> Type the day, for example 2028-05-31."),
    )  # fmt: skip
    ever = Button(words.plain("♾ No end date"), press("anodate", kind))
    return Screen(text, [[ever], *_ends(application, kind, words)])


def picture(words: Words, application: Application, kind: str) -> Screen:
    text = page("papers", words, _head(kind, words),
                words("<b>Send a photo or a PDF of it.</b> Only our staff see it."))  # fmt: skip
    return Screen(text, _ends(application, kind, words))


def choose_first(words: Words) -> Markup:
    return words("Tap the certificate first.")


def no_paper_number(words: Words) -> Markup:
    return words("That doesn't look like a number. Type it as it stands on the certificate.")


def no_date(words: Words) -> Markup:
    return words("I can't read that day. Type it like 2028-05-31.")


def over(words: Words) -> Markup:
    return words("That day is over. We need a certificate that is still valid.")


def no_picture(words: Words) -> Markup:
    return words("Please send a photo or a PDF.")
