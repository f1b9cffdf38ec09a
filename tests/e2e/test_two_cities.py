"""A platform with two cities, over HTTP: an announcement for one of them reaches who is there, and nobody else."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.chat import People, Person, words_of
from tests.e2e.announcing import drafted
from tests.e2e.staff import act, colleague, told
from tests.e2e.test_booking import newcomer, settled
from tests.e2e.test_people import opened

pytestmark = pytest.mark.feature("A11")
GUIDE = Path(__file__).parent.parent.parent / "docs/places.md"


@pytest.fixture
def settings(tmp_path: Path) -> Mapping[str, str]:
    """Beside the demo city the one of the guide."""
    [example] = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "places.yaml"
    file.write_text(example, "utf-8")
    return {"PLACES_FILE": str(file)}


async def at_the_lake(people: People) -> Person:
    person = await newcomer(people)
    await person.writes("/start")
    await person.taps("English")
    await person.sees("Where should we come?")
    await person.writes("West Lake")
    await person.sees("what can we do for you?")
    return person


async def moved(staff: Person, provider: Person) -> None:
    """To where the lake is."""
    await opened(staff, str(provider.id), provider.name)
    await act(staff, ("✏️ Correct", "What is wrong"), ("Where they work", "a place"))
    await staff.writes("West Lake")
    await act(staff, ("Yes, correct it", "What is wrong"))


async def test_news_of_one_city_reach_its_customers_and_its_providers_and_nobody_else(
    own_people: People,
) -> None:
    people = own_people
    there, here = await at_the_lake(people), await settled(people)
    staff, worker = await colleague(people, "operator"), await people.known(2001)
    await moved(staff, worker)
    await drafted(staff, {"English": "The marathon closes the roads.", "Chinese": "马拉松封路"})
    await act(staff, ("🎯 To whom", "Who gets it?"), ("everybody", "everybody ✓"))
    assert len(staff.buttons) <= 8
    await act(staff, ("📍 all cities", "Which city?"), ("Hangzhou", "📍 Hangzhou"))
    await staff.sees("👥 2 people")
    await act(staff, ("📍 Hangzhou", "Which district?"), ("Shangcheng", "👥 0 people"))
    await act(staff, ("📍 Shangcheng", "Which district?"), ("All of Hangzhou", "👥 2 people"))
    await act(staff, ("📍 Hangzhou", "Another city"), ("🏙 Another city", "Shanghai"))
    await staff.writes("no such place")
    await staff.sees("We don't know this city or district.")
    await staff.writes("杭州")
    await act(staff, ("✓ That's it", "🎯 To: everybody · Hangzhou"), ("📣 Send it", "Send it?"))
    await act(staff, ("Yes, to 2 people", "being sent"))
    await there.sees("The marathon closes the roads.", timeout=30)
    await worker.sees("马拉松封路", timeout=30)
    await staff.sees_where(lambda m: "✅ 2 got it" in told(m), what="both have it", timeout=40)
    assert "marathon" not in "".join(map(words_of, (await here.refresh()).from_bot()))
