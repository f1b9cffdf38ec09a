"""No screen speaks two languages: every message has its words in each of them."""

from tests.house.catalogues import faults


def test_every_message_is_translated_with_the_same_values() -> None:
    assert list(faults()) == []
