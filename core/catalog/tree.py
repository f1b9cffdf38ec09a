"""The catalogue as a tree: what hangs where, and what of it customers see. Pure."""

from collections.abc import Collection, Iterable, Iterator

from core.catalog.model import Category, Service, Thing
from core.errors import Unknown


class Tree:
    """Categories and services by id; what is hidden, or hangs below something hidden, is found by id but not listed."""

    def __init__(
        self, categories: Iterable[Category] = (), services: Iterable[Service] = ()
    ) -> None:
        self.plant(categories, services)

    def plant(self, categories: Iterable[Category], services: Iterable[Service]) -> None:
        """Takes these in place of whatever there was."""
        in_order = sorted(categories, key=lambda one: (one.position, one.id))
        self._categories = {category.id: category for category in in_order}
        listed = sorted(services, key=lambda one: (one.position, one.id))
        self._services = {service.id: service for service in listed}
        self._open = {category.id for category in self._below(None, shown=True)}

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

    def thing(self, *, thing_id: int) -> Thing:
        """A category or a service. Raises Unknown."""
        found = self.find(thing_id=thing_id)
        if found is None:
            raise Unknown("service")
        return found

    def find(self, *, thing_id: int) -> Thing | None:
        return self._categories.get(thing_id) or self._services.get(thing_id)

    def things(self) -> list[Thing]:
        """Everything, hidden or not; categories first, each after the one it hangs on, loose ones last."""
        found = {category.id: category for category in self._below(None)} | self._categories
        return [*found.values(), *self._services.values()]

    def loose(self) -> list[Thing]:
        """What hangs on nothing that is there."""
        whole = {category.id for category in self._below(None)}
        found: list[Thing] = [one for one in self._categories.values() if one.id not in whole]
        return found + [one for one in self._services.values() if one.category_id not in whole]

    def _below(self, parent_id: int | None, *, shown: bool = False) -> Iterator[Category]:
        for category in self._categories.values():
            if category.parent_id == parent_id and not (shown and category.hidden):
                yield category
                yield from self._below(category.id, shown=shown)

    def bookable(self, *, service_id: int) -> Service:
        """Raises Unknown, also for one that customers do not see."""
        service = self.service(service_id=service_id)
        if not self.seen(service):
            raise Unknown("service")
        return service

    def seen(self, thing: Thing) -> bool:
        """Whether customers see it: it hangs on the tree, and neither it nor anything above is hidden."""
        if isinstance(thing, Category):
            return thing.id in self._open
        return not thing.hidden and thing.category_id in self._open

    def children(self, *, parent_id: int | None) -> list[Category]:
        return [c for c in self._categories.values() if c.parent_id == parent_id and not c.hidden]

    def services_in(self, *, category_id: int) -> list[Service]:
        return [s for s in self._services.values() if s.category_id == category_id and not s.hidden]

    def services(self) -> list[Service]:
        """Every service that can be booked."""
        return [service for service in self._services.values() if self.seen(service)]

    def covered(self, *, service_ids: Collection[int]) -> list[Thing]:
        """These services in as few names as can be: whole categories, the highest first, then what is left over."""
        return self._covered(None, set(service_ids))

    def _covered(self, parent_id: int | None, wanted: set[int]) -> list[Thing]:
        found: list[Thing] = []
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

    def homes(self, thing: Thing) -> list[Category]:
        """Where it could hang instead, in the order of the tree: neither where it is, nor in or below itself."""
        here = thing.category_id if isinstance(thing, Service) else thing.parent_id
        own = {thing.id} | {one.id for one in self._below(thing.id)}
        return [one for one in self._below(None) if one.id not in own and one.id != here]

    def beside(self, thing: Thing) -> list[Thing]:
        """Of its kind and below the same category, itself too, in their order."""
        if isinstance(thing, Service):
            return list(self.everything_in(category_id=thing.category_id)[1])
        return list(self.everything_in(category_id=thing.parent_id)[0])
