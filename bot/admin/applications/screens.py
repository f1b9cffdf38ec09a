"""How applications look: the card, the queue, the papers, the questions before a decision."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.applications.dossier import dossier, expiry, paper, state
from bot.admin.deciding.screens import in_hand, queue
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, File, Page, Screen, press
from core.catalog.service import Catalog
from core.inquiries.service import Asked
from core.people.dossier import Application
from core.people.model import Certificate, CertificateState, Provider
from core.taking.model import Taking

# Part of the application → name, and the usual words to ask for it again
EMPTY = mark("All done. 🎉")
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
QUESTIONS = (
    mark("Which tools and materials do you bring yourself?"),
    mark("Where have you done this work before, and for how long?"),
    mark("Could you send a photo of work you have done?"),
    mark("From which day could you take orders?"),
)
REFUSALS = (
    mark("We have enough providers for these services in your area."),
    mark("Your certificates could not be confirmed."),
    mark("The experience is not enough for these services yet."),
    mark("The details don't belong to one person."),
)


def whole(
    words: Words, one: Application, taking: Taking | None, catalog: Catalog, *, now: datetime
) -> Markup:
    """The text of its card."""
    return lines(dossier(words, one, catalog, now=now), in_hand(words, taking))


def documents(words: Words, one: Application, files: tuple[File, ...]) -> Screen:
    """Photo and papers as files nobody can pass on."""
    text = words("📎 Photo and papers of <b>{name}</b>", name=one.provider.name)
    return Screen(text, files=files, protect=True)


def applications(
    words: Words, waiting: Sequence[Provider], taken: Mapping[int, Taking], number: int
) -> Screen:
    page = Page.of(waiting, number, 6)
    told = [
        dotted(Markup("<b>{}</b>").format(one.name), in_hand(words, taken.get(one.id)))
        for one in page.items
    ]
    buttons = [Button(short(f"📥 {one.name}", 30), press("av", one.id)) for one in page.items]
    head = words("📥 <b>Applications to decide on: {n}</b>", n=len(waiting))
    return queue(words, head, EMPTY, page, told, buttons, "al")


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


def ended(words: Words, one: Application) -> Markup:
    return dotted(state(words, one.provider), one.provider.name)


def ask_approve(words: Words, one: Application) -> Markup:
    return lines(
        words("✅ <b>Approve {name}?</b>", name=one.provider.name),
        words("Customers find them from now on."),
    )


def unseen(words: Words, one: Application, *, today: date) -> Markup | None:
    """The papers that nobody has looked at one by one."""
    papers = [p for p in one.papers if p.state is CertificateState.SENT]
    if not papers:
        return None
    return lines(
        words("This confirms these papers, too:"), *[paper(words, p, today) for p in papers]
    )


def ask_question(words: Words, one: Application) -> Markup:
    return words("❓ <b>What would you like to know from {name}?</b>", name=one.provider.name)


def put(words: Words, one: Application) -> Markup:
    return words("❓ <b>Ask {name}</b>", name=one.provider.name)


def heard(words: Words, asked: Asked, files: tuple[File, ...]) -> Screen:
    """What an applicant says, with what came with it."""
    one = asked.inquiry
    text = lines(
        words("💬 <b>{name}</b> answered {asker}", name=asked.provider.name, asker=one.asked_by),
        Markup("❓ {}").format(short(words.known(one.text), 300)),
        Markup("<blockquote>{}</blockquote>").format(short(one.answer, 1500)) if one.answer else None,
    )  # fmt: skip
    dossier_ = Button(words.plain("👤 Dossier"), press("zd", asked.provider.id))
    return Screen(text, [[dossier_]], files=files, protect=True)


def ask_mend(words: Words, one: Application) -> Markup:
    return words("✏️ <b>What should {name} mend?</b>", name=one.provider.name)


def send_back(words: Words, one: Application) -> Markup:
    return words("✏️ <b>Send back to {name}</b>", name=one.provider.name)


def reject(words: Words, one: Application) -> Markup:
    return words("✖️ <b>Reject {name}</b>", name=one.provider.name)


def ask_reject(words: Words, one: Application) -> Markup:
    return lines(
        words("✖️ <b>Reject {name}: why?</b>", name=one.provider.name),
        words("They read the reason and may apply again."),
    )
