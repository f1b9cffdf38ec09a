"""The oldest button of all: whatever is forgotten of messages and talks, who taps goes on with the order."""

import pytest

from tests.chat import People
from tests.databases import written
from tests.e2e.journey import presses, with_verb
from tests.e2e.test_late_taps import job_of
from tests.e2e.test_moving import booked, of_order
from tests.e2e.test_provider import reading_english, turned
from tests.platforms import Platform

# More than any rule ever lets go.
ALL_THAT_MAY_GO = (
    "UPDATE card SET letter = NULL", "DELETE FROM outbox WHERE state <> 'waiting'",
    "DELETE FROM conversation", "DELETE FROM done_once",
)  # fmt: skip


@pytest.mark.feature("X3", "P5")
async def test_a_button_older_than_all_that_is_remembered_does_what_it_says(
    own_platform: Platform, own_people: People
) -> None:
    person, provider, number = await booked(own_people)
    await reading_english(own_people, provider.name)
    job = await job_of(provider, number)
    old = [(m["message_id"], data) for m in person.from_bot() for data in presses(m)][-8:]
    assert old
    own_platform.stop()
    for sql in ALL_THAT_MAY_GO:
        written(own_platform.database, sql)
    own_platform.start()
    await own_platform.ready()
    for message_id, data in old:  # each is answered, or this fails
        if "cancel" not in data:
            await person.taps_stale(message_id, data)
            assert "wrong" not in person.toast.lower(), (data, person.toast)
    arrive = str(with_verb(job, "depart")).replace("depart", "arrive")
    await provider.taps_stale(job["message_id"], arrive)
    await turned(provider, job, "Ask the customer for the four digits")
    assert of_order(own_platform, number, "state") == "arrived"
    assert own_platform.rows("SELECT error FROM inbox WHERE parked_at IS NOT NULL") == []
