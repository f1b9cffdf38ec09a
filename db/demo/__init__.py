"""The demo city: Shanghai with its services, places and people, made from a seed so that everyone sees the same.

Data and pure generators only; nothing here knows a table.
"""

import random
from datetime import datetime

from db.demo import people, reading
from db.demo.model import City

SEED = 2024


def load_city(now: datetime, seed: int = SEED) -> City:
    """Everything at once; the same `now` and `seed` give the same city."""
    services, places = reading.services(), reading.places()
    return City(
        currency=reading.CURRENCY,
        certificates=reading.read("market")["certificates"],
        categories=reading.categories(),
        services=services,
        places=places,
        districts=reading.districts(),
        providers=people.providers(
            services=services, places=places, now=now, rng=random.Random(seed)
        ),
        customers=people.customers(places=places),
        staff=people.staff(),
        coupons=reading.coupons(now=now),
    )
