"""What we sign is believed by an implementation that is not ours, in all forms people paste keys in."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from alipay import AliPay

from bot.payments.alipay.method import AlipayMethod
from bot.payments.alipay.signing import private_key, public_key
from bot.payments.alipay.trades import payment_number
from core.payments.method import Intent
from tests.bot.payments.alipay_keys import APP, keys, pair
from tests.bot.payments.stripe_town import NOW, intent

METHOD = AlipayMethod(
    keys=keys("https://openapi.alipay.com/gateway.do"), shop="doorstep",
    notify_url="https://d.example/pay/alipay/notify", page=lambda number: f"https://d.example/pay/alipay/{number}",
    clock=lambda: NOW,
)  # fmt: skip


BACK = "https://d.example/pay/alipay/P1?key=1"


async def links(asked: Intent) -> dict[str, str]:
    phone = METHOD.open_on_phone(intent=asked, ip="203.0.113.7", back=BACK)
    return {
        "phone": await phone,
        "computer": await METHOD.open_on_computer(intent=asked, back=BACK),
    }


@pytest.mark.parametrize("product", ["phone", "computer"])
async def test_the_sdk_verifies_our_links(product: str) -> None:
    asked = intent(title="空调维修 / 清洗 & 加氟=1 😀")
    url = (await links(asked))[product]
    alipays = AliPay(
        appid=APP, app_private_key_string=pair("alipay")[0], alipay_public_key_string=pair("app")[1]
    )
    fields = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
    signature = fields.pop("sign")
    # For a request sign_type is signed, too; the SDK's verify leaves it out as for notices.
    text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
    assert alipays._verify(text, signature)
    assert fields["return_url"] == BACK
    content = json.loads(fields["biz_content"])
    assert content["total_amount"] == "60.00"
    assert content["time_expire"] == "2026-05-04 12:15:00"
    assert not set(content["subject"]) & set("/=&😀")
    assert "空调维修" in content["subject"]
    assert payment_number(content["out_trade_no"]) == asked.number != content["out_trade_no"]


async def test_the_three_trades_of_a_payment_have_three_numbers_and_one_end() -> None:
    made = await links(intent(expires_at=NOW + timedelta(hours=2)))
    told = [dict(parse_qsl(urlsplit(url).query)) for url in made.values()]
    contents = [json.loads(one["biz_content"]) for one in told]
    assert [one["out_trade_no"] for one in contents] == ["P1W", "P1P"]
    assert {one["time_expire"] for one in contents} == {"2026-05-04 14:00:00"}
    assert {one["notify_url"] for one in told} == {"https://d.example/pay/alipay/notify"}


@pytest.mark.parametrize("form", ["pem", "bare", "lines", "escaped", "file"])
def test_keys_are_read_in_every_form(form: str, tmp_path: Path) -> None:
    pem_private, pem_public = pair("app")

    def formed(pem: str) -> str:
        bare = "".join(line for line in pem.splitlines() if not line.startswith("-----"))
        (tmp_path / "key").write_text(bare)
        return {
            "pem": pem, "bare": bare, "lines": f"  {bare[:64]}\n{bare[64:]}\n",
            "escaped": pem.replace("\n", "\\n"), "file": str(tmp_path / "key"),
        }[form]  # fmt: skip

    private = private_key(formed(pem_private))
    public = public_key(formed(pem_public))
    assert private.public_key().public_numbers() == public.public_numbers()


@pytest.mark.parametrize("text", ["", "abc", "-----BEGIN nothing-----", "/no/such/file", "QUJD"])
def test_what_is_no_key_is_said_at_once(text: str) -> None:
    for read in (private_key, public_key):
        with pytest.raises(ValueError, match=r".*"):
            read(text)
