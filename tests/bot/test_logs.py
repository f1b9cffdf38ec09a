"""No token and nothing personal ever reaches a log line."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_012345"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()
    stream = io.StringIO()
    logs.set_up(json_lines=True, to=stream)
    yield stream
    root.handlers[:], level, config = before
    root.setLevel(level)
    structlog.configure(**config)


def test_only_listed_fields_are_written(lines: io.StringIO) -> None:
    structlog.get_logger().info("order placed", order=42, phone="13800138000", text="我家在三楼")
    line = json.loads(lines.getvalue())
    assert (line["event"], line["order"], line["level"]) == ("order placed", 42, "info")
    assert "13800138000" not in lines.getvalue()
    assert "三楼" not in lines.getvalue()


def test_tokens_are_cut_out_of_everything(lines: io.StringIO) -> None:
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    structlog.get_logger().warning(f"could not reach {url}", path=url)
    logging.getLogger("somebody").error("POST %s failed with %s", url, "sk_live_abcdefgh12345")
    try:
        raise ValueError(url)
    except ValueError:
        structlog.get_logger().exception("broken")
        logging.getLogger("somebody").exception("broken")
    written = lines.getvalue()
    assert len(written.splitlines()) == 4
    assert "AAF-" not in written
    assert "sk_live" not in written
    assert written.count("builtins.ValueError") == 2


def test_the_words_of_an_error_stay_out_for_they_may_quote_people(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError("13800138000")
        except KeyError as error:
            raise ValueError("我家在三楼") from error
    except ValueError:
        structlog.get_logger().exception("broken")
    told = json.loads(lines.getvalue())["exception"]
    assert "13800138000" not in told.split("because of")[0].split("\n")[-2]
    assert "builtins.ValueError\nbecause of" in told
    assert told.endswith("builtins.KeyError")


def test_chatty_libraries_are_silent(lines: io.StringIO) -> None:
    for name in ("httpx", "httpcore", "aiohttp.access", "aiogram.event"):
        logging.getLogger(name).info("HTTP Request: POST %s", TOKEN)
    assert lines.getvalue() == ""
