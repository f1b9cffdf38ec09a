"""What a customer looked at, as long as they want suggestions."""

from datetime import datetime

from core.entity import Entity


class Glance(Entity):
    """The last look at a service (`provider_id` 0) or at a provider for it (`service_id` 0: for none in particular)."""

    person_id: int
    service_id: int
    provider_id: int
    at: datetime
