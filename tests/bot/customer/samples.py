"""Sample data for the customer's screens: plain in Chinese, and hostile where people may type."""

from datetime import UTC, date, datetime, timedelta

from bot.i18n import Words
from core.catalog.model import Category, Service
from core.files.model import Kept
from core.orders.booking import Chosen
from core.people.model import (
    Address,
    Certificate,
    CertificateState,
    Person,
    Provider,
    ProviderState,
)
from core.people.providers import Priced, ProviderPage
from core.places import Place
from core.promotions.deals import Deal, Reduced
from core.promotions.model import Coupon
from core.recommend.favourites import Dear, DearPage
from core.recommend.service import Suggestion, Why
from core.reviews.model import Review
from core.reviews.service import ReviewPage
from core.search.comparing import Compared, Comparison
from core.search.finder import Offer, Offers

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LANGUAGES = ("en", "zh_CN")
HOSTILE = '<b>{x}</b>&amp;"\u202e\U0001f9e8'
BIG = 2**62 + 12345


def words(language: str) -> Words:
    return Words(language, "Asia/Shanghai")


def person(**more: object) -> Person:
    given = {"place": "人民广场", "lat": 31.23, "lon": 121.47, "name": "王"} | more
    return Person(id=BIG, telegram_id=1, created_at=NOW, seen_at=NOW, **given)


def category(number: int = 1, name: str = "家电") -> Category:
    return Category(
        id=BIG + number, code=f"c{number}", emoji="🔧", names={"zh_CN": name, "en": "Appliances"}
    )


def service(number: int = 1, name: str = "空调维修") -> Service:
    option = {
        "code": "x",
        "names": {"zh_CN": "加氟", "en": "Refill"},
        "price": 15000,
        "minutes": 30,
    }
    return Service(
        id=BIG + number, category_id=BIG + 1, code=f"s{number}", emoji="❄️", minutes=90,
        names={"zh_CN": name, "en": "AC repair"}, price_low=8000, price_high=20000,
        descriptions={"zh_CN": "修好再走。", "en": "Fixed on the spot."}, options=[option],
    )  # fmt: skip


def provider(number: int = 1, name: str = "王建国", **more: object) -> Provider:
    given = {
        "years": 8, "rating_count": 10, "quality_sum": 49, "attitude_sum": 48, "skill_sum": 50,
        "jobs_done": 120, "bio": {"zh_CN": "干活仔细。", "en": "Careful."}, "photo_id": 7,
        "state": ProviderState.APPROVED,
    } | more  # fmt: skip
    return Provider(id=BIG + number, person_id=number, name=name, created_at=NOW, **given)


def offers(count: int = 5, name: str = "王建国", more: bool = False) -> Offers:
    items = tuple(Offer(provider(n, name), 12000 + n, 2.5, NOW, True) for n in range(count))
    return Offers(items, 0, 3 if count else 1, count * 3, more)


def comparison(name: str = "王建国", count: int = 3) -> Comparison:
    listed = offers(count + 5, name).items
    shown = tuple(Compared(offer, 12800 + 100 * n) for n, offer in enumerate(listed[:count]))
    return Comparison(service(1, name), Chosen({"x": 1}, coupon(name)), shown, listed[count:])


def coupon(name: str = "新人礼", **more: object) -> Coupon:
    given = {
        "code": "HELLO20", "names": {"zh_CN": name, "en": "Welcome"}, "amount": 2000,
        "minimum": 10000, "starts_at": NOW, "ends_at": NOW + timedelta(days=30),
    } | more  # fmt: skip
    return Coupon(id=BIG, **given)


def deal(name: str = "新人礼", **more: object) -> Deal:
    return Deal(coupon(name, **more), tuple(Reduced(service(n, name), 8000) for n in range(12)), 2)


def dear(name: str = "王建国") -> DearPage:
    able = [Dear(o.provider, service(1, name), o) for o in offers(2, name).items]
    return DearPage((*able, Dear(provider(9, name))), 1, 3)


def suggestions(name: str = "王建国") -> list[Suggestion]:
    return [
        Suggestion(service(n, name), offer, why)
        for n, (offer, why) in enumerate(zip(offers(4, name).items, Why, strict=True))
    ]


def page(name: str = "王建国", *, working: bool = True, favourite: bool = False) -> ProviderPage:
    fresh = Certificate(
        id=1, provider_id=1, kind="refrigeration", state=CertificateState.VERIFIED,
        expires_on=date(2027, 3, 1),
    )  # fmt: skip
    old = fresh.model_copy(update={"kind": "gas", "expires_on": date(2025, 1, 1)})
    lasting = fresh.model_copy(update={"kind": name, "expires_on": None})
    priced = tuple(Priced(service(n), 12000 + n) for n in range(8))
    shown = provider(1, name, working=working, bio={"zh_CN": name * 60, "en": name * 60})
    return ProviderPage(shown, priced, (fresh, old, lasting), favourite, date(2026, 11, 23))


def review(number: int, text: str, reply: str = "") -> Review:
    return Review(
        id=BIG + number, order_id=number, provider_id=1, customer_id=1, service_id=1, author="李*",
        quality=5, attitude=4, skill=5, text=text, reply=reply, files=[1, 2], created_at=NOW,
    )  # fmt: skip


def review_page(text: str = "很好", *, count: int = 3, pages: int = 4) -> ReviewPage:
    items = tuple(review(n, text * 80, text) for n in range(count))
    return ReviewPage(provider(1), items, 0, pages)


def addresses(name: str = "人民广场") -> list[Address]:
    return [
        Address(
            id=BIG + n, person_id=1, place=name, detail="三号楼", lat=31.0, lon=121.0, used_at=NOW
        )
        for n in range(8)
    ]


def places(name: str = "人民广场") -> list[Place]:
    return [Place(name, name, 31.0, 121.0, "黄浦区") for _ in range(8)]


def kept() -> list[Kept]:
    return [
        Kept(id=n, name="a.jpg", mime="image/jpeg", size=1, sha256="", path="", created_at=NOW)
        for n in (1, 2)
    ]
