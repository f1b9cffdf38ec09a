"""The table of terms ranks as the pure index does, and the words people type find their service."""

from sqlmodel import SQLModel

import db.search.tables  # noqa: F401
from core.search.query import Vocabulary, query_terms
from core.search.terms import index_terms
from db.engine import Database
from db.search.terms import best, replace_terms, vocabulary
from tests.core.search.catalogue import service_index
from tests.core.search.queries import QUERIES


async def ask(db: Database, known: Vocabulary, text: str) -> list[tuple[int, float]]:
    worth = query_terms(text=text, vocabulary=known)
    return await best(db, kind="service", worth=worth, limit=3)


async def test_all_queries_find_their_service_in_the_database_too(db: Database) -> None:
    await db.create(SQLModel.metadata)
    codes, index = service_index()
    for ref, weights in index.terms["service"].items():
        await db.apply(replace_terms(kind="service", ref=ref, weights=weights))
    known = await vocabulary(db, kind="service")
    assert known == await index.vocabulary(kind="service")
    hits = 0
    for text, wanted in QUERIES.items():
        found = await ask(db, known, text)
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
        hits += any(codes[ref] in wanted.split() for ref, _ in found)
    print(f"{len(QUERIES)} queries on {db.dialect}, hit@3 {hits / len(QUERIES):.3f}")
    assert hits >= 0.95 * len(QUERIES)


async def test_edited_keywords_count_at_once_and_kinds_do_not_mix(db: Database) -> None:
    await db.create(SQLModel.metadata)
    old = index_terms(names=["空调维修"], keywords=["雪种"])
    new = index_terms(names=["空调维修"], keywords=["制冷机"])
    await db.apply(replace_terms(kind="service", ref=1, weights=old))
    await db.apply(replace_terms(kind="provider", ref=2, weights=old))
    await db.apply(replace_terms(kind="service", ref=1, weights=new))
    known = await vocabulary(db, kind="service")
    assert [ref for ref, _ in await ask(db, known, "制冷机")] == [1]
    assert "雪种" not in known
    assert await ask(db, known, "雪种") == []
    assert await best(db, kind="service", worth={}) == []
