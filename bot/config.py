"""Settings from the environment and `.env`; each one is explained in `.env.example`."""

import hashlib
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.adapters.sealed import key_of
from bot.adapters.vault import FernetVault
from bot.gateway.way_out import parts_of
from bot.i18n import mark
from bot.payments.keys import (
    AlipayKeys,
    InvoiceKeys,
    PaymentKeys,
    StripeKeys,
    WechatAppKeys,
    WechatKeys,
)
from bot.payments.pem import private_pem, public_pem
from core.errors import Invalid
from core.gazetteer import read_places
from core.places import Place

OFFICIAL = "https://api.telegram.org"
PARTS = ("customer", "provider", "admin", "delivery", "scheduler", "http")


class Settings(BaseSettings):
    """All settings, checked at start so that a mistake is told at once and in words."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    customer_bot_token: SecretStr = SecretStr("")
    provider_bot_token: SecretStr = SecretStr("")
    admin_bot_token: SecretStr = SecretStr("")
    bot_api_url: str = ""
    bot_api_proxy: SecretStr = SecretStr("")
    staff_chat_id: int = 0
    chat_limit: str = "20/20"
    group_limit: str = "20/60"
    owner_ids: str = ""
    database_url: str = ""
    database_connections: int = Field(10, ge=2, le=200)
    updates: str = "polling"
    public_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65_535)
    run: str = "all"
    redis_url: str = ""
    link_secret_key: SecretStr = SecretStr("")
    metrics_token: SecretStr = SecretStr("")
    demo_data: bool = False
    timezone: str = "Asia/Shanghai"
    default_language: str = "zh_CN"
    currency: str = "CNY"
    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_api_base: str = "https://api.stripe.com"
    wechatpay_merchant_id: str = ""
    wechatpay_app_id: str = ""
    wechatpay_key_serial: str = ""
    wechatpay_private_key: SecretStr = SecretStr("")
    wechatpay_api_v3_key: SecretStr = SecretStr("")
    wechatpay_public_key_id: str = ""
    wechatpay_public_key: str = ""
    wechatpay_api_base: str = "https://api.mch.weixin.qq.com"
    wechatpay_app_secret: SecretStr = SecretStr("")
    wechatpay_connect_base: str = "https://open.weixin.qq.com"
    wechatpay_app_api_base: str = "https://api.weixin.qq.com"
    alipay_app_id: str = ""
    alipay_seller_id: str = ""
    alipay_private_key: SecretStr = SecretStr("")
    alipay_public_key: str = ""
    alipay_api_base: str = "https://openapi.alipay.com/gateway.do"
    card_provider_token: SecretStr = SecretStr("")
    places_file: Path | None = None
    geocoder_url: str = ""
    payout_key: SecretStr = SecretStr("")
    backup_key: SecretStr = SecretStr("")
    backup_dir: Path | None = None
    data_dir: Path = Path("data")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not re.match(r"(sqlite\+aiosqlite|postgresql\+asyncpg)://", value):
            raise ValueError(
                mark("must be empty or begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
            )
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(mark("not a time zone; use a name such as Asia/Shanghai"))
        return value

    @field_validator("updates")
    @classmethod
    def _updates(cls, value: str) -> str:
        if value not in ("polling", "webhook"):
            raise ValueError(mark("must be polling or webhook"))
        return value

    @field_validator("currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        if len(value) != 3 or not value.isalpha():
            raise ValueError(mark("must be a three-letter currency code such as CNY"))
        return value.upper()

    @field_validator("default_language")
    @classmethod
    def _language(cls, value: str) -> str:
        try:
            Locale.parse(value)
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(mark("must be a language such as zh_CN or en")) from error
        return value

    @field_validator("chat_limit", "group_limit")
    @classmethod
    def _limit(cls, value: str) -> str:
        if not re.fullmatch(r"[1-9]\d{0,5}/[1-9]\d{0,4}", value):
            raise ValueError(mark("must be so many messages in so many seconds, such as 20/60"))
        return value

    @field_validator("owner_ids")
    @classmethod
    def _owners(cls, value: str) -> str:
        if any(not part.strip().isdigit() for part in value.split(",") if part.strip()):
            raise ValueError(mark("must be Telegram ids (digits), separated by commas"))
        return value

    @field_validator("payout_key")
    @classmethod
    def _payout_key(cls, value: SecretStr) -> SecretStr:
        try:
            FernetVault(_listed(value)) if _listed(value) else None
        except ValueError:
            raise ValueError(mark("must be a key made as .env.example says, or several")) from None
        return value

    @field_validator("backup_key")
    @classmethod
    def _backup_key(cls, value: SecretStr) -> SecretStr:
        try:
            [key_of(key) for key in _listed(value)]
        except ValueError:
            raise ValueError(mark("must be a key made as .env.example says, or several")) from None
        return value

    @field_validator("wechatpay_private_key", "alipay_private_key")
    @classmethod
    def _private_key(cls, value: SecretStr) -> SecretStr:
        try:
            text = value.get_secret_value()
            return SecretStr(private_pem(text)) if text.strip() else value
        except ValueError:
            raise ValueError(
                mark(
                    "must be a private RSA key of 2,048 bits or more without password (PEM), or a file with one"
                )
            ) from None

    @field_validator("wechatpay_public_key", "alipay_public_key")
    @classmethod
    def _public_key(cls, value: str) -> str:
        try:
            return public_pem(value) if value.strip() else value
        except ValueError:
            raise ValueError(
                mark("must be a public RSA key of 2,048 bits or more (PEM), or a file with one")
            ) from None

    @field_validator("wechatpay_api_v3_key")
    @classmethod
    def _api_v3_key(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value().encode()) not in (0, 32):
            raise ValueError(mark("must be 32 characters, as set at WeChat Pay under API security"))
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and not re.match(r"rediss?://[^/]", value):
            raise ValueError("must be empty or begin with redis:// or rediss://")
        return value

    @field_validator("bot_api_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr) -> SecretStr:
        try:
            parts_of(value.get_secret_value()) if value.get_secret_value() else None
        except ValueError:
            raise ValueError(
                mark("must be such as socks5://127.0.0.1:1080 or http://user:password@host:7890")
            ) from None
        return value

    @field_validator("link_secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 24:
            raise ValueError("must be 24 characters or more, or empty")
        return value

    @field_validator("places_file")
    @classmethod
    def _places(cls, value: Path | None) -> Path | None:
        try:
            read_places(text=value.read_text("utf-8")) if value else None
        except (OSError, ValueError):
            raise ValueError("no such file, or none of text in UTF-8") from None
        except Invalid as error:
            raise ValueError(f"not as docs/places.md says; look at {error.facts['at']}") from None
        return value

    @field_validator("run")
    @classmethod
    def _run(cls, value: str) -> str:
        unknown = {part.strip() for part in value.split(",")} - {"all", *PARTS}
        if unknown:
            raise ValueError(
                f"unknown parts {sorted(unknown)}; choose from all, {', '.join(PARTS)}"
            )
        return value

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        self.database_url = self.database_url or f"sqlite+aiosqlite:///{self.data_dir}/doorstep.db"
        given = [bool(token.get_secret_value()) for token in self.tokens.values()]
        if any(given) and not all(given):
            raise ValueError(mark("give all three bot tokens, or none for the sandbox"))
        # Only a supergroup has topics, and its number stays for good.
        if all(given) and self.staff_chat_id > -1_000_000_000_000:
            raise ValueError(
                mark(
                    "STAFF_CHAT_ID must be the id of the staff supergroup (topics on); it begins with -100"
                )
            )
        if self.updates == "webhook" and not (
            self._reached_safely and self.webhook_secret.get_secret_value()
        ):
            raise ValueError(mark("webhooks need PUBLIC_URL (https://…) and WEBHOOK_SECRET"))
        return self

    @property
    def _reached_safely(self) -> bool:
        """Telegram wants https; a Bot API server of one's own on this machine does not."""
        here = bool(self.bot_api_url) and self.public_url.startswith("http://127.0.0.1")
        return self.public_url.startswith("https://") or here

    @property
    def tokens(self) -> dict[str, SecretStr]:
        return {
            "customer": self.customer_bot_token,
            "provider": self.provider_bot_token,
            "admin": self.admin_bot_token,
        }

    @property
    def payment_keys(self) -> PaymentKeys:
        """What the ways to pay sign with and know their notices by."""
        return PaymentKeys(
            stripe=StripeKeys(
                self.stripe_secret_key.get_secret_value(),
                self.stripe_webhook_secret.get_secret_value(), self.stripe_api_base,
            ),
            wechat=WechatKeys(
                self.wechatpay_merchant_id, self.wechatpay_app_id, self.wechatpay_key_serial,
                self.wechatpay_private_key.get_secret_value(),
                self.wechatpay_api_v3_key.get_secret_value(), self.wechatpay_public_key_id,
                self.wechatpay_public_key, self.wechatpay_api_base,
            ),
            wechat_app=WechatAppKeys(
                self.wechatpay_app_secret.get_secret_value(), self.wechatpay_connect_base,
                self.wechatpay_app_api_base,
            ),
            alipay=AlipayKeys(
                self.alipay_app_id, self.alipay_seller_id,
                self.alipay_private_key.get_secret_value(), self.alipay_public_key,
                self.alipay_api_base,
            ),
            invoice=InvoiceKeys(
                self.card_provider_token.get_secret_value(),
                self.customer_bot_token.get_secret_value(), self.bot_api_url or OFFICIAL,
                self.bot_api_proxy.get_secret_value(),
            ),
        )  # fmt: skip

    @property
    def limits(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """New messages Telegram takes for a person and for a group, and in how many seconds."""
        return _so_many_in(self.chat_limit), _so_many_in(self.group_limit)

    @property
    def sandbox(self) -> bool:
        """No token at all: the product runs against its own Bot API."""
        return not any(token.get_secret_value() for token in self.tokens.values())

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Those of PLACES_FILE."""
        return read_places(text=self.places_file.read_text("utf-8")) if self.places_file else ()

    @property
    def owners(self) -> list[int]:
        return [int(part) for part in self.owner_ids.split(",") if part.strip()]

    @property
    def parts(self) -> frozenset[str]:
        chosen = {part.strip() for part in self.run.split(",")}
        return frozenset(PARTS) if "all" in chosen else frozenset(chosen)

    @cached_property
    def link_secret(self) -> bytes:
        """Signs deep links; made once and kept beside the data, unless machines without common data share one."""
        if given := self.link_secret_key.get_secret_value():
            return hashlib.sha256(given.encode()).digest()
        return self._kept("link.key", lambda: secrets.token_bytes(32))

    @cached_property
    def vault(self) -> FernetVault | None:
        """Seals accounts of providers. Only the sandbox makes a key of its own: beside the data it guards little."""
        keys = _listed(self.payout_key)
        if not keys and self.sandbox:
            keys = [self._kept("payout.key", Fernet.generate_key).decode()]
        return FernetVault(keys) if keys else None

    @property
    def pays_out(self) -> bool:
        """Whether accounts can be sealed; asking makes no key."""
        return self.sandbox or bool(_listed(self.payout_key))

    @property
    def backups(self) -> Path:
        """Where backups lie."""
        return self.backup_dir or self.data_dir / "backups"

    @cached_property
    def backup_keys(self) -> list[bytes]:
        """The first locks backups, all open them; the sandbox makes its own, as for accounts."""
        if self.sandbox and not _listed(self.backup_key):
            return [key_of(self._kept("backup.key", Fernet.generate_key).decode())]
        return self.known_backup_keys

    @property
    def known_backup_keys(self) -> list[bytes]:
        """Those that are there already: a new one would open nothing."""
        keys, made = _listed(self.backup_key), self.data_dir / "backup.key"
        if not keys and self.sandbox and made.exists():
            keys = [made.read_text()]
        return [key_of(key) for key in keys]

    def _kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A secret of this installation, readable by its owner alone; whoever of several processes makes it first."""
        path = self.data_dir / name
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mine = path.with_name(f".{name}.{secrets.token_hex(8)}")
            with open(os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(make())
            with suppress(FileExistsError):
                os.link(mine, path)
            mine.unlink()
        return path.read_bytes()


def _listed(value: SecretStr) -> list[str]:
    return [part.strip() for part in value.get_secret_value().split(",") if part.strip()]


def _so_many_in(limit: str) -> tuple[int, int]:
    many, _, seconds = limit.partition("/")
    return int(many), int(seconds)
