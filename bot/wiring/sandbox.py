"""The outside world in a box: a local Telegram with the demo city's people and stand-ins of the payment companies."""

from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.config import Settings
from bot.payments.keys import InvoiceKeys, PaymentKeys, StripeKeys
from bot.sandbox import BOTS, STAFF_CHAT, Floods, Place, Sandbox
from bot.sandbox.gateways.alipay import AlipayStandIn
from bot.sandbox.gateways.alipay.keys import kept as alipay_keys
from bot.sandbox.gateways.stand_in import StandIn
from bot.sandbox.gateways.stripe import StripeStandIn
from bot.sandbox.gateways.wechat import WechatStandIn
from bot.sandbox.gateways.wechat.keys import kept as wechat_keys
from bot.sandbox.gateways.wechat.weixin import in_weixin
from db.demo import portraits
from db.demo.model import City, Customer, Provider, Staff

CUSTOMER_BOT, PROVIDER_BOT = BOTS[0], BOTS[1]
STRIPE_KEY, STRIPE_SECRET = "sk_test_sandbox", "whsec_sandbox"
PROVIDER_TOKEN = "sandbox:TEST:0"
__all__ = ["BOTS", "STAFF_CHAT", "World", "in_weixin"]


class World:
    """Starts before the bots and stops after them."""

    def __init__(self, settings: Settings, city: City) -> None:
        self._city = city
        base = f"http://{settings.http_host}:{settings.http_port}"
        places = [Place(p.name, p.name_en, p.lat, p.lon) for p in city.places]
        storage = settings.data_dir / "sandbox.db"
        storage.parent.mkdir(parents=True, exist_ok=True)
        floods = Floods.taking(*settings.limits)
        self.sandbox = Sandbox(places=places, storage=storage, floods=floods)
        self._settings, self._base = settings, base
        wechat = wechat_keys(settings.data_dir / "sandbox-wechat.json")
        alipay = alipay_keys(settings.data_dir / "sandbox-alipay.json")
        self.gateways: list[StandIn] = [
            StripeStandIn(STRIPE_KEY, STRIPE_SECRET, **self._company("stripe")),
            WechatStandIn(wechat, **self._company("wechat")),
            AlipayStandIn(alipay, **self._company("alipay")),
        ]
        self.payment_keys = PaymentKeys(
            stripe=StripeKeys(STRIPE_KEY, STRIPE_SECRET, f"{base}/sandbox/stripe"),
            invoice=InvoiceKeys(PROVIDER_TOKEN, CUSTOMER_BOT.token, base),
            wechat=wechat.for_shop(base),
            wechat_app=wechat.for_app(base),
            alipay=alipay.for_app(base),
        )

    def _company(self, code: str) -> dict[str, Any]:
        """What every stand-in is told."""
        return {
            "notify_url": f"{self._base}/pay/{code}/notify", "clock": self.now,
            "storage": self._settings.data_dir / f"sandbox-{code}.db",
        }  # fmt: skip

    def now(self) -> datetime:
        """The sandbox's time: people may skip ahead in it."""
        return datetime.fromtimestamp(self.sandbox.world.now(), UTC)

    def routes(self, app: web.Application) -> None:
        self.sandbox.routes(app)
        for gateway in self.gateways:
            gateway.routes(app)

    async def start(self) -> None:
        await self.sandbox.start()

    async def stop(self) -> None:
        await self.sandbox.stop()

    async def move_in(self) -> None:
        """The people of the demo city get their accounts; those who have one keep it as it is."""
        for customer in self._city.customers:
            await self._account(customer, "customer")
        for member in self._city.staff:
            await self._account(member, "staff")
        for provider in self._city.providers:
            await self._account(provider, "provider", provider.trade, provider.years)
        await self.sandbox.kept()

    async def _account(
        self, who: Customer | Provider | Staff, role: str, trade: str = "", years: int = 8
    ) -> None:
        if who.telegram_id in self.sandbox.world.people:
            return
        face = portraits.drawn(seed=who.telegram_id, gender=who.gender, trade=trade, years=years)
        person = await self.sandbox.ensure_person(
            id=who.telegram_id, name=who.name, roles=[role], language_code=who.language_code,
            phone=who.phone, username=who.username, avatar=face,
        )  # fmt: skip
        if role == "provider":  # they have worked here before, so their bot may write to them
            chat = self.sandbox.world.private(PROVIDER_BOT.id, person.id)
            chat.started = True
            self.sandbox.world.keep_chat(chat)
