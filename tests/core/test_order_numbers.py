"""An order number is read in whatever spelling it is typed, and nothing else is taken for one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import order_digits, order_number, order_number_in, read_order_number

NUMBER = order_number(rng=random.Random(3))
HEAD, TAIL = NUMBER[:4], NUMBER[4:]
WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER)


@pytest.mark.feature("C2", "C9")
@pytest.mark.parametrize(
    "spelling",
    [NUMBER, f"{HEAD}-{TAIL}", f"{HEAD} {TAIL}", f"#{NUMBER}", f"＃{HEAD}—{TAIL}", WIDE, " ".join(NUMBER),
     f"№ {NUMBER}", f"订单{NUMBER}", f"订单号：{HEAD}-{TAIL}", f"單號 {NUMBER}", f"Order no. {NUMBER}",
     f"my order {HEAD}.{TAIL}", f"  {NUMBER}  "],
)  # fmt: skip
def test_every_spelling_is_the_same_number(spelling: str) -> None:
    assert read_order_number(spelling) == NUMBER


@pytest.mark.parametrize(
    "text", ["13812345678", "2026-11-27", "1234", "12:30-14:00", "", "订单", "#"]
)
def test_other_numbers_are_none(text: str) -> None:
    assert read_order_number(text) is None
    assert order_number_in(text) is None
    assert order_digits(text) is None


def test_a_number_inside_a_sentence_is_found_and_a_wrong_one_is_not() -> None:
    assert order_number_in(f"我的订单{HEAD}-{TAIL}什么时候到") == NUMBER
    wrong = str((int(NUMBER) + 1) % 10**8).zfill(8)
    assert order_number_in(f"where is {wrong}?") is None
    assert order_digits(wrong) == wrong


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    order_number_in(text)
    assert read_order_number(text) is None or len(str(read_order_number(text))) == 8
