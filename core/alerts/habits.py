"""What people's visits of some weeks say about them: who cancels at others' expense, who deals with himself. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from core.money import BASIS
from core.orders.absent import ABSENT
from core.orders.lifecycle import Actor
from core.orders.model import Late, State
from core.rules import Rules

DONE: Final = frozenset({State.FINISHED, State.DISPUTED, State.CLOSED})
BEST = 15
"""The most that the three stars of a review are together."""
_SHOWN = 8

Facts = dict[str, Any] | None
"""The figures of what was found, or nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One order as far as it says something about its people; `stars` are the three of its review together.

    `worked` is how long the work took, `planned` how long it was to take. `late`: the customer had been told that the
    provider was late. `ended_at` is when it was cancelled.
    """

    order_id: int
    customer_id: int
    provider_id: int
    state: State
    created_at: datetime
    planned: timedelta
    worked: timedelta | None = None
    ended_at: datetime | None = None
    cancelled_by: str = ""
    reason: str = ""
    late: int = Late.NOT
    stars: int | None = None

    @property
    def done(self) -> bool:
        return self.state in DONE


def cancels(*, seen: Sequence[Seen], rules: Rules) -> Facts:
    """A customer who lets providers down: cancels after the minutes of grace, or does not open.

    Not where the provider was late, and what was never paid was no order.
    """
    grace = timedelta(minutes=rules.number("cancel_grace_minutes"))
    counted = [one for one in seen if not _never_was(one, grace)]
    bad = [one for one in counted if _let_down(one)]
    return _enough(bad, len(counted), "alert_customer_cancels", rules)


def _never_was(one: Seen, grace: timedelta) -> bool:
    """Nobody paid in time, or it was taken back in the same breath."""
    if one.state is not State.CANCELLED:
        return False
    if one.cancelled_by == Actor.CLOCK and one.reason == "unpaid":
        return True
    at_once = one.ended_at is not None and one.ended_at - one.created_at <= grace
    return one.cancelled_by == Actor.CUSTOMER and at_once


def _let_down(one: Seen) -> bool:
    if one.state is not State.CANCELLED:
        return False
    absent = one.cancelled_by == Actor.PROVIDER and one.reason == ABSENT
    return absent or (one.cancelled_by == Actor.CUSTOMER and one.late < Late.TOLD)


def drops(*, lost: Sequence[int], promised: int, rules: Rules) -> Facts:
    """A provider who gives back what he promised, or does not come; `lost` are those orders."""
    return _share(list(lost), promised, "alert_provider_cancels", rules)


def _enough(bad: Sequence[Seen], of: int, rule: str, rules: Rules) -> Facts:
    return _share([one.order_id for one in bad], of, rule, rules)


def _share(orders: list[int], of: int, rule: str, rules: Rules) -> Facts:
    n = len(orders)
    enough = n >= rules.number(rule) and n * BASIS >= of * rules.number(f"{rule}_bp")
    return {"n": n, "of": of, "orders": orders[-_SHOWN:]} if enough else None


def each_other(
    *, provider_id: int, ordered: Sequence[Seen], served: Sequence[Seen],
    own_id: int | None, back: Sequence[Seen], rules: Rules,
) -> Facts:  # fmt: skip
    """Two who hardly deal with anybody else: `ordered` by the customer, `served` by the provider.

    `own_id`: the customer works, too, as this provider; then `back` is what the other one ordered, and two who order of
    nobody but each other need no further customers to look busy.
    """
    mine = [one for one in ordered if one.done]
    between = [one for one in mine if one.provider_id == provider_id]
    elsewhere = len(mine) - len(between)
    if elsewhere * BASIS > len(mine) * rules.number("alert_others_bp"):
        return None
    theirs = [one for one in back if one.done] if own_id is not None else []
    if own_id and between and theirs and all(one.provider_id == own_id for one in theirs):
        return _to_and_fro(between + theirs, rules) if own_id < provider_id else None
    done = sum(one.done for one in served)
    found = _enough(between, done, "alert_pair", rules)
    return found and found | {"ordered": len(mine)}


def _to_and_fro(both: Sequence[Seen], rules: Rules) -> Facts:
    """Said of the two once, whichever of them it is looked at from."""
    found = _enough(both, len(both), "alert_pair", rules)
    return found and found | {"mutual": True}


def sham(*, served: Sequence[Seen], rules: Rules) -> list[Seen]:
    """Visits that were over almost at once and have the best stars."""
    return [one for one in served if one.stars == BEST and _hardly_worked(one, rules)]


def _hardly_worked(one: Seen, rules: Rules) -> bool:
    share = rules.number("alert_sham_bp")
    return one.worked is not None and one.worked * BASIS < one.planned * share


def bought(
    *, served: Sequence[Seen], others: Collection[int], rules: Rules
) -> Facts:  # fmt: skip
    """The best stars for visits that hardly took place, by people who never ordered of anybody else.

    `others` are customers who had a visit of another provider.
    """
    reviewed = sum(one.stars is not None for one in served)
    found = [one for one in sham(served=served, rules=rules) if one.customer_id not in others]
    facts = _enough(found, reviewed, "alert_reviews", rules)
    return facts and facts | {"people": len({one.customer_id for one in found})}
