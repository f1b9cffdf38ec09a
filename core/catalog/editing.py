"""Staff change the catalogue: one value at a time, each with its bounds; placed orders keep their snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from core.catalog.model import Service, WorkPhotos
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate
from core.money import BASIS
from core.ports import Store

PAYMENTS: Final = ("full", "deposit", "free")
LANGUAGES: Final = ("zh_CN", "en")
LONGEST_NAME, LONGEST_TEXT, LONGEST_WORD, MOST_WORDS = 40, 300, 30, 30
HIGHEST_PRICE, LONGEST_VISIT, MOST_COMMISSION_BP = 10_000_000, 720, 5000


class ServiceIndexer(Protocol):
    """The search's side of a change."""

    async def service(self, *, service_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after."""

    service: Service
    name: str
    before: Any
    after: Any


def _text(name: str, longest: int, least: int) -> Callable[[Any], Any]:
    def check(value: Any) -> dict[str, str]:
        texts = {code: " ".join(str(text).split()) for code, text in dict(value).items()}
        lengths = [len(texts.get(code, "")) for code in LANGUAGES]
        if min(lengths) < least or max(lengths) > longest:
            raise Invalid(name, "length", {"most": longest})
        return texts

    return check


def _number(name: str, low: int, high: int, step: int = 1) -> Callable[[Any], Any]:
    def check(value: Any) -> int:
        if not low <= int(value) <= high or int(value) % step:
            raise Invalid(name, "bounds", {"low": low, "high": high, "step": step})
        return int(value)

    return check


def _keywords(value: Any) -> list[str]:
    words = list(dict.fromkeys(" ".join(str(word).split()) for word in value))
    words = [word for word in words if word]
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise Invalid("keywords", "length", {"most": MOST_WORDS})
    return words


def _payment(value: Any) -> str:
    if value not in PAYMENTS:
        raise Invalid("payment", "unknown")
    return str(value)


def _work_photos(value: Any) -> WorkPhotos:
    if value not in set(WorkPhotos):
        raise Invalid("work_photos", "unknown")
    return WorkPhotos(value)


CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "names": _text("names", LONGEST_NAME, 1),
    "descriptions": _text("descriptions", LONGEST_TEXT, 0),
    "keywords": _keywords,
    "price_low": _number("price_low", 0, HIGHEST_PRICE),
    "price_high": _number("price_high", 1, HIGHEST_PRICE),
    "minutes": _number("minutes", 15, LONGEST_VISIT, 15),
    "commission_bp": _number("commission_bp", 0, MOST_COMMISSION_BP),
    "deposit_bp": _number("deposit_bp", 0, BASIS),
    "payment": _payment,
    "on_site": bool,
    "work_photos": _work_photos,
    "hidden": bool,
}
"""Everything that can be changed here, and what is acceptable."""


def whole(*, service: Service) -> bool:
    """Can be booked: named in every language, with a price and a way to pay that fits the deposit."""
    named = all(service.names.get(code) for code in LANGUAGES)
    deposit = service.payment != "deposit" or service.deposit_bp > 0
    return named and 0 <= service.price_low < service.price_high and deposit


class Editing:
    def __init__(
        self, *, store: Store, catalog: Catalog, index: ServiceIndexer, new_id: NewId
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._index = index
        self._new_id = new_id

    async def add(self, *, category_id: int, names: Mapping[str, str]) -> Service:
        """A new service at the end of its category, hidden until it is whole. Raises Invalid, Unknown."""
        self._catalog.category(category_id=category_id)
        checked = CHECKS["names"](names)
        service_id = self._new_id()
        beside = await self._store.find(Service, order="-position", limit=1)
        service = Service(
            id=service_id, category_id=category_id, code=f"s{service_id}", names=checked,
            position=beside[0].position + 1 if beside else 0, hidden=True,
        )  # fmt: skip
        await self._store.apply(Changes().add(Insert(service)))
        await self._renew(service_id)
        return service

    async def change(self, *, service_id: int, values: Mapping[str, Any]) -> list[Change]:
        """Sets values together (a price band is two of them). Raises Invalid with the field, Unknown, OutOfDate."""
        service = self._catalog.service(service_id=service_id)
        checked = {name: CHECKS[name](value) for name, value in values.items()}
        changed = service.model_copy(update=checked)
        if changed.price_high and changed.price_low >= changed.price_high:
            raise Invalid("price", "order")
        if not changed.hidden and not whole(service=changed):
            raise Invalid("service", "incomplete")
        before = {name: getattr(service, name) for name in checked}
        seen = {name: value for name, value in before.items() if isinstance(value, int | str)}
        await self._store.apply(
            Changes().add(Update(Service, service_id, checked, expect=seen, otherwise=OutOfDate()))
        )
        await self._renew(service_id)
        return [Change(changed, name, before[name], checked[name]) for name in checked]

    async def _renew(self, service_id: int) -> None:
        """What is kept in memory and what the search knows follow at once."""
        await self._index.service(service_id=service_id)
        await self._catalog.reload()
