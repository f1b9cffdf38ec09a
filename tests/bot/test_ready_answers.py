"""What ready answers tell people to tap is there to be tapped, in their language."""

import re

import pytest

from db.ready_answers import ready_answers
from tests.house.catalogues import kept

# Words to type rather than to tap.
TYPED = {
    "明天下午三点修空调", "改到明天下午三点", "晚到15分钟", "周三请假", "周一到周五 9–18",
    "fix AC tomorrow 3pm", "tomorrow at three", "15 minutes late", "Wed off", "Mon–Fri 9–18",
}  # fmt: skip


EVERY = [one for _, questions in ready_answers() for one in questions]


def bare(label: str) -> str:
    """A label without its sign and its markup."""
    return re.sub(r"^\W+", "", re.sub("<[^>]+>", "", label)).strip()


def labels(language: str) -> set[str]:
    """All that is written in the bots; English is its own key."""
    texts = (m.id if language == "en" else m.string for m in kept(language).values())
    whole = (text if isinstance(text, list | tuple) else (text,) for text in texts)
    return {bare(one) for texts_ in whole for one in texts_}


@pytest.mark.feature("C19", "P16")
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_an_answer_names_is_a_label_or_words_to_type(language: str) -> None:
    known = labels(language) | TYPED
    unknown = {
        (one.question[language], quoted)
        for one in EVERY
        for quoted in re.findall("“([^”]+)”", one.answer[language])
        if bare(quoted) not in known
    }
    assert unknown == set()


@pytest.mark.feature("C19", "C15")
@pytest.mark.parametrize(
    ("language", "asked", "label"),
    [("zh_CN", "可以改时间吗？", "改期"), ("en", "Can I change the time?", "Move")],
)
def test_who_asks_about_another_time_is_told_to_move_the_visit(
    language: str, asked: str, label: str
) -> None:
    (answer,) = [one.answer[language] for one in EVERY if one.question[language] == asked]
    assert f"“{label}”" in answer
