"""The demo catalogue as the search sees it: names and keywords of each service."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from core.search.query import Vocabulary, query_terms
from core.search.terms import index_terms

CATALOGUE = Path(__file__).parents[3] / "db" / "demo" / "catalogue.yaml"


class Index:
    """The table of terms in memory, ranked as the database does it."""

    def __init__(self) -> None:
        self.terms = {
            service["code"]: index_terms(
                names=service["name"].values(), keywords=_keywords(service)
            )
            for service in services()
        }
        frequency = Counter(token for terms in self.terms.values() for token in terms)
        self.vocabulary = Vocabulary(documents=len(self.terms), frequency=frequency)

    def find(self, text: str, limit: int = 3) -> list[str]:
        asked = query_terms(text=text, vocabulary=self.vocabulary)
        scores = {
            code: sum(terms[token] * worth for token, worth in asked.items() if token in terms)
            for code, terms in self.terms.items()
        }
        ranked = sorted((code for code in scores if scores[code]), key=lambda code: -scores[code])
        return ranked[:limit]


def services() -> Iterator[dict[str, Any]]:
    def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from node.get("services", ())
        for child in node.get("children", ()):
            yield from walk(child)

    for category in yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["categories"]:
        yield from walk(category)


def _keywords(service: dict[str, Any]) -> list[str]:
    return [word for words in service["keywords"].values() for word in words]
