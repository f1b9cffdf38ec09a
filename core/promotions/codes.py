"""Codes as people type them, and the coupon behind one: its own code, or one of those that are good once."""

import random
import re
import unicodedata
from typing import Final

from core.changes import Changes, Update
from core.errors import CouponGone
from core.ports import Store
from core.promotions.model import Coupon, CouponCode

LONGEST: Final = 24
CODE: Final = re.compile(r"[A-Z0-9\u4e00-\u9fff][A-Z0-9\u4e00-\u9fff-]{2,23}")
# Nothing that is mistaken for another when it is read aloud or off paper.
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def folded(code: str) -> str:
    """As codes are kept: capital letters, no full width, no blanks, no quotation marks around."""
    bare = unicodedata.normalize("NFKC", code).strip(" .!?。“”\"'「」")
    return "".join(bare.split()).replace("–", "-").replace("—", "-").upper()[: LONGEST + 16]


def made_up(*, rng: random.Random, length: int) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(length))


async def coupon_of(*, store: Store, code: str) -> Coupon | None:
    """The coupon that the code opens; one of the codes that are good once stands in it as its own."""
    said = folded(code)
    own = await store.get(Coupon, code=said)
    if own is not None:
        return None if own.singly else own
    single = await store.get(CouponCode, code=said)
    coupon = await store.get(Coupon, id=single.coupon_id) if single else None
    return coupon and coupon.model_copy(update={"code": said})


async def held(*, store: Store, person_id: int) -> dict[int, CouponCode]:
    """By coupon, a code that the person brought and has not used."""
    codes = await store.find(CouponCode, holder_id=person_id, order_id=None, order="-id")
    return {one.coupon_id: one for one in codes}


async def bring(*, store: Store, single: CouponCode, person_id: int) -> None:
    """From now on it is this person's. Raises CouponGone for one that is another's, or used."""
    if single.order_id is not None:
        raise CouponGone(single.code, "spent")
    if single.holder_id == person_id:
        return
    taken = CouponGone(single.code, "taken")
    if single.holder_id is not None:
        raise taken
    change = Update(CouponCode, single.id, {"holder_id": person_id}, {"holder_id": None}, taken)
    await store.apply(Changes().add(change))
