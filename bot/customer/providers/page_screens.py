"""How a provider's page, the reviews and the list of favourites look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup

from bot.customer.parts import back as back_button
from bot.customer.parts import dotted, lines, onward, short, stars, visit
from bot.i18n import Words
from bot.reviewed import dimensions
from bot.screen import Button, File, Page, Screen, grid, press
from bot.words import certificate, level_name
from core.files.model import Kept
from core.orders.booking import Chosen
from core.people.model import Certificate, Level, Provider
from core.people.providers import Priced, ProviderPage
from core.reviews.model import Review
from core.reviews.service import ReviewPage

PRICES, BOOKABLE = 6, 4
ORIGINS = {"recs0": press("recs"), "favs0": press("favs", 0)}


@dataclass(frozen=True, slots=True)
class Way:
    """The list one came from, carried by every button of the page; service 0: from no list but `origin`.

    A view that begins with a capital was seen side by side; ORIGINS names the lists that have no view.
    """

    service_id: int = 0
    view: str = "r0000"
    page: int = 0
    origin: str = "home:0"

    @property
    def ids(self) -> tuple[int, str, int]:
        return self.service_id, self.view, self.page

    @property
    def back(self) -> str:
        if self.view in ORIGINS:
            return ORIGINS[self.view]
        if not self.service_id:
            return self.origin
        if self.view[:1].isupper():
            return press("cmp", self.service_id, self.view.lower())
        return press("l", *self.ids)


def provider(
    words: Words,
    shown: ProviderPage,
    start: datetime | None,
    way: Way,
    *,
    share: Button,
    now: datetime,
    chosen: Chosen | None = None,
) -> Screen:
    of = shown.provider
    text = lines(
        head(words, shown),
        experience(words, of),
        dimensions(of, words) if of.rating_count else None,
        _bio(words, of),
        *(_paper(words, paper, shown.today) for paper in shown.certificates),
        *_prices(words, shown, way),
        None if of.working else words("⏸ Not taking orders at the moment."),
    )
    photo = File("photo.jpg", file_id=of.photo_id) if of.photo_id else None
    rows = [*_book(words, shown, start, way, now, chosen), *_about(words, shown, way, share)]
    return Screen(text, rows, photo=photo)


def head(words: Words, shown: ProviderPage) -> Markup:
    name = words("<b>{name}</b>", name=shown.provider.name)
    level = shown.provider.level
    badge = level_name(level, words) if level is not Level.STARTER else ""
    return dotted([name, badge, words("✔ Verified") if shown.verified else ""])


def experience(words: Words, of: Provider) -> Markup:
    return dotted([
        stars(of, words),
        words.plural("{n} year of experience", "{n} years of experience", of.years),
        words.plural("{n} job done", "{n} jobs done", of.jobs_done),
    ])  # fmt: skip


def _bio(words: Words, of: Provider) -> Markup | None:
    said = words.pick(of.bio)
    return (
        Markup("\n") + Markup("<blockquote>{}</blockquote>").format(short(said, 400))
        if said
        else None
    )


def _paper(words: Words, paper: Certificate, today: date) -> Markup:
    name = certificate(paper.kind, words)
    if not paper.valid(today=today):
        return words("⚠️ {name}: expired", name=name)
    if paper.expires_on is None:
        return words("📜 {name}, verified", name=name)
    return words(
        "📜 {name}, verified, valid until {date}", name=name, date=words.date(paper.expires_on)
    )


def _prices(words: Words, shown: ProviderPage, way: Way) -> Iterator[Markup]:
    """The service one came for stands first."""
    ranked = sorted(shown.offers, key=lambda offer: offer.service.id != way.service_id)
    if ranked:
        yield Markup("")
    for offer in ranked[:PRICES]:
        yield words(
            "• {name} {price}",
            name=words.pick(offer.service.names), price=words.money(offer.price),
        )  # fmt: skip
    if (more := len(ranked) - PRICES) > 0:
        yield words.plural("• and {n} more", "• and {n} more", more)


def _book(
    words: Words,
    shown: ProviderPage,
    start: datetime | None,
    way: Way,
    now: datetime,
    chosen: Chosen | None,
) -> list[list[Button]]:
    of = shown.provider
    if not of.working or not shown.offers:
        return []
    price = shown.price(service_id=way.service_id)
    if price is None:
        return _book_any(words, shown, way)
    service = next(o.service for o in shown.offers if o.service.id == way.service_id)
    label = words.plain("Book · {price}", price=words.money(visit(service, price, chosen)))
    rows = [[Button(label, press("book", way.service_id, of.id), style="primary")]]
    if start:
        minute = int(start.timestamp()) // 60
        soon = words.plain("⚡ Book: {time}", time=words.moment(start, now=now))
        rows.append([Button(soon, press("bookat", way.service_id, of.id, minute))])
    return rows


def _book_any(words: Words, shown: ProviderPage, way: Way) -> list[list[Button]]:
    """Who came for nothing special chooses among all that can be booked; the page is one of these then."""
    of, every = shown.provider, shown.offers
    page = Page.of(every, way.page, size=BOOKABLE if len(every) <= BOOKABLE else BOOKABLE - 1)
    rows = [[_book_one(words, of, offer)] for offer in page.items]
    turn = onward(words, page, "p", of.id, 0, way.view)
    return [*rows, turn] if turn else rows


def _book_one(words: Words, of: Provider, offer: Priced) -> Button:
    label = f"{short(words.pick(offer.service.names), 24)} · {words.money(offer.price)}"
    return Button(label, press("book", offer.service.id, of.id))


def _about(words: Words, shown: ProviderPage, way: Way, share: Button) -> list[list[Button]]:
    of = shown.provider
    count = words.number(of.rating_count)
    reviews = Button(words.plain("💬 Reviews ({n})", n=count), press("rv", of.id, 0, *way.ids))
    heart = words.plain("❤️ Favourite") if shown.favourite else words.plain("🤍 Favourite")
    toggle = Button(heart, press("fav", of.id, int(not shown.favourite), *way.ids))
    last = [back_button(words, way.back), share]
    return [[reviews, toggle] if of.rating_count else [toggle], last]


def reviews(words: Words, found: ReviewPage, way: Way) -> Screen:
    of = found.provider
    title = dotted([words("<b>Reviews: {name}</b>", name=of.name), stars(of, words)])
    told = [_review(words, review) for review in found.items]
    if not told:
        told = [Markup("\n") + words("No reviews yet.")]
    shown = [r for r in found.items if r.files]
    albums = [
        Button(
            words.plain("📷 {author} ({n})", author=author, n=len(r.files)),
            press("rf", r.id, found.number, *way.ids),
        )
        for r, author in zip(shown, _authors(shown, words), strict=True)
    ]
    pages = Page(found.number, found.pages)
    last = [
        back_button(words, press("p", of.id, *way.ids)),
        *onward(words, pages, "rv", of.id, then=way.ids),
    ]
    return Screen(lines(title, *told), [*grid(albums), last])


def _authors(shown: Sequence[Review], words: Words) -> list[str]:
    """Who is called like another one has the date beside it, or the place in the list where that is the same, too."""
    names = [short(one.author, 16) or words.plain("Former customer") for one in shown]
    days = [words.month_day(words.local(one.created_at).date()) for one in shown]
    dated = [f"{name} · {day}" for name, day in zip(names, days, strict=True)]
    return [
        name if names.count(name) == 1 else day if dated.count(day) == 1 else f"{day} · {place}"
        for place, (name, day) in enumerate(zip(names, dated, strict=True), start=1)
    ]


def _review(words: Words, review: Review) -> Markup:
    mean = (review.quality + review.attitude + review.skill) / 3
    head = Markup("\n") + words(
        "<b>{author}</b> · ★ {rating} · {date}",
        author=review.author or words("Former customer"), rating=words.rating(mean),
        date=words.date(words.local(review.created_at).date()),
    )  # fmt: skip
    said = Markup.escape(short(review.text, 500)) if review.text else None
    reply = words("↳ <i>{reply}</i>", reply=review.reply) if review.reply else None
    return lines(head, said, reply)


def pictures(words: Words, found: ReviewPage, files: Sequence[Kept], way: Way) -> Screen:
    album = tuple(File(file.name, file.mime, file_id=file.id) for file in files)
    return replace(reviews(words, found, way), files=album)
