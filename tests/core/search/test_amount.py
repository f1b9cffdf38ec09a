"""How many are wanted is noticed, and numbers of other things are not taken for it."""

import pytest

from core.search.amount import amount


@pytest.mark.feature("C3")
@pytest.mark.parametrize(
    ("text", "many"),
    [("修3台空调", 3), ("洗两张床垫", 2), ("clean 2 sofas", 2), ("three units please", 3), ("修一台空调", None),
     ("2个小时保洁", None), ("两个月一次", None), ("修空调", None), ("5个人搬家", None), ("", None)],
)  # fmt: skip
def test_the_number_of_things(text: str, many: int | None) -> None:
    assert amount(text) == many
