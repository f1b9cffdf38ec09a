"""The customer's choices for a list of providers as five characters inside button data: they outlive restarts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.catalog.model import Service
from core.search.finder import Wish
from core.search.nearby import Sort

SORTS = {"r": Sort.RATING, "p": Sort.PRICE, "d": Sort.DISTANCE, "e": Sort.EARLIEST}
RATINGS = (None, 4.0, 4.5, 4.8)
DISTANCES = (None, 2.0, 5.0, 10.0)
PRICES = 4
YUAN = 100


@dataclass(frozen=True, slots=True)
class View:
    """Positions in the tables above; 0 means any."""

    sort: str = "r"
    rating: int = 0
    price: int = 0
    distance: int = 0
    verified: int = 0

    @classmethod
    def read(cls, code: str) -> "View":
        """An unreadable code (an old button) is the plain list."""
        if (
            len(code) != 5
            or code[0] not in SORTS
            or not code[1:].isascii()
            or not code[1:].isdigit()
        ):
            return cls()
        rating, price, distance, verified = map(int, code[1:])
        return cls(code[0], rating % 4, price % PRICES, distance % 4, verified % 2)

    @property
    def code(self) -> str:
        return f"{self.sort}{self.rating}{self.price}{self.distance}{self.verified}"

    @property
    def filters(self) -> int:
        """How many filters are on."""
        return sum(map(bool, (self.rating, self.price, self.distance, self.verified)))

    def cleared(self) -> "View":
        return View(sort=self.sort)

    def turned(self, name: str) -> "View":
        """The next value of one filter, after the last one any."""
        size = {"rating": len(RATINGS), "price": PRICES, "distance": len(DISTANCES), "verified": 2}
        return replace(self, **{name: (getattr(self, name) + 1) % size[name]})

    def wish(self, service: Service) -> Wish:
        low, high = price_range(service, self.price)
        return Wish(
            sort=SORTS[self.sort], min_rating=RATINGS[self.rating], min_price=low, max_price=high,
            max_km=DISTANCES[self.distance], verified=bool(self.verified),
        )  # fmt: skip


def price_range(service: Service, choice: int) -> tuple[int | None, int | None]:
    """The service's band in three parts, cut at whole amounts: (from, to) in minor units."""
    third = (service.price_high - service.price_low) // 3 // YUAN * YUAN
    first, second = service.price_low + third, service.price_low + 2 * third
    table: Sequence[tuple[int | None, int | None]] = (
        (None, None), (None, first), (first, second), (second, None),
    )  # fmt: skip
    return table[choice]
