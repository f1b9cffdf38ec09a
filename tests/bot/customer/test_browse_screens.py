"""Every screen from the welcome to a provider's page, in both languages, with plain and with hostile data."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from markupsafe import Markup

from bot.customer.account import screens as account
from bot.customer.browse import screens as browse
from bot.customer.compare import screens as compare
from bot.customer.compare.table import NARROW, table
from bot.customer.deals import screens as deals
from bot.customer.foryou import screens as foryou
from bot.customer.home import screens as home
from bot.customer.place import screens as place
from bot.customer.providers import favourite_screens, page_screens
from bot.customer.providers import screens as lists
from bot.customer.providers.page_screens import Way
from bot.customer.providers.view import View
from bot.customer.search import free_screens as free
from bot.customer.search import screens as search
from bot.customer.search.where import Where
from bot.customer.settings import address_screens as addresses
from bot.customer.settings import screens as settings
from bot.errors import sentence
from bot.gateway.render import plain, units
from bot.i18n import Words
from bot.news import screens as news
from bot.notices import night_screens as night
from bot.notices import screens as notices
from bot.screen import ROOM, Button, Screen, press, width
from core.announcements.model import Announcement
from core.errors import CouponGone
from core.orders.booking import Chosen
from core.people.choices import Arrival, Choices, Kind, Manner, kinds_of
from core.privacy.model import Part
from core.privacy.service import Hindrances
from core.recommend.favourites import DearPage
from core.reviews.model import Review
from core.search.comparing import Compared, Comparison
from core.search.finder import Number, Offer
from core.search.timed import Window
from core.when.model import Kind as How
from core.when.model import Said
from tests.bot.customer import samples
from tests.bot.customer.samples import BIG, HOSTILE, LANGUAGES, NOW
from tests.phone import BUTTONS, too_much

Make = Callable[[Words, str], Screen]
LINK = "https://t.me/doorstep_bot?start=p_1y2p0ij32e8e7_SZzSaMzRWxL"
SHARE = Button("🔗", inline="p_1y2p0ij32e8e7_SZzSaMzRWxL")
WAY = Way(BIG, "r1111", 11)


HOUR = timedelta(hours=1)


def _shown(
    name: str, hours: int = 0, around: Where | None = None, said: Said | None = None
) -> free.Shown:
    return free.Shown(
        samples.service(1, name), Window(NOW, NOW + hours * HOUR), around or Where(1.0, 1.0, name),
        said, (samples.service(2, name),),
    )  # fmt: skip


def _categories(name: str, count: int = 12) -> list[samples.Category]:
    return [samples.category(n, name) for n in range(count)]


SCREENS: dict[str, Make] = {
    "welcome": lambda w, name: home.welcome(w, name, LANGUAGES),
    "home": lambda w, name: home.home(w, name, samples.person(place=name), _categories(name)),
    "home of a regular": lambda w, name: home.home(
        w, name, samples.person(place=name), _categories(name), again=Button(name, "agains")
    ),
    "other categories": lambda w, name: home.others(w, _categories(name, 40), 1),
    "me": lambda w, name: home.me(w),
    "home without a place": lambda w, name: home.home(
        w, name, samples.person(lat=None), _categories(name)
    ),
    "category": lambda w, name: browse.category(
        w, samples.category(1, name), [*_categories(name, 3), *(samples.service(n, name) for n in range(9))],
        0, back="home:0",
    ),
    "empty category": lambda w, name: browse.category(
        w, samples.category(1, name), [], 0, back="home:0"
    ),
    "service": lambda w, name: browse.service(
        w, samples.service(1, name), 9900, Number(3), share=SHARE, back=f"c:{BIG}:0"
    ),
    "service nobody does": lambda w, name: browse.service(
        w, samples.service(1, name), None, Number(0), share=SHARE, back="found"
    ),
    "service many do": lambda w, name: browse.service(
        w, samples.service(1, name), 9900, Number(50, more=True), share=SHARE, back="found"
    ),
    "offers": lambda w, name: lists.offers(
        w, samples.service(1, name), samples.person(place=name), View(rating=2), samples.offers(3, name),
        now=NOW,
    ),
    "very many offers": lambda w, name: lists.offers(
        w, samples.service(), samples.person(lat=None), View(), samples.offers(3, more=True), now=NOW
    ),
    "no offers": lambda w, name: lists.offers(
        w, samples.service(1, name), samples.person(), View(), samples.offers(0), now=NOW
    ),
    "no offers left": lambda w, name: lists.offers(
        w, samples.service(1, name), samples.person(), View(rating=3), samples.offers(0), now=NOW
    ),
    "offers with a coupon and a favourite": lambda w, name: lists.offers(
        w, samples.service(1, name), samples.person(), View(), samples.offers(3, name), now=NOW,
        hearts=[BIG], chosen=Chosen({}, samples.coupon(name)),
    ),
    "for you": lambda w, name: foryou.for_you(
        w, samples.person(), samples.suggestions(name), now=NOW
    ),
    "nothing for you": lambda w, name: foryou.for_you(w, samples.person(lat=None), [], now=NOW),
    "nothing wanted": lambda w, name: foryou.switched_off(w),
    "deals": lambda w, name: deals.deals(w, samples.person(), [samples.deal(name)] * 9, 1),
    "no deals": lambda w, name: deals.deals(w, samples.person(lat=None), [], 0),
    "a deal": lambda w, name: deals.deal(
        w, samples.person(), samples.deal(name), [samples.category(1, name)], 0, share=SHARE
    ),
    "a deal for newcomers": lambda w, name: deals.deal(
        w, samples.person(), samples.deal(name, newcomers=True, minimum=0, service_ids=[BIG]),
        [samples.category(1, name), samples.service(2, name)], 1, share=SHARE,
    ),
    "a deal that is over": lambda w, name: deals.not_for_you(
        w, sentence(CouponGone("X", "over"), w)
    ),
    "side by side": lambda w, name: compare.side_by_side(
        w, samples.comparison(name), samples.person(), "r1111", [BIG], now=NOW
    ),
    "nobody beside": lambda w, name: compare.side_by_side(
        w, samples.comparison(name, 1), samples.person(), "r1111", [], now=NOW
    ),
    "replace one": lambda w, name: compare.change(w, samples.comparison(name), "r1111"),
    "replace by": lambda w, name: compare.others(w, samples.comparison(name), "r1111", 2, 0),
    "extras to compare": lambda w, name: compare.extras(
        w, samples.service(1, name), {"x": 1}, "r1111"
    ),
    "sorts": lambda w, name: lists.sorts(w, samples.service(1, name), samples.person(), View("p")),
    "filters": lambda w, name: lists.filters(
        w, samples.service(1, name), samples.person(), View("p", 3, 2, 3, 1), samples.offers()
    ),
    "filters that leave nobody": lambda w, name: lists.filters(
        w, samples.service(1, name), samples.person(), View("p", 1, 1, 1, 1), samples.offers(0)
    ),
    "provider": lambda w, name: page_screens.provider(
        w, samples.page(name), NOW, Way(BIG + 1, "r1111", 11), share=SHARE, now=NOW
    ),
    "provider from nowhere": lambda w, name: page_screens.provider(
        w, samples.page(name, favourite=True), None, Way(), share=SHARE, now=NOW
    ),
    "provider on a break": lambda w, name: page_screens.provider(
        w, samples.page(name, working=False), None, Way(), share=SHARE, now=NOW
    ),
    "reviews": lambda w, name: page_screens.reviews(w, samples.review_page(name), WAY),
    "no reviews": lambda w, name: page_screens.reviews(
        w, samples.review_page(count=0, pages=1), WAY
    ),
    "review pictures": lambda w, name: page_screens.pictures(
        w, samples.review_page(name), samples.kept(), WAY
    ),
    "favourites": lambda w, name: favourite_screens.favourites(
        w, samples.person(), samples.dear(name), now=NOW
    ),
    "no favourites": lambda w, name: favourite_screens.favourites(
        w, samples.person(), DearPage((), 0, 1), now=NOW
    ),
    "where": lambda w, name: place.ask(w, samples.addresses(name), 0, first=False),
    "where, at first": lambda w, name: place.ask(w, [], 0, first=True),
    "place unknown": lambda w, name: place.not_found(w, name),
    "which place": lambda w, name: place.choose(w, samples.places(name)),
    "found": lambda w, name: search.results(
        w, name, [(samples.service(n, name), 9900 if n else None) for n in range(5)],
        [samples.provider(n, name) for n in range(2)],
    ),
    "free at a time": lambda w, name: free.free(
        w, _shown(name, said=Said(How.MOMENT, NOW, other=NOW + 12 * HOUR)), samples.offers(4, name), NOW
    ),
    "free in a window": lambda w, name: free.free(
        w, _shown(name, hours=5, said=Said(How.WINDOW, NOW, NOW + 5 * HOUR, passed=True)),
        samples.offers(4, name, more=True), NOW,
    ),
    "free on some days": lambda w, name: free.free(
        w, _shown(name, hours=48, around=Where()), samples.offers(4, name), NOW
    ),
    "free soon": lambda w, name: free.free(
        w, _shown(name, hours=24 * 14, around=Where(1, 1, name, name)), samples.offers(1, name), NOW
    ),
    "nobody free": lambda w, name: free.nobody(
        w, _shown(name), samples.offers(4, name).items, NOW, others_can=False, lines_up=True
    ),
    "nobody at all": lambda w, name: free.nobody(w, _shown(name), [], NOW, others_can=True, lines_up=False),
    "another time": lambda w, name: free.other_time(
        w, samples.service(1, name), Window(NOW, NOW), [(t, Window(NOW, NOW)) for t in free.TIMES], NOW
    ),
    "a time alone": lambda w, name: search.which_service(
        w, Window(NOW, NOW + HOUR), [samples.service(n, name) for n in range(6)], NOW
    ),
    "several services and a time": lambda w, name: search.which_of_these(
        w, name, Window(NOW, NOW), [samples.service(n, name) for n in range(6)], NOW
    ),
    "nothing found": lambda w, name: search.nothing(w, name, _categories(name, 4)),
    "no such order": lambda w, name: search.no_order(w, "4827-3615"),
    "no words": lambda w, name: search.unreadable(w),
    "settings": lambda w, name: settings.settings(w, samples.person(place=name)),
    "languages": lambda w, name: settings.language(w, LANGUAGES),
    "addresses": lambda w, name: addresses.addresses(w, samples.addresses(name), 0),
    "no addresses": lambda w, name: addresses.addresses(w, [], 0),
    "address": lambda w, name: addresses.address(w, samples.addresses(name)[0]),
    "where an address is": lambda w, name: addresses.ask_place(w, BIG, unknown=name),
    "which place of an address": lambda w, name: addresses.choose_place(
        w, samples.places(name), BIG
    ),
    "door of an address": lambda w, name: addresses.ask_door(w, samples.addresses(name)[0]),
    "name of an address": lambda w, name: addresses.ask_label(w, samples.addresses(name)[0]),
    "phone": lambda w, name: settings.ask_phone(w, None),
    "phone known": lambda w, name: settings.ask_phone(w, "13800138000"),
    "what reaches one": lambda w, name: notices.notices(w, Choices({"news": "off"})),
    "what reaches a provider": lambda w, name: notices.notices(w, Choices({}, "provider")),
    "how it sounds": lambda w, name: notices.trial(w, {k: Arrival(Manner.ON) for k in kinds_of(side="provider")}),
    "quiet hours": lambda w, name: night.ask(w, Choices({"quiet": [1320, 480]})),
    "own quiet hours": lambda w, name: night.ask(w, Choices({"quiet": [1290, 435]}), again=True),
    "quiet hours by steps": lambda w, name: night.turn(w, (1320, 435)),
    "own data": lambda w, name: account.data(w, dict.fromkeys(Part, 12), 10),
    "goodbye": lambda w, name: account.bye(w, 10),
    "sure": lambda w, name: account.sure(w, again=True),
    "gone": lambda w, name: account.gone(w),
    "not yet gone": lambda w, name: account.hindered(
        w, Hindrances(works=True, frozen=True), NOW
    ),
    "announcement": lambda w, name: news.announcement(w, _told(w, name, Kind.OFFERS), side="customer"),
    "announcement off": lambda w, name: news.announcement(w, _told(w, name, Kind.NEWS), side="provider", off=True),
    "news": lambda w, name: news.news(w, [_told(w, name, kind) for kind in Kind], 0, side="customer"),
    "no news": lambda w, name: news.news(w, [], 0, side="provider"),
    "somebody else's phone": lambda w, name: settings.wrong_phone(settings.foreign(w), w),
}  # fmt: skip


def _told(words: Words, name: str, kind: Kind) -> Announcement:
    kind = kind if kind in (Kind.NEWS, Kind.OFFERS) else Kind.NEWS
    text = {words.language: str(Markup.escape(name))}
    return Announcement(id=BIG, kind=kind, texts=text, by=1, person_id=1, created_at=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_labels_side_by_side_stay_on_one_line(screen: str, language: str) -> None:
    beside = [
        [b.label for b in row] for row in SCREENS[screen](samples.words(language), "Wang").rows
    ]
    assert [row for row in beside if len(row) > 1 and max(map(width, row)) > ROOM // len(row)] == []


@pytest.mark.parametrize(
    "name", ["王建国", HOSTILE, "很长的名字" * 30], ids=["plain", "hostile", "long"]
)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_can_be_sent(screen: str, language: str, name: str) -> None:
    shown = SCREENS[screen](samples.words(language), name)
    _sound_markup(str(shown.text))
    assert units(plain(shown.text)) <= 4096
    buttons = [button for row in shown.rows for button in row]
    assert len(buttons) <= BUTTONS
    for button in buttons:
        assert button.label.strip()
        assert len(button.press.encode()) <= 64
        assert button.press or button.inline


@pytest.mark.feature("C1", "X2")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_labels_are_a_few_short_words(screen: str, language: str) -> None:
    shown = SCREENS[screen](samples.words(language), "王建国")
    assert too_much([button.label for row in shown.rows for button in row]) == []


def _sound_markup(text: str) -> None:
    """Only tags Telegram knows, each closed; whatever people typed is escaped."""
    opened: list[str] = []
    for closing, tag in re.findall(r"<(/?)([^>]*)>", text):
        assert tag in ("b", "i", "s", "pre", "blockquote"), text
        if closing:
            assert opened.pop() == tag, text
        else:
            opened.append(tag)
    assert not opened, text
    assert re.search(r"&(?!\w+;|#\d+;)", text) is None, text


@pytest.mark.feature("X2")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_chinese_screen_holds_no_english(screen: str) -> None:
    shown = SCREENS[screen](samples.words("zh_CN"), "王建国")
    labels = [button.label for row in shown.rows for button in row]
    said = " ".join([html.unescape(re.sub("<[^>]*>", "", str(shown.text))), *labels])
    assert set(re.findall("[A-Za-z]{2,}", said)) <= {"English", "Telegram", "start"}, said


@pytest.mark.feature("X2")
@pytest.mark.parametrize("screen", SCREENS)
def test_an_english_screen_speaks_english(screen: str) -> None:
    shown = SCREENS[screen](samples.words("en"), "Wang")
    labels = " ".join(button.label for row in shown.rows for button in row)
    strange = set(re.findall("[\u4e00-\u9fff]+", f"{shown.text} {labels}"))
    assert strange <= {"中文", "人民广场", "三号楼", "王建国", "李"}, strange


@pytest.mark.feature("C1")
def test_the_home_screen_is_short_and_leads_everywhere() -> None:
    shown = SCREENS["home"](samples.words("en"), "Doorstep")
    assert str(shown.text).count("\n") < 6
    assert {"c", "orders", "recs", "me"} <= _verbs(shown)
    assert {"favs", "help", "set", "deals", "where", "rcpts", "news"} <= _verbs(
        SCREENS["me"](samples.words("en"), "")
    )
    off = home.home(samples.words("en"), "X", samples.person(recommends=False), [])
    assert "deals" in _verbs(off)
    assert "recs" not in _verbs(off)
    assert "where" in _verbs(SCREENS["home without a place"](samples.words("en"), "X"))


@pytest.mark.feature("C1")
@pytest.mark.parametrize("again", [None, Button("🔁", "agains")], ids=["new", "regular"])
def test_each_category_stands_on_one_page_that_back_leads_to(again: Button | None) -> None:
    words = samples.words("en")
    for count in range(1, 20):
        every = _categories("X", count)
        front = home.front(count, again=again is not None)
        first = home.home(words, "X", samples.person(), every, again=again)
        assert sum(len(row) for row in first.rows) <= BUTTONS
        assert min(home.ALWAYS, count) <= front
        for at, category in enumerate(every):
            page = home.page_of(at, front)
            shown = home.others(words, every[front:], page - 1) if page else first
            assert press("c", category.id, 0) in {b.press for row in shown.rows for b in row}


@pytest.mark.feature("C23")
def test_an_address_without_a_name_says_its_place_once() -> None:
    words, [one, *_] = samples.words("en"), samples.addresses("Bund")
    one.label, one.preferred = "", False
    for screen in (addresses.addresses(words, [one], 0), addresses.address(words, one)):
        assert str(screen.text).count("Bund") == 1 + one.detail.count("Bund"), screen.text


def _verbs(screen: Screen) -> set[str]:
    return {button.press.split(":")[0] for row in screen.rows for button in row}


@pytest.mark.feature("C4")
def test_a_provider_in_the_list_shows_all_that_matters() -> None:
    shown = SCREENS["offers"](samples.words("en"), "Wang")
    for fact in ("Wang", "✔", "★ 4.9 (10)", "¥120", "8 years", "2.5 km", "Today 10:00"):
        assert fact in shown.text, fact
    verbs = [[button.press.split(":")[0] for button in row] for row in shown.rows]
    assert verbs == [["p", "bookat"], ["p", "p"], ["o", "cmp"], ["s", "l"]]
    assert shown.rows[0][1].press == f"bookat:{BIG + 1}:{BIG}:{int(NOW.timestamp()) // 60}"


@pytest.mark.feature("C5")
def test_a_provider_page_shows_papers_prices_and_ratings() -> None:
    shown = SCREENS["provider"](samples.words("en"), "Wang")
    for fact in (
        "Quality 4.9 · Attitude 4.8 · Skill 5.0", "120 jobs done", "8 years of experience",
        "Refrigeration licence, verified, valid until Mar 1, 2027",
        "Gas appliance licence: expired", "and 2 more",
    ):  # fmt: skip
        assert fact in shown.text, fact
    assert shown.photo is not None
    assert shown.rows[0][0].press == f"book:{BIG + 1}:{BIG + 1}"


@pytest.mark.feature("C5")
def test_who_takes_no_orders_cannot_be_booked() -> None:
    shown = SCREENS["provider on a break"](samples.words("en"), "Wang")
    verbs = {button.press.split(":")[0] for row in shown.rows for button in row}
    assert not verbs & {"book", "bookat"}


@pytest.mark.feature("C4")
def test_choices_survive_in_a_button_and_old_codes_mean_the_plain_list() -> None:
    view = View("e", 2, 1, 3, 1)
    assert View.read(view.code) == view
    assert view.filters == 4
    assert view.cleared() == View("e")
    assert [View.read(code) for code in ("", "x0000", "r12", "r²000")] == [View()] * 4


@pytest.mark.feature("C4")
def test_a_filter_turns_through_its_values_and_back_to_any() -> None:
    view = View()
    for _ in range(4):
        view = view.turned("rating")
    assert view == View()
    assert view.turned("verified").turned("verified") == View()


@pytest.mark.feature("C4")
def test_the_three_price_ranges_cover_the_band_without_a_gap() -> None:
    service = samples.service()
    wishes = [View(price=choice).wish(service) for choice in (1, 2, 3)]
    assert wishes[0].max_price == wishes[1].min_price == 12000
    assert wishes[1].max_price == wishes[2].min_price == 16000


@pytest.mark.feature("C4")
@pytest.mark.parametrize("language", LANGUAGES)
def test_three_side_by_side_stand_in_straight_columns(language: str) -> None:
    """No Han character stands in a cell and every label has equally many: phones draw them narrower than two places."""
    shown = compare.side_by_side(
        samples.words(language), samples.comparison(), samples.person(), "r0000", [], now=NOW
    )
    rows = html.unescape(re.findall("<pre>(.*)</pre>", str(shown.text), re.DOTALL)[0]).split("\n")
    assert len({width(row) for row in rows}) == 1
    assert max(map(width, rows)) <= NARROW
    assert len({len(re.findall("[\u4e00-\u9fff]", row)) for row in rows}) == 1


@pytest.mark.feature("C4")
def test_a_lone_five_stars_is_not_called_best_and_alike_are_not_told_apart() -> None:
    lone = samples.provider(1, "A", rating_count=1, quality_sum=5, attitude_sum=5, skill_sum=5)
    known = samples.provider(
        2, "B", rating_count=50, quality_sum=240, attitude_sum=240, skill_sum=240
    )
    items = tuple(Compared(Offer(of, 100, None, NOW), 100) for of in (lone, known))
    found = Comparison(samples.service(), Chosen(), items, ())
    assert (found.cheapest, found.soonest, found.best) == (None, None, 1)


@pytest.mark.feature("C4")
def test_columns_move_closer_where_long_totals_would_break_the_lines() -> None:
    rows = [("Total", ["¥12,800", "¥13,500", "¥9,900"]), ("Checked", ["✓", "–", "✓"])]
    assert max(map(width, table(rows).split("\n"))) <= NARROW


@pytest.mark.feature("C5", "C18")
def test_two_authors_of_one_short_name_have_buttons_that_can_be_told_apart() -> None:
    def at(number: int, author: str, days: int) -> Review:
        when = samples.NOW - timedelta(days=days)
        update = {"author": author, "created_at": when, "files": [1]}
        return samples.review(number, "fine", author).model_copy(update=update)

    found = replace(
        samples.review_page(),
        items=(
            at(1, "李**", 1),
            at(2, "李**", 9),
            at(3, "Kim", 9),
            at(4, "Kim", 9),
            at(5, "Ann L.", 1),
        ),
    )
    screen = page_screens.reviews(Words("en", "Asia/Shanghai"), found, WAY)
    labels = [b.label for row in screen.rows for b in row if b.press.startswith("rf:")]
    assert len(set(labels)) == len(labels) == 5
    assert labels[4] == "📷 Ann L. (1)", "who is alone is called by the name alone"
