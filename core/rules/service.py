"""Changing the rules at run time: typed, bounded, with who changed what from which value."""

import re
from datetime import datetime

from core.changes import Change, Changes, Insert, Update
from core.entity import NewId
from core.errors import Invalid, Unknown
from core.people.staff import StaffRoom
from core.ports import Store
from core.rules import RULES, Rule, Rules
from core.rules.model import RuleValue

LONGEST = 200
# What looks like nothing at all: a name or a number of the platform would vanish.
BLANK = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]+"
)


class RuleBook:
    def __init__(self, *, store: Store, rules: Rules, staff: StaffRoom, new_id: NewId) -> None:
        self._store = store
        self._rules = rules
        self._staff = staff
        self._new_id = new_id

    def shown(self) -> list[tuple[Rule, int | str]]:
        """Every rule with the value in force."""
        return [(rule, self.value(name=rule.name)) for rule in RULES.values()]

    def value(self, *, name: str) -> int | str:
        """Raises Unknown."""
        if name not in RULES:
            raise Unknown("rule")
        typed = isinstance(RULES[name].default, int)
        return self._rules.number(name) if typed else self._rules.text(name)

    async def read(self) -> None:
        """Takes what other processes changed."""
        values = await self._store.find(RuleValue)
        self._rules.update({value.name: value.value for value in values})

    async def change(
        self, *, name: str, text: str, telegram_id: int, staff_name: str, now: datetime
    ) -> tuple[int | str, int | str]:
        """Sets a rule from typed words; (old, new). Raises Unknown, Invalid("rule", "number" | "bounds" | "text")."""
        old = self.value(name=name)
        value = checked(rule=RULES[name], text=text)
        known = await self._store.get(RuleValue, name=name)
        change: Change
        if known is None:
            change = Insert(RuleValue(id=self._new_id(), name=name, value=value))
        else:
            change = Update(RuleValue, known.id, {"value": value}, expect={"value": known.value})
        await self._store.apply(Changes().add(change))
        await self.read()
        await self._staff.log(
            telegram_id=telegram_id, name=staff_name, action="rules.change", subject=name,
            reason=f"{old} → {value}", now=now,
        )  # fmt: skip
        return old, self.value(name=name)


def checked(*, rule: Rule, text: str) -> str:
    """The value as it is kept. Raises Invalid with the bounds."""
    text = text.strip()
    if isinstance(rule.default, str):
        if not BLANK.sub("", text) or len(text) > LONGEST:
            raise Invalid("rule", "text", {"most": LONGEST})
        return text
    try:
        number = int(text)
    except ValueError:
        raise Invalid("rule", "number", {"low": rule.low, "high": rule.high}) from None
    if not rule.low <= number <= rule.high:
        raise Invalid("rule", "bounds", {"low": rule.low, "high": rule.high})
    return str(number)
