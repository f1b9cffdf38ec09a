"""Every alert's card in both languages: it says what is wrong, and each of its buttons leads somewhere."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.admin import REGISTRY
from bot.admin.alerts import screens
from bot.admin.alerts.deciding import rows
from bot.admin.alerts.names import GROUPS, NAMES
from bot.i18n import Words
from bot.screen import Screen
from core.alerts.model import OF_ORDERS, Alert, Fate, Kind
from core.alerts.service import Raised
from core.orders.model import Order, Pay, State
from core.orders.service import OrderView
from core.people.model import Person, Provider
from core.taking.model import Matter, Taking

pytestmark = pytest.mark.feature("A6")
NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
FACTS = {"n": 5, "of": 6, "ordered": 5, "people": 4, "signs": ["phone", "account", "person"]}
CUSTOMER = Person(id=1, telegram_id=1, name="Ann <b>", created_at=NOW, seen_at=NOW)
PROVIDER = Provider(id=2, person_id=3, name="Wang & Sons", created_at=NOW)
ORDER = Order(
    id=4, number="48273615", customer_id=1, provider_id=2, service_id=5, state=State.DISPUTED,
    starts_at=NOW, minutes=60, buffer_min=0, place="Centre", lat=0, lon=0, currency="CNY",
    total=20_000, pay=Pay.ON_SITE, method="on_site", due_now=0, commission_bp=0, start_code="1",
    snapshot={"names": {"en": "Cleaning", "zh_CN": "保洁"}}, created_at=NOW,
)  # fmt: skip


def raised(kind: Kind, fate: Fate = Fate.OPEN) -> Raised:
    alert = Alert(
        id=9, about=f"{kind}:4", kind=kind, order_id=4 if kind in OF_ORDERS else None,
        facts=FACTS, fate=fate, since=NOW, found_at=NOW, ended_at=NOW,
        reason="A family, nothing wrong",
    )  # fmt: skip
    return Raised(alert, ORDER if kind in OF_ORDERS else None, CUSTOMER, PROVIDER)


def card(kind: Kind, words: Words, taking: Taking | None = None) -> Screen:
    one = raised(kind)
    view = OrderView(ORDER, CUSTOMER, PROVIDER) if kind in OF_ORDERS else None
    return Screen(screens.text(words, one, view, taking, now=NOW), rows(words, one, taking))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", Kind)
def test_a_card_names_both_and_its_buttons_lead_somewhere(kind: Kind, language: str) -> None:
    words = Words(language, zone="Asia/Shanghai")
    shown = card(kind, words)
    assert "Ann &lt;b&gt;" in shown.text
    assert "Wang &amp; Sons" in shown.text
    buttons = [button for row in shown.rows for button in row]
    assert 3 <= len(buttons) <= 8
    verbs = {row.verb for row in REGISTRY.taps}
    assert all(button.press.split(":")[0] in verbs for button in buttons)
    assert len({button.label for button in buttons}) == len(buttons)
    over = screens.ended(words, raised(kind, Fate.EXPLAINED))
    assert words.known("A family, nothing wrong") in over.striptags()


def test_the_second_colleague_reads_who_has_it() -> None:
    taken = Taking(id=1, matter=Matter.ALERT, subject=9, staff_id=7, name="Lin", at=NOW)
    shown = card(Kind.LATE, Words("en", zone="Asia/Shanghai"), taken)
    assert "taken by Lin" in shown.text.striptags()
    assert any("Lin has it" in button.label for row in shown.rows for button in row)


def test_the_list_turns_pages_and_says_how_long_each_waits() -> None:
    words, every = Words("en", zone="Asia/Shanghai"), [raised(kind) for kind in Kind]
    later = [
        replace(one, alert=one.alert.model_copy(update={"since": NOW + timedelta(hours=n)}))
        for n, one in enumerate(every)
    ]
    first, second = (screens.listed(words, later, 0, page, now=NOW) for page in (0, 1))
    assert "Open alerts: 11" in first.text.striptags()
    assert sum(len(row) for row in first.rows[:-2]) == screens.PAGE
    assert "10:00" in first.text
    assert "20:00" in second.text
    assert "as it should be" in screens.listed(words, [], 3, 0, now=NOW).text


def test_every_kind_has_a_name_and_one_group() -> None:
    assert set(NAMES) == set(Kind)
    assert Counter(kind for _, kinds in GROUPS for kind in kinds) == Counter(Kind)
    shown = screens.kinds(Words("en", zone="Asia/Shanghai"), Counter(Kind))
    assert sum(len(row) for row in shown.rows[:-1]) == len(GROUPS) == 8


@pytest.mark.parametrize(("state", "verb"), [(State.ARRIVED, "xsn"), (State.WORKING, "xfn")])
def test_what_goes_on_too_long_is_helped_on_by_its_next_step(state: State, verb: str) -> None:
    one = raised(Kind.UNFINISHED)
    stands = replace(one, order=ORDER.model_copy(update={"state": state}))
    shown = rows(Words("en", zone="Asia/Shanghai"), stands, None)
    assert verb in [button.press.split(":")[0] for row in shown for button in row]


def test_money_that_nobody_agrees_on_is_settled_and_never_explained_away() -> None:
    for kind in Kind:
        buttons = [
            button for row in card(kind, Words("en", zone="Asia/Shanghai")).rows for button in row
        ]
        fine = any(button.press.startswith("ard:") for button in buttons)
        assert fine is (kind is not Kind.DISPUTED)
