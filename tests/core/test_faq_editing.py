"""What may be written of a frequently asked question, and what becomes of two who write at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import AlreadyDone, Invalid, OutOfDate, Unknown
from core.faq.checking import LONGEST, checked
from core.faq.model import Question, Topic, untold
from db.engine import Database
from tests.reliability.town import Town, town

pytestmark = pytest.mark.feature("A13")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def asked(**texts: dict[str, str]) -> Question:
    return Question(id=0, topic_id=1, **texts)


def test_a_language_has_both_or_neither() -> None:
    half = asked(question={"en": "How?", "zh_CN": "怎么？"}, answer={"en": "So."})
    with pytest.raises(Invalid) as wrong:
        checked(thing=half)
    assert (wrong.value.reason, wrong.value.facts) == ("half", {"language": "zh_CN"})
    assert untold(thing=half, languages=["en", "zh_CN"]) == ["zh_CN"]


@pytest.mark.parametrize("names", [{}, {"en": " "}])
def test_nothing_is_nothing(names: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="nothing"):
        checked(thing=Topic(id=0, names=names))


def test_what_is_too_long_is_refused_and_lines_of_an_answer_stay() -> None:
    with pytest.raises(Invalid, match="length"):
        checked(thing=Topic(id=0, names={"en": "x" * (LONGEST["names"] + 1)}))
    tidy = checked(thing=asked(question={"en": " How\nmuch? "}, answer={"en": "One. \n Two. "}))
    assert (tidy.question["en"], tidy.answer["en"]) == ("How much?", "One.\nTwo.")


@pytest.fixture
async def here(tmp_path: Path):  # type: ignore[no-untyped-def]
    url = f"sqlite+aiosqlite:///{tmp_path / 'town.db'}"
    database = await Database.open(url)
    async with town(database, url, tmp_path) as made:
        yield made
    await database.close()


async def test_two_write_at_once_and_the_second_hears(here: Town) -> None:
    faq = here.core.faq_editing
    topic = await faq.add(thing=Topic(id=0, names={"en": "Pay"}), by="Ann", now=NOW)
    one = await faq.add(
        thing=asked(question={"en": "Cash?"}, answer={"en": "Yes."}).model_copy(
            update={"topic_id": topic.id}
        ),
        by="Ann", now=NOW,
    )  # fmt: skip
    anns = one.model_copy(update={"answer": {"en": "Yes, at the door."}})
    bobs = one.model_copy(update={"answer": {"en": "No."}})
    await faq.change(thing=anns, by="Ann", now=NOW)
    with pytest.raises(OutOfDate):
        await faq.change(thing=bobs, by="Bob", now=NOW)
    [chapter] = await here.core.faq.chapters(side="customer")
    assert chapter.questions[0].answer == {"en": "Yes, at the door."}
    with pytest.raises(OutOfDate):
        await faq.remove(thing=one, version=one.version)
    with pytest.raises(Invalid, match="not_empty"):
        await faq.remove(thing=topic, version=topic.version)
    await faq.hide(thing=one, hidden=True, by="Bob", now=NOW)
    with pytest.raises(AlreadyDone):
        await faq.hide(thing=one, hidden=True, by="Ann", now=NOW)
    assert await here.core.faq.chapters(side="customer") == [], "a topic with nothing in it"
    await faq.remove(thing=one, version=one.version + 1)
    with pytest.raises(Unknown):
        await faq.question(question_id=one.id)


async def test_what_staff_removed_does_not_come_back_with_the_next_start(here: Town) -> None:
    faq = here.core.faq_editing
    first = [(Topic(id=0, names={"en": "Pay"}), [asked(question={"en": "?"}, answer={"en": "!"})])]
    await faq.begin(first=first)
    [chapter] = await faq.every(side="customer")
    await faq.remove(thing=chapter.questions[0], version=1)
    await faq.begin(first=first)
    [left] = await faq.every(side="customer")
    assert left.questions == []


async def test_order_goes_up_and_down_and_ends_at_the_end(here: Town) -> None:
    faq = here.core.faq_editing
    made = [
        await faq.add(thing=Topic(id=0, names={"en": name}), by="Ann", now=NOW) for name in "ABC"
    ]
    assert await faq.move(thing=made[2], steps=-1)
    assert not await faq.move(thing=made[0], steps=-1)
    every = await faq.every(side="customer")
    assert [one.topic.names["en"] for one in every] == ["A", "C", "B"]
