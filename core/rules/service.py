"""Changing the rules at run time: typed, bounded, free of contradictions, with who changed what from which value."""

import re
from datetime import datetime

from core.changes import Change, Changes, Insert, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate, Unknown
from core.people.model import StaffAct
from core.people.staff import StaffRoom
from core.ports import Store
from core.rules import RULES, Rule, Rules
from core.rules.clashes import check
from core.rules.model import RuleValue

LONGEST = 200
CHANGED = "rules.change"
# What looks like nothing at all: a name or a number of the platform would vanish.
BLANK = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]+"
)


class RuleBook:
    """`paid_online`: whether any method of paying online is set up."""

    def __init__(
        self, *, store: Store, rules: Rules, staff: StaffRoom, new_id: NewId,
        paid_online: bool,
    ) -> None:  # fmt: skip
        self._store = store
        self._rules = rules
        self._staff = staff
        self._new_id = new_id
        self._paid_online = paid_online

    def value(self, *, name: str) -> int | str:
        """The value in force. Raises Unknown."""
        if name not in RULES:
            raise Unknown("rule")
        typed = isinstance(RULES[name].default, int)
        return self._rules.number(name) if typed else self._rules.text(name)

    async def read(self) -> None:
        """Takes what other processes changed."""
        values = await self._store.find(RuleValue)
        self._rules.update({value.name: value.value for value in values})

    def look(self, *, name: str, text: str) -> str:
        """The value as it would be kept. Raises Unknown, Invalid (see `checked`), RulesClash."""
        self.value(name=name)
        value = checked(rule=RULES[name], text=text)
        if isinstance(RULES[name].default, int):
            check(
                name=name, paid_online=self._paid_online,
                value=lambda one: int(value) if one == name else self._rules.number(one),
            )  # fmt: skip
        return value

    async def change(
        self, *, name: str, text: str, telegram_id: int, staff_name: str, now: datetime
    ) -> tuple[int | str, int | str]:
        """Sets a rule; (old, new). Raises as `look`, OutOfDate where somebody else sets it at the same time."""
        old, value = self.value(name=name), self.look(name=name, text=text)
        known = await self._store.get(RuleValue, name=name)
        change: Change
        if known is None:
            fresh = RuleValue(id=self._new_id(), name=name, value=value)
            change = Insert(fresh, otherwise=OutOfDate())
        else:
            change = Update(RuleValue, known.id, {"value": value}, expect={"value": known.value})
        async with self._staff.acting(
            telegram_id=telegram_id, name=staff_name, action=CHANGED, subject=name,
            reason=f"{old} → {value}", now=now,
        ):  # fmt: skip
            await self._store.apply(Changes().add(change))
        await self.read()
        return old, self.value(name=name)

    async def history(self, *, name: str, limit: int) -> list[StaffAct]:
        """Who changed it lately, the latest first; the reason is the old and the new value, parted by an arrow."""
        return await self._store.find(
            StaffAct, order="-id", limit=limit, action=CHANGED, subject=name
        )


def checked(*, rule: Rule, text: str) -> str:
    """The value as it is kept. Raises Invalid("rule", "text" | "number" | "bounds")."""
    text = text.strip()
    if isinstance(rule.default, str):
        if not BLANK.sub("", text) or len(text) > LONGEST:
            raise Invalid("rule", "text", {"most": LONGEST})
        return text
    try:
        number = int(text)
    except ValueError:
        raise Invalid("rule", "number") from None
    if not rule.low <= number <= rule.high:
        raise Invalid("rule", "bounds")
    return str(number)
