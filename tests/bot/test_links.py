"""Deep links lead where they promise and nowhere else."""

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.customer.parts import share
from bot.gateway.calls import button
from bot.i18n import Words
from bot.links import Links

LINKS = Links("doorstep_bot", b"s" * 32)


@given(st.sampled_from(["p", "s", "refer"]), st.integers(0, 2**63 - 1))
def test_a_link_is_read_back_and_fits_what_telegram_allows(kind: str, subject: int) -> None:
    payload = LINKS.payload(kind, subject)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert LINKS.read(payload) == (kind, subject)
    assert LINKS(kind, subject) == f"https://t.me/doorstep_bot?start={payload}"


@given(st.text(max_size=80))
def test_what_was_not_signed_is_no_link(payload: str) -> None:
    assert LINKS.read(payload) is None


@pytest.mark.feature("C5")
def test_neither_another_id_nor_another_secret_is_believed() -> None:
    said, signature = LINKS.payload("p", 41).rsplit("_", 1)
    assert LINKS.read(f"{said[:-1]}1_{signature}") is None
    assert LINKS.read(f"s{said[1:]}_{signature}") is None
    assert Links("doorstep_bot", b"t" * 32).read(f"{said}_{signature}") is None


@pytest.mark.feature("C5")
@given(st.sampled_from(["p", "s", "d"]), st.integers(0, 2**63 - 1), st.data())
def test_every_altered_payload_is_ignored(kind: str, subject: int, data: st.DataObject) -> None:
    payload = LINKS.payload(kind, subject)
    place = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(st.characters(max_codepoint=126))
    for altered in (
        payload[:place] + other + payload[place + 1 :],
        payload[:place] + payload[place + 1 :],
        payload[:place] + other + payload[place:],
        payload.swapcase(),
        payload + payload,
    ):
        assert altered == payload or LINKS.read(altered) is None, altered


@pytest.mark.feature("C5")
def test_a_thing_is_shared_as_a_card_where_the_bot_may_be_called_else_by_its_address() -> None:
    words = Words("en", "Asia/Shanghai")
    called = Links("doorstep_bot", b"s" * 32, inline=True)
    card = button(share(words, called, "p", 41))["switch_inline_query_chosen_chat"]
    assert LINKS.read(card["query"]) == ("p", 41)
    assert card["allow_user_chats"]
    assert card["allow_group_chats"]
    address = button(share(words, LINKS, "p", 41))["url"]
    assert address == f"https://t.me/share/url?url={quote(LINKS('p', 41), safe='')}"
