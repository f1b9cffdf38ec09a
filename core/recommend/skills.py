"""What each of some providers does, as far as it can be booked."""

from collections.abc import Collection

from core.catalog.service import Catalog
from core.people.model import Skill
from core.ports import Store


async def skills_of(
    *, store: Store, catalog: Catalog, provider_ids: Collection[int]
) -> dict[int, list[int]]:
    """Provider → services in the order of the catalogue."""
    ids = list(provider_ids)
    found = await store.find(Skill, provider_id=ids, active=True) if ids else []
    offered = {(skill.provider_id, skill.service_id) for skill in found}
    return {
        provider_id: [s.id for s in catalog.services() if (provider_id, s.id) in offered]
        for provider_id in ids
    }
