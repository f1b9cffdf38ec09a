"""Every setting is explained, every mistake in one is told in words."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError

from bot.config import Settings

EXAMPLE = (Path(__file__).parent.parent.parent / ".env.example").read_text("utf-8")
TOKENS = {f"{bot}_bot_token": "1:a" for bot in ("customer", "provider", "admin")}


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    explained = set(re.findall(r"^([A-Z0-9_]+)=", EXAMPLE, re.MULTILINE))
    assert explained == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"timezone": "Shanghai"}, "time zone"),
        ({"updates": "push"}, "polling or webhook"),
        ({"customer_bot_token": "1:a"}, "all three"),
        (TOKENS, "STAFF_CHAT_ID"),
        (TOKENS | {"staff_chat_id": "-4021"}, "topics on"),
        ({"owner_ids": "me"}, "digits"),
        ({"run": "kitchen"}, "unknown parts"),
        ({"updates": "webhook"}, "PUBLIC_URL"),
        ({"chat_limit": "20"}, "20/60"),
        ({"group_limit": "20 a minute"}, "20/60"),
        ({"currency": "yuan"}, "three-letter"),
        ({"default_language": "klingonish-x"}, "language"),
        ({"database_url": "mysql://here/there"}, "postgresql"),
        ({"http_port": "99999"}, "65535"),
        ({"wechatpay_private_key": "secret"}, "private RSA key of 2,048"),
        ({"alipay_public_key": "no-such-file.pem"}, "public RSA key"),
        ({"wechatpay_api_v3_key": "short"}, "32 characters"),
        ({"payout_key": "secret"}, "PAYOUT_KEY|payout_key"),
        ({"redis_url": "127.0.0.1:6379"}, "redis://"),
        ({"link_secret_key": "short"}, "24 characters"),
    ],
)
def test_a_wrong_setting_is_told_in_words(values: dict[str, str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Settings(_env_file=None, **values)


def test_the_sqlite_file_lies_with_the_other_data() -> None:
    settings = Settings(_env_file=None, data_dir="/srv/city")
    assert settings.database_url == "sqlite+aiosqlite:////srv/city/doorstep.db"


def test_a_key_that_several_make_at_once_is_the_same_for_all(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as several:
        each = several.map(
            lambda _: Settings(_env_file=None, data_dir=tmp_path).link_secret, range(64)
        )
        assert len(set(each)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["link.key"]
    assert (tmp_path / "link.key").stat().st_mode & 0o777 == 0o600


def test_machines_without_common_data_share_the_key_of_links(tmp_path: Path) -> None:
    here, there = (
        Settings(_env_file=None, data_dir=tmp_path / name, link_secret_key="k" * 24)
        for name in ("here", "there")
    )
    assert here.link_secret == there.link_secret


def test_secrets_are_never_shown() -> None:
    settings = Settings(_env_file=None, stripe_secret_key="sk_live_canary")
    assert "canary" not in repr(settings)


def test_only_the_sandbox_makes_a_key_for_accounts_and_keeps_it_to_itself(tmp_path: Path) -> None:
    real = Settings(_env_file=None, data_dir=tmp_path, staff_chat_id=-1001000000001, **TOKENS)
    assert real.vault is None
    settings = Settings(_env_file=None, data_dir=tmp_path)
    assert settings.vault is not None
    sealed = settings.vault.seal("6222 0212 3456 7894")
    assert (tmp_path / "payout.key").stat().st_mode & 0o777 == 0o600
    again = Settings(_env_file=None, data_dir=tmp_path).vault
    assert again is not None
    assert again.open(sealed) == "6222 0212 3456 7894"


def test_a_new_key_for_accounts_is_put_before_the_old_one() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    keys = (old, f"{new},{old}", new)
    before, turning, after = (Settings(_env_file=None, payout_key=key).vault for key in keys)
    assert before
    assert turning
    assert after
    sealed = before.seal("a")
    assert turning.open(sealed) == "a"
    assert after.open(sealed) == ""
    assert after.open(turning.seal("b")) == "b"
