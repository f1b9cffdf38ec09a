"""Every screen on which the staff make and watch coupons, with names meant to break them."""

from datetime import datetime, timedelta
from typing import Any

from bot.admin.promotions import draft_screens as drafts
from bot.admin.promotions import screens
from bot.admin.promotions.fields import AUDIENCES, FIELDS
from bot.i18n import Words
from bot.screen import File, Screen
from core.catalog.model import Category
from core.promotions.model import Coupon
from core.promotions.service import Account

BIG = 9_000_000_000_000_000_000


def coupon(name: str, now: datetime, **more: Any) -> Coupon:
    given: dict[str, Any] = {
        "code": "SPRING-20", "names": {"en": name, "zh_CN": name}, "percent_bp": 1500, "cap": 3000,
        "minimum": 8000, "service_ids": [5], "uses": 50, "used": 12, "id": BIG,
        "starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=3),
    }  # fmt: skip
    return Coupon(**(given | more))


def coupon_screens(words: Words, name: str, now: datetime, things: list[Any]) -> list[Screen]:
    kinds = [
        coupon(name, now, **values)
        for values in (
            {}, {"active": False}, {"starts_at": now + timedelta(days=1)}, {"used": 50},
            {"ends_at": now}, *(dict(values) for _, values in AUDIENCES),
        )
    ]  # fmt: skip
    accounts = [Account(one, 24_000, 18_000) for one in kinds]
    one, new = kinds[0], coupon(name, now, id=0, service_ids=[], percent_bp=0, cap=0, amount=2000)
    categories = [Category(id=BIG - n, code=str(n), names={"en": name}) for n in range(9)]
    return [
        *(screens.coupons(words, accounts, n, now, over=over, changes=True)
          for n in (0, 1) for over in (False, True)),
        screens.coupons(words, [], 0, now, over=False, changes=False),
        *(screens.coupon(words, account, things, now, spent=3, changes=changes)
          for account in accounts for changes in (False, True)),
        screens.stop(words, one), screens.share(words, one, "https://t.me/x?start=y", File("x")),
        *(screens.as_customers(words, kind, things) for kind in kinds),
        screens.how_many(words, one, 500), screens.surely_more(words, one, 50, 100_000),
        screens.codes(words, one, File("x")),
        *(drafts.draft(words, kind, things, said=said) for kind in (one, new) for said in ("", name)),
        *(drafts.ask(words, kind, field, things, now, said=name) for field in FIELDS
          for kind in (one, new)),
        drafts.names(words, one, {"en": name[:20]}), drafts.names(words, new, {"en": name[:20]}),
        drafts.ask_name(words, name), drafts.ask_code(words, said=name),
        drafts.services(words, one, categories, {BIG}, things, 1, said=name),
        drafts.surely(words, new, things), drafts.surely_changed(words, one, [f"{name}: 1 → 2"]),
    ]  # fmt: skip
