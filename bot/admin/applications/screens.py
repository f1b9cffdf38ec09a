"""How applications look: the card, the queue, the papers, the questions before a decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.applications.dossier import dossier, expiry, paper
from bot.admin.parts import back, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, File, Page, Screen, grid, press
from core.catalog.service import Catalog
from core.people.dossier import Application
from core.people.model import Certificate, CertificateState, Provider, ProviderState

OWN_WORDS = 99
# part of the application → name, and the usual words to ask for it again
ASKS = (
    ("name", mark("Name"), mark("Please write your full real name.")),
    ("phone", mark("Phone"), mark("Please share the phone number you can be reached at.")),
    ("photo", mark("Photo"), mark("Please send a clear photo of your face.")),
    ("services", mark("Services"), mark("Please check your services and prices.")),
    ("years", mark("Experience"), mark("Please tell us how many years you have worked.")),
    ("bio", mark("About"), mark("Please tell customers a little more about yourself.")),
    ("papers", mark("Certificates"), mark("Please send a sharper picture of your certificates.")),
    ("area", mark("Area"), mark("Please check where you work and how far you go.")),
    ("hours", mark("Hours"), mark("Please check your working hours.")),
)
REFUSALS = (
    mark("We have enough providers for these services in your area."),
    mark("Your certificates could not be confirmed."),
    mark("The experience is not enough for these services yet."),
    mark("The details don't belong to one person."),
)


def card(words: Words, one: Application, catalog: Catalog, *, now: datetime) -> Screen:
    """For the topic: everybody's card, so its buttons answer with messages of their own."""
    screen = whole(words, one, catalog, now=now, suffix="n")
    return replace(screen, card=Card("application", one.provider.id))


def whole(
    words: Words, one: Application, catalog: Catalog, *, now: datetime, suffix: str = ""
) -> Screen:
    text = dossier(words, one, catalog, now=now)
    return Screen(text, _rows(words, one, suffix), protect=True)


def _rows(words: Words, one: Application, suffix: str) -> list[list[Button]]:
    key = one.provider.id
    files = [Button(words.plain("📎 Documents"), press("ad", key))]
    if one.papers:
        label = words.plain("📄 Certificates ({n})", n=len(one.papers))
        files.append(Button(label, press(f"ac{suffix}", key)))
    if one.provider.state is not ProviderState.APPLIED:
        return [files]
    decide = [
        Button(words.plain("✅ Approve"), press(f"ap{suffix}", key), style="success"),
        Button(words.plain("✏️ Ask"), press(f"aq{suffix}", key)),
        Button(words.plain("✖ Reject"), press(f"ar{suffix}", key), style="danger"),
    ]
    return [decide, files]


def documents(words: Words, one: Application, files: tuple[File, ...]) -> Screen:
    """Photo and papers as files nobody can pass on."""
    text = words("📎 Photo and papers of <b>{name}</b>", name=one.provider.name)
    return Screen(text, files=files, protect=True)


def queue(words: Words, waiting: Sequence[Provider], number: int) -> Screen:
    page = Page.of(waiting, number, 7)
    rows = [[Button(short(f"📥 {p.name}", 30), press("av", p.id))] for p in page.items]
    text = lines(
        words("📥 <b>Applications to decide on: {n}</b>", n=len(waiting)),
        None if waiting else words("All done. 🎉"),
    )
    return Screen(text, [*rows, *page.turns("al")])


def papers(words: Words, one: Application, *, today: date) -> Screen:
    text = lines(
        words("📄 <b>Certificates of {name}</b>", name=one.provider.name),
        Markup(""),
        *[paper(words, p, today) for p in one.papers],
    )
    rows = [
        [Button(short(_mark(p) + names.certificate(p.kind, words), 30), press("acp", p.id))]
        for p in one.papers
    ]
    return Screen(text, [*rows, back(words, press("av", one.provider.id))])


def _mark(one: Certificate) -> str:
    signs = {CertificateState.VERIFIED: "✔ ", CertificateState.REJECTED: "✖ "}
    return signs.get(one.state, "❔ ")


