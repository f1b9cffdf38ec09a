"""Looks at the settings and the disk for what could be guessed, read or reached by others; tells names alone."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.payments import missing_secrets
from core.security.setup import Setup

# Before it, a checkpoint in the wrong moment could spoil the file (SQLite's WAL-reset bug).
SOUND_SQLITE: Final = (3, 51, 3)
_KEYS = ("link.key", "payout.key", "backup.key")
_COMMON = ("password", "postgres", "secret", "changeme", "doorstep", "123456", "qwerty", "admin")
_LONG, _VARIED = 16, 8
_OTHERS, _NOT_MINE = 0o007, 0o077


class Premises:
    """Implements core.security.setup.Surroundings."""

    def __init__(
        self, settings: Settings, *, env_file: Path = Path(".env"),
        sqlite: tuple[int, int, int] = sqlite3.sqlite_version_info,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._env_file = env_file
        self._sqlite = sqlite

    def look(self) -> Setup:
        settings = self._settings
        keys = settings.payment_keys
        real, on_sqlite = not settings.sandbox, settings.database_url.startswith("sqlite")
        return Setup(
            sandbox=settings.sandbox, weak=tuple(self._weak()), plain=tuple(self._plain()),
            halves=missing_secrets(named(settings)) if real else (),
            on_trial=tuple(self._on_trial()) if real else (),
            exposed=tuple(name for _, name, _ in self._exposed()),
            same_keys=bool(_all(settings.payout_key) & _all(settings.backup_key)),
            to_the_net=self._to_the_net(), debugging=_debugging(),
            demo=real and settings.demo_data, payouts=settings.pays_out,
            no_wechat_payouts=real and keys.whole("wechat") and not keys.pays_to_wechat,
            database=f"SQLite {'.'.join(map(str, self._sqlite))}" if on_sqlite else "PostgreSQL",
            risky_database=on_sqlite and self._sqlite < SOUND_SQLITE,
            free=shutil.disk_usage(existing(settings.data_dir)).free,
        )  # fmt: skip

    def _on_trial(self) -> Iterator[str]:
        """Keys and addresses of a company's practice mode: nobody really pays there."""
        settings = self._settings
        if "_test_" in settings.stripe_secret_key.get_secret_value():
            yield "STRIPE_SECRET_KEY"
        if ":TEST:" in settings.card_provider_token.get_secret_value():
            yield "CARD_PROVIDER_TOKEN"
        if "sandbox" in settings.alipay_api_base:
            yield "ALIPAY_API_BASE"

    def _weak(self) -> Iterator[str]:
        settings = self._settings
        if settings.updates == "webhook" and guessable(settings.webhook_secret.get_secret_value()):
            yield "WEBHOOK_SECRET"
        metrics = settings.metrics_token.get_secret_value()
        if metrics and guessable(metrics):
            yield "METRICS_TOKEN"
        stripe = settings.stripe_webhook_secret.get_secret_value()
        if stripe and guessable(stripe.removeprefix("whsec_")):
            yield "STRIPE_WEBHOOK_SECRET"
        v3 = settings.wechatpay_api_v3_key.get_secret_value()
        if v3 and guessable(v3):
            yield "WECHATPAY_API_V3_KEY"
        for name, keys in (
            ("PAYOUT_KEY", settings.payout_key),
            ("BACKUP_KEY", settings.backup_key),
        ):
            if any(len(set(key.rstrip("="))) < _VARIED for key in _all(keys)):
                yield name
        url = urlsplit(settings.database_url)
        if url.scheme.startswith("postgresql") and self._weak_password(url.hostname, url.password):
            yield "DATABASE_URL"

    @staticmethod
    def _weak_password(host: str | None, password: str | None) -> bool:
        """On the own machine the server may know its people by other means; over the net it needs a good one."""
        if not password:
            return not _is_here(host or "")
        return guessable(password, long=10)

    def _plain(self) -> Iterator[str]:
        settings = self._settings
        urls = {
            "PUBLIC_URL": settings.public_url, "BOT_API_URL": settings.bot_api_url,
            "STRIPE_API_BASE": settings.stripe_api_base, "GEOCODER_URL": settings.geocoder_url,
            "WECHATPAY_API_BASE": settings.wechatpay_api_base,
            "WECHATPAY_CONNECT_BASE": settings.wechatpay_connect_base,
            "WECHATPAY_APP_API_BASE": settings.wechatpay_app_api_base,
            "ALIPAY_API_BASE": settings.alipay_api_base,
        }  # fmt: skip
        for name, url in urls.items():
            parts = urlsplit(url)
            if parts.scheme == "http" and not _is_here(parts.hostname or ""):
                yield name

    def _to_the_net(self) -> bool:
        """The HTTP server answers others than this machine, with nothing that encrypts in front of it."""
        settings = self._settings
        behind = settings.public_url.startswith("https://") and not settings.sandbox
        return not _is_here(settings.http_host) and not behind

    def _exposed(self) -> Iterator[tuple[Path, str, int]]:
        """(where, how it is called, what it should be): one folder stands for all that is in it."""
        if os.name == "nt":
            return
        data, backups = self._settings.data_dir, self._settings.backups
        wanted = [(data, "DATA_DIR", _OTHERS, 0o700), (backups, "BACKUP_DIR", _OTHERS, 0o700)]
        wanted += [(data / key, key, _NOT_MINE, 0o600) for key in _KEYS]
        wanted += [(self._env_file, ".env", _NOT_MINE, 0o600)]
        for path, name, forbidden, mode in wanted:
            if path.exists() and path.stat().st_mode & forbidden:
                yield path, name, mode

    def close(self) -> None:
        for path, _, mode in list(self._exposed()):
            path.chmod(mode)


def named(settings: Settings) -> Mapping[str, bool]:
    """Which settings are filled in."""
    shown = {
        name: getattr(value, "get_secret_value", lambda v=value: v)()
        for name, value in settings.model_dump().items()
    }
    return {name.upper(): bool(value) for name, value in shown.items()}


def guessable(secret: str, *, long: int = _LONG) -> bool:
    """Short, of few different characters, or a word everybody tries first."""
    low = secret.lower()
    common = any(word in low and len(low) <= len(word) + 8 for word in _COMMON)
    return len(secret) < long or len(set(secret)) < _VARIED or common


def _all(value: object) -> set[str]:
    text = value.get_secret_value()  # type: ignore[attr-defined]
    return {part.strip() for part in text.split(",") if part.strip()}


def existing(folder: Path) -> Path:
    """It, or the nearest above it that is there."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _is_here(host: str) -> bool:
    """This machine, or a socket in its file system."""
    if host in ("", "localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _debugging() -> bool:
    return sys.flags.dev_mode or bool(os.environ.get("PYTHONASYNCIODEBUG"))
