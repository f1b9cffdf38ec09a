"""The catalogue as everybody reads it: kept in memory, reloaded when staff change it."""

from collections.abc import Collection

from core.catalog.model import Category, Service
from core.errors import Unknown
from core.ports import Store


class Catalog:
    """Categories and services by id; hidden ones are found by id (old orders) but not listed."""

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._categories: dict[int, Category] = {}
        self._services: dict[int, Service] = {}

    async def reload(self) -> None:
        """Reads everything anew; a catalogue is a few hundred rows."""
        categories = await self._store.find(Category, order="position")
        services = await self._store.find(Service, order="position", limit=10_000)
        self._categories = {category.id: category for category in categories}
        self._services = {service.id: service for service in services}

    def category(self, *, category_id: int) -> Category:
        """Raises Unknown."""
        if category_id not in self._categories:
            raise Unknown("category")
        return self._categories[category_id]

    def service(self, *, service_id: int) -> Service:
        """Raises Unknown."""
        if service_id not in self._services:
            raise Unknown("service")
        return self._services[service_id]

    def bookable(self, *, service_id: int) -> Service:
        """Raises Unknown, also for one that staff have hidden."""
        service = self.service(service_id=service_id)
        if service.hidden:
            raise Unknown("service")
        return service

    def children(self, *, parent_id: int | None) -> list[Category]:
        return [c for c in self._categories.values() if c.parent_id == parent_id and not c.hidden]

    def services_in(self, *, category_id: int) -> list[Service]:
        return [s for s in self._services.values() if s.category_id == category_id and not s.hidden]

    def services(self) -> list[Service]:
        """Every service that can be booked."""
        return [service for service in self._services.values() if not service.hidden]

    def covered(self, *, service_ids: Collection[int]) -> list[Category | Service]:
        """These services in as few names as can be: whole categories, the highest first, then what is left over."""
        return self._covered(None, set(service_ids))

    def _covered(self, parent_id: int | None, wanted: set[int]) -> list[Category | Service]:
        found: list[Category | Service] = []
        for category in self.children(parent_id=parent_id):
            inside = {service.id for service in self.services_below(category_id=category.id)}
            if inside and inside <= wanted:
                found.append(category)
            else:
                found += self._covered(category.id, wanted)
        if parent_id is not None:
            found += [s for s in self.services_in(category_id=parent_id) if s.id in wanted]
        return found

    def services_below(self, *, category_id: int) -> list[Service]:
        """All that can be booked in a category, however deep it hangs."""
        found = self.services_in(category_id=category_id)
        for child in self.children(parent_id=category_id):
            found += self.services_below(category_id=child.id)
        return found

    def everything_in(self, *, category_id: int | None) -> tuple[list[Category], list[Service]]:
        """For staff: what hangs on a category, hidden ones too."""
        categories = [c for c in self._categories.values() if c.parent_id == category_id]
        return categories, [s for s in self._services.values() if s.category_id == category_id]
