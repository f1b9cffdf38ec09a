"""Which ready answers fit a question as people type it, tried on those a platform begins with."""

import pytest

from core.faq.model import Chapter
from core.faq.ready import likely
from db.ready_answers import ready_answers

CHAPTERS = [Chapter(topic, questions) for topic, questions in ready_answers()]


@pytest.mark.feature("C19")
@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("多久能退款", "退款多久到账？"),
        ("師傅沒來", "师傅没来怎么办？"),
        ("改时间", "可以改时间吗？"),
        ("谁能看到我的电话", "师傅能看到我的电话和地址吗？"),
        ("服務碼", "服务码是什么？"),
        ("refunds?", "退款多久到账？"),
        ("can I cancel", "怎么取消订单？"),
        ("nobody came", "师傅没来怎么办？"),
        ("I want to change the time of my order", "可以改时间吗？"),
    ],
)
def test_a_typed_question_finds_its_answer(asked: str, answered: str) -> None:
    found = [question.question["zh_CN"] for question in likely(chapters=CHAPTERS, text=asked)]
    assert answered in found[:2]


@pytest.mark.parametrize(
    "asked", ["", "？", "hello", "杯子打碎了", "they broke my vase", "🎉" * 99]
)
def test_what_no_answer_fits_finds_none(asked: str) -> None:
    assert likely(chapters=CHAPTERS, text=asked) == []


def test_at_most_so_many() -> None:
    assert len(likely(chapters=CHAPTERS, text="退款 取消 付款 师傅", most=2)) <= 2
