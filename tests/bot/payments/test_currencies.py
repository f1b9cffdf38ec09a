"""Currencies without and with three minor digits: as people read amounts, and as companies are asked for them."""

import random
from datetime import timedelta

import pytest

from bot.i18n import Words, languages
from bot.payments import payment_methods
from bot.payments.invoice import InvoiceMethod
from bot.payments.keys import InvoiceKeys, PaymentKeys, StripeKeys
from bot.payments.shop import Shop
from bot.payments.stripe.method import StripeMethod
from core.errors import PaymentUnavailable
from core.money import exponent, split, to_decimal, to_minor
from core.payments.method import Intent, Outcome
from tests.bot.payments.stripe_town import NOW as TOWN_NOW
from tests.bot.payments.stripe_town import intent as asked
from tests.bot.payments.stripe_town import town
from tests.reliability.town import NOON

pytestmark = pytest.mark.feature("C10")

MINOR = {"JPY": 0, "CNY": 2, "KWD": 3}
# Telegram's digits (core.telegram.org/bots/payments/currencies.json) where they are not two.
IN_TELEGRAM = {
    "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "PYG": 0, "UGX": 0, "VND": 0, "BHD": 3, "IQD": 3,
    "CNY": 2, "EUR": 2, "USD": 2,
}  # fmt: skip
KEYS = PaymentKeys(stripe=StripeKeys("sk_test_x", "whsec_x"))


def intent(currency: str) -> Intent:
    return Intent("n1", "48273615", 12_850, currency, "Cleaning", "en", NOON,
                  NOON + timedelta(hours=1))  # fmt: skip


def test_telegram_counts_as_the_book_does() -> None:
    assert {code: exponent(currency=code) for code in IN_TELEGRAM} == IN_TELEGRAM


@pytest.mark.parametrize("currency", MINOR)
def test_companies_are_asked_for_whole_minor_units(currency: str) -> None:
    stripe = StripeMethod(keys=KEYS.stripe, shop="s", return_url="https://x")
    [line] = stripe._page(intent(currency))["line_items"]
    price = line["price_data"]
    assert (price["unit_amount"], price["currency"]) == (12_850, currency.lower())
    bill = InvoiceMethod(keys=InvoiceKeys("t", "b", "https://x"))._bill(intent(currency))
    assert (bill["prices"][0]["amount"], bill["currency"]) == (12_850, currency)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("currency", "shown"), [("JPY", "12,850"), ("CNY", "128.50"), ("KWD", "12.850")]
)
def test_people_read_all_digits_of_a_currency(language: str, currency: str, shown: str) -> None:
    text = Words(language, "Asia/Shanghai").money(12_850, currency)
    assert text.endswith(shown)
    assert text != shown


@pytest.mark.parametrize("currency", MINOR)
def test_random_splits_lose_nothing_on_paper(currency: str) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(2_000):
        total = chance.randrange(1, 10**7)
        parts = split(total=total, weights=[chance.randrange(1, 10_001) for _ in range(4)])
        on_paper = [to_decimal(amount=part, currency=currency) for part in parts]
        assert [to_minor(value=one, currency=currency) for one in on_paper] == parts
        assert sum(on_paper) == to_decimal(amount=total, currency=currency)


@pytest.mark.parametrize(
    ("currency", "amount", "there"),
    [("CNY", 12_850, 12_850), ("HUF", 12_850, 12_850), ("TWD", 12_855, 12_855), ("JPY", 12_855, 12_855),
     ("ISK", 5, 500), ("UGX", 12_855, 1_285_500), ("KWD", 12_850, 12_850)],
)  # fmt: skip
async def test_what_is_shown_is_what_stripe_charges_tells_and_gives_back(
    currency: str, amount: int, there: int
) -> None:
    async with town() as stripe:
        opened = await stripe.method.open(intent=asked(amount=amount, currency=currency))
        await stripe.tap(opened.url, "pay")
        await stripe.wait(lambda: bool(stripe.facts))
        [charge] = (await stripe.book())["charges"]
        assert (charge["amount"], charge["currency"]) == (there, currency.lower())
        [told] = stripe.facts
        answer = await stripe.method.ask(intent=asked(reference=opened.reference))
        assert {(one.amount, one.currency) for one in (told, answer)} == {(amount, currency)}
        back = await stripe.method.refund(
            number="R1", charge=told.reference, amount=amount, currency=currency
        )
        assert (back.outcome, back.amount) == (Outcome.PAID, amount)
        lines = await stripe.method.statement(
            first=TOWN_NOW - timedelta(days=1), end=TOWN_NOW + timedelta(days=1)
        )
        assert [(one.amount, one.currency) for one in lines] == [(amount, currency)] * 2


@pytest.mark.parametrize("currency", ["BHD", "JOD", "KWD", "OMR", "TND"])
async def test_what_stripe_cant_charge_is_refused_before_anything_is_paid(currency: str) -> None:
    async with town() as stripe:
        with pytest.raises(PaymentUnavailable):
            await stripe.method.open(intent=asked(amount=12_855, currency=currency))
        opened = await stripe.method.open(intent=asked(amount=12_850, currency=currency))
        await stripe.tap(opened.url, "pay")
        paid = await stripe.method.ask(intent=asked(reference=opened.reference))
        back = await stripe.method.refund(
            number="R1", charge=paid.reference, amount=12_845, currency=currency
        )
        assert back.outcome is Outcome.REFUSED
        assert len((await stripe.book())["charges"]) == 1
        assert (await stripe.book())["refunds"] == []


@pytest.mark.parametrize(
    ("currency", "on"),
    [("CNY", True), ("JPY", True), ("KWD", True), ("ISK", True), ("UGX", True), ("MGA", False), ("IQD", False)],
)  # fmt: skip
def test_stripe_is_off_where_it_counts_in_other_units(currency: str, on: bool) -> None:
    shop = Shop("doorstep", "https://city.example", "https://city.example/", currency)
    assert ("stripe" in payment_methods(keys=KEYS, shop=shop)) is on
