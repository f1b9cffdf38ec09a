"""What customers and providers find of the frequently asked questions; what staff changed counts at once."""

from core.faq.model import Chapter, Question, Topic
from core.faq.ready import ENOUGH, likely
from core.ports import Store

MOST = 500


class Faq:
    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def chapters(self, *, side: str) -> list[Chapter]:
        """What is frequently asked in this bot, in its order; a topic with nothing in it is left out."""
        every = await chapters(store=self._store, side=side, hidden=False)
        return [one for one in every if one.questions]

    async def likely(self, *, text: str, side: str, enough: float = ENOUGH) -> list[Question]:
        """Those that may answer what was typed, the likeliest first."""
        return likely(chapters=await self.chapters(side=side), text=text, enough=enough)


async def chapters(*, store: Store, side: str, **wanted: bool) -> list[Chapter]:
    """Topics with their questions; `wanted` holds for both."""
    topics = await store.find(Topic, side=side, order="position, id", limit=MOST, **wanted)
    below = {one.id: list[Question]() for one in topics}
    for one in await store.find(
        Question, topic_id=list(below), order="position, id", limit=MOST, **wanted
    ):
        below[one.topic_id].append(one)
    return [Chapter(one, below[one.id]) for one in topics]
