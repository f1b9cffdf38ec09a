"""What an application consists of, and what of it still lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.catalog.model import Service
from core.inquiries.model import Inquiry
from core.people.model import (
    Certificate,
    CertificateState,
    Hours,
    Person,
    Provider,
    ProviderState,
    Skill,
)

# What an application asks, in this order; the names are also what staff send back for mending.
PARTS: Final = (
    "name", "phone", "photo", "services", "years", "bio", "papers", "area", "hours",
)  # fmt: skip
EDITABLE: Final = frozenset({ProviderState.DRAFT, ProviderState.REJECTED})
NOT_SAID: Final = -1
"""The years of an application in which they have not been asked yet."""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that was answered so far, and what staff asked about it."""

    provider: Provider
    person: Person
    skills: tuple[Skill, ...]
    papers: tuple[Certificate, ...]
    hours: tuple[Hours, ...]
    needed: frozenset[str]
    inquiries: tuple[Inquiry, ...] = ()

    @property
    def editable(self) -> bool:
        return self.provider.state in EDITABLE

    @property
    def next_part(self) -> str | None:
        """The first part that lacks, or None when it can be sent."""
        lacking = missing(application=self)
        return lacking[0] if lacking else None

    def paper(self, *, kind: str) -> Certificate | None:
        return next((paper for paper in self.papers if paper.kind == kind), None)


def missing(*, application: Application) -> list[str]:
    """The parts that must still be answered, in order."""
    provider = application.provider
    whole = {paper.kind for paper in application.papers if complete(paper=paper)}
    there = {
        "name": bool(provider.name),
        "phone": bool(application.person.phone),
        "photo": provider.photo_id is not None,
        "services": bool(application.skills),
        "years": provider.years != NOT_SAID,
        "papers": application.needed <= whole and len(whole) == len(application.papers),
        "area": provider.lat is not None,
        "hours": bool(application.hours),
    }
    return [part for part in PARTS if not there.get(part, True)]


def steps(*, application: Application) -> tuple[str, ...]:
    """The parts that this person is asked for: certificates where a service needs one or one is there, and as long as
    nobody knows, because no service is chosen yet.
    """
    papers = (
        application.needed or application.papers or not application.skills
        or "papers" in application.provider.mends
    )  # fmt: skip
    return tuple(part for part in PARTS if part != "papers" or papers)


def ordered(*, parts: Iterable[str]) -> str:
    """Parts as they are kept in `Provider.mend`."""
    wanted = {*parts}
    return ",".join(part for part in PARTS if part in wanted)


def complete(*, paper: Certificate) -> bool:
    """A certificate can be judged with its number and a picture of it; one found not good is to be replaced."""
    judgeable = bool(paper.number) and paper.file_id is not None
    return judgeable and paper.state is not CertificateState.REJECTED


def kinds_of(*, services: Sequence[Service]) -> list[str]:
    """Every kind of certificate that some service asks for."""
    return sorted({service.certificate for service in services if service.certificate})
