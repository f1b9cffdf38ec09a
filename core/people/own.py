"""Whose bot it is: from a person to the provider that he is."""

from core.errors import Unknown
from core.people.model import Provider
from core.ports import Store


async def provider_of(*, store: Store, person_id: int) -> Provider:
    """Raises Unknown for somebody who never applied."""
    provider = await store.get(Provider, person_id=person_id)
    if provider is None:
        raise Unknown("provider")
    return provider
