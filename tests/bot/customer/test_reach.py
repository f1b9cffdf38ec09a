"""Questions whether we come to a place are told from searches for a service there."""

import pytest

from bot.customer.search.reach import beside
from tests.core.search.catalogue import NOW, finder

CALLED = ("浦东新区", "浦东", "Pudong")


@pytest.mark.feature("C2", "C19")
@pytest.mark.parametrize(
    "text",
    ["你们来浦东吗", "浦东可以上门吗", "浦东新区能上门服务吗", "do you come to Pudong?", "Where can you come? Pudong",
     "can you come to pudong", "你们服务范围包括浦东吗", "do you cover Pudong"],
)  # fmt: skip
def test_a_mere_question_says_nothing_beside_the_place(text: str) -> None:
    assert beside(text, CALLED) == ""


@pytest.mark.feature("C2", "C3")
@pytest.mark.parametrize(
    ("text", "wanted"),
    [("能来浦东修空调吗", "ac-repair"), ("do you come to Pudong for ac repair?", "ac-repair"),
     ("上门剪发到浦东吗", "haircut")],
)  # fmt: skip
async def test_a_service_asked_for_at_a_place_is_looked_for(text: str, wanted: str) -> None:
    services = await (await finder()).services(text=beside(text, CALLED), now=NOW, limit=1)
    assert [service.code for service in services] == [wanted]