def one_paper(words: Words, one: Certificate, provider: Provider, *, today: date) -> Screen:
    text = lines(
        words("📄 <b>{paper}</b> of {name}", paper=names.certificate(one.kind, words),
              name=provider.name),
        words("Number: <code>{number}</code>", number=one.number or "–"),
        expiry(words, one, today),
        words("Is the picture the same, and the holder?"),
    )  # fmt: skip
    judge = [
        Button(words.plain("✔ Verified"), press("acy", one.id), style="success"),
        Button(words.plain("✖ Not good"), press("acx", one.id), style="danger"),
    ]
    more = [
        Button(words.plain("🗓 Last day"), press("ace", one.id)),
        Button(words.plain("📎 Documents"), press("ad", provider.id)),
    ]
    return Screen(text, [judge, more, back(words, press("ac", provider.id))])


def ask_expiry(words: Words, one: Certificate) -> Screen:
    text = words(
        "Until which day is the {paper} good? Type it like 2027-05-31, or “-” for no expiry.",
        paper=names.certificate(one.kind, words),
    )
    return Screen(text, [back(words, press("acp", one.id))])


def approve(words: Words, one: Application, *, today: date) -> Screen:
    unseen = [p for p in one.papers if p.state is CertificateState.SENT]
    text = lines(
        words("✅ <b>Approve {name}?</b>", name=one.provider.name),
        words("Customers find them from now on."),
        words("This confirms these papers, too:") if unseen else None,
        *[paper(words, p, today) for p in unseen],
    )
    yes = Button(words.plain("Yes, approve"), press("apy", one.provider.id), style="success")
    return Screen(text, [[yes], back(words, press("av", one.provider.id))])


def asked(parts: int) -> list[tuple[str, str, str]]:
    """The rows of ASKS whose bits are set."""
    return [row for number, row in enumerate(ASKS) if parts >> number & 1]


def ask(words: Words, one: Application, parts: int) -> Screen:
    """Several parts may be ticked; then what the person will read."""
    key = one.provider.id
    buttons = [
        Button(("✅ " if parts >> number & 1 else "") + words.plain(name),
               press("aqp", key, parts ^ 1 << number))
        for number, (_, name, _) in enumerate(ASKS)
    ]  # fmt: skip
    text = lines(
        words("✏️ <b>What should {name} mend?</b>", name=one.provider.name),
        words("Tick one or more. The application goes back with your words; everything stays filled in."),
    )  # fmt: skip
    onward = Button(words.plain("Next ▶"), press("aw", key, parts, 0), style="primary")
    return Screen(text, [*grid(buttons), *([[onward]] if parts else []),
                         back(words, press("av", key))])  # fmt: skip


def reject(words: Words, one: Application) -> Screen:
    rows = [
        [Button(short(words.plain(reason), 40), press("aw", one.provider.id, number, 1))]
        for number, reason in enumerate(REFUSALS)
    ]
    own = [Button(words.plain("Other reason"), press("aw", one.provider.id, OWN_WORDS, 1))]
    text = lines(
        words("✖️ <b>Reject {name}: why?</b>", name=one.provider.name),
        words("They read the reason and may apply again."),
    )
    return Screen(text, [*rows, own, back(words, press("av", one.provider.id))])


def why(words: Words, one: Application, number: int, final: int, reason: str) -> Screen:
    """The words as the person will read them; typing replaces them."""
    read = words("They will read:\n<blockquote>{reason}</blockquote>", reason=reason)
    text = lines(
        words("✖️ <b>Reject {name}</b>", name=one.provider.name) if final
        else words("✏️ <b>Send back to {name}</b>", name=one.provider.name),
        read if reason else None,
        words("Or type your own words.") if reason else words("Type the reason."),
    )  # fmt: skip
    label = words.plain("Yes, reject") if final else words.plain("Send")
    style = "danger" if final else "primary"
    send = Button(label, press("ay", one.provider.id, number, final), style=style)  # type: ignore[arg-type]
    key = press("ar", one.provider.id) if final else press("aqp", one.provider.id, number)
    return Screen(text, [*([[send]] if reason else []), back(words, key)])
