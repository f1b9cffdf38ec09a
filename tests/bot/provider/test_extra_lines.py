"""Lines of a proposal as providers really type them, in both languages; what is no line is never half a line."""

import pytest

from bot.i18n import Words, languages
from bot.provider.extras import screens
from bot.provider.extras.typed import lines, reason
from core.extras.desk import Desk, Suggestion
from core.extras.model import Extra
from core.orders.model import Order, Pay, State
from core.orders.service import OrderView
from core.people.model import Person, Provider
from tests.builders import NOW


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("换电容 80", [("换电容", 1, 8_000)]),
        ("capacitor 80 x2", [("capacitor", 2, 16_000)]),
        ("capacitor 80x2", [("capacitor", 2, 16_000)]),
        ("2x capacitor 80", [("capacitor", 2, 16_000)]),
        ("换电容80元*2", [("换电容", 2, 16_000)]),
        ("电容×2 80", [("电容", 2, 16_000)]),
        ("电容 2个 80", [("电容", 2, 16_000)]),
        ("水管3米 25", [("水管", 3, 7_500)]),
        ("电容：80块", [("电容", 1, 8_000)]),
        ("80 电容", [("电容", 1, 8_000)]),
        ("５０元 垫圈", [("垫圈", 1, 5_000)]),
        ("加氟 ¥200", [("加氟", 1, 20_000)]),
        ("capacitor - 80.50", [("capacitor", 1, 8_050)]),
        ("copper pipe 1,200", [("copper pipe", 1, 120_000)]),
        ("R22 refrigerant 120", [("R22 refrigerant", 1, 12_000)]),
        ("1.5匹电容 80", [("1.5匹电容", 1, 8_000)]),
        ("pipe, copper 60", [("pipe, copper", 1, 6_000)]),
        ("电容 80，氟利昂 120.5", [("电容", 1, 8_000), ("氟利昂", 1, 12_050)]),
        (
            "换电容 80\n加氟 200 x 3；清洗 90",
            [("换电容", 1, 8_000), ("加氟", 3, 60_000), ("清洗", 1, 9_000)],
        ),
        ("capacitor 80 each", [("capacitor each", 1, 8_000)]),
        ("装80升热水器 ¥900 含拆旧的那一台", [("装80升热水器 含拆旧的那一台", 1, 90_000)]),
        ("the 2 wires are burnt", []),
        ("外机里有2根线已经烧断了", []),
        ("hello", []),
        ("120", []),
        ("x 0", []),
        ("fan motor 80 x0", []),
        ("capacitor 80 x200", []),
        ("gas 80.555", []),
        ("换电容 80\n不知道", []),
        ("", []),
    ],
)
def test_what_is_typed_is_read(text: str, wanted: list[tuple[str, int, int]]) -> None:
    read = lines(text, "CNY")
    assert [(line.names["en"], line.count, line.amount) for line in read] == wanted


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("电容坏了，漏电", True),
        ("it leaks", True),
        ("The capacitor is swollen and leaks", True),
        ("hello", False),
        ("好的", False),
        ("??", False),
        ("", False),
        ("换电容 80", False),
        ("the 2 wires are burnt", False),
    ],
)
def test_why_is_told_from_what_and_how_much(text: str, so: bool) -> None:
    assert reason(text) == so


def desk(*, lines: int, photos: int) -> Desk:
    order = Order(
        id=7, number="48273615", customer_id=1, provider_id=2, service_id=3, state=State.WORKING,
        starts_at=NOW, minutes=90, buffer_min=0, place="x", lat=1, lon=1, currency="CNY",
        total=20_000, pay=Pay.ON_SITE, method="on_site", due_now=0, commission_bp=1_500,
        start_code="1234", created_at=NOW, snapshot={"names": {"en": "AC repair"}},
        lines=[{"names": {"en": "AC repair"}, "count": 1, "amount": 20_000}],
    )  # fmt: skip
    items = [{"names": {"en": f"part {n}"}, "count": 1, "amount": 1_001} for n in range(lines)]
    extra = Extra(
        id=2**62, order_id=7, provider_id=2, turn=1, lines=items, amount=1_001 * lines,
        photos=list(range(photos)), created_at=NOW,
    )  # fmt: skip
    person = Person(id=1, telegram_id=1, name="Ann", created_at=NOW, seen_at=NOW)
    provider = Provider(id=2, person_id=3, name="王师傅", created_at=NOW)
    ready = tuple(Suggestion(f"s{n}", {"en": f"service {n}"}, 5_000) for n in range(12))
    return Desk(extra, OrderView(order, person, provider), ready, 40_000, 1)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("count", [0, 1, 10])
def test_the_editor_fits_on_a_phone_and_says_what_is_missing(language: str, count: int) -> None:
    words, one = Words(language, "Asia/Shanghai"), desk(lines=count, photos=0)
    screen = screens.draft(one, words)
    assert sum(len(row) for row in screen.rows) <= 8
    assert (words.plain("📝 Reason: <b>still missing</b>") in screen.text) == bool(count)
    listed = screens.suggestions(one, 0, words)
    assert len(listed.rows) <= 8


def test_what_he_earns_of_it_is_what_will_be_booked() -> None:
    # Commission is 34.50 of 230.03 and 30.00 of 200.00.
    assert desk(lines=3, photos=0).net == 3_003 - 450
