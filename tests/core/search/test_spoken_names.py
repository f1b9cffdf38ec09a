"""Somebody's name in a sentence is heard, and words that only look like one are not."""

import pytest

from core.search.spoken_names import names

COMMON = {"fan", "cleaning", "ac", "repair"}


@pytest.mark.feature("C3")
@pytest.mark.parametrize(
    ("text", "name"),
    [("约李师傅修空调", "李庆"), ("找孙光明修空调", "孙光明"), ("wang ac repair", "王伟"),
     ("ac repair with wang wei", "王伟"), ("weiwang ac repair", "王伟"), ("王阿姨打扫", "王秀英"),
     ("master shi zhiqiang", "石志强"), ("ac repair with fan", "范冰"), ("李師傅", "李庆"),
     ("Anna ac repair", "Anna")],
)  # fmt: skip
def test_a_name_is_heard(text: str, name: str) -> None:
    assert names(text=text, name=name, common=COMMON)


@pytest.mark.feature("C3")
@pytest.mark.parametrize(
    ("text", "name"),
    [("修空调", "孙光明"), ("fan repair", "范冰"), ("找个阿姨打扫", "王秀英"), ("li ac repair", "李庆"),
     ("李师傅修空调", "王伟"), ("wangwei ac", "李庆"), ("", "李庆"), ("an ac repair", "安宁")],
)  # fmt: skip
def test_other_words_are_no_name(text: str, name: str) -> None:
    assert not names(text=text, name=name, common=COMMON)
