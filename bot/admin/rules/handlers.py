"""Reading and changing rules: shown, typed, shown back, then set."""

from bot.admin.parts import me, sign
from bot.admin.rules import screens
from bot.amounts import read_amount
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Unknown
from core.permissions import may
from core.rules import RULES, Rule
from core.rules.service import checked


def _rule(number: int) -> Rule:
    known = list(RULES.values())
    if not 0 <= number < len(known):
        raise Unknown("rule")
    return known[number]


async def rules(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    talk.rest()
    member = await me(talk)
    changes = may(role=member.role, action="rules.change")
    return screens.rules(talk.words, talk.core.rule_book.shown(), number, changes=changes)


async def ask(talk: Talk, number: int) -> Screen:
    rule = _rule(number)
    talk.expect("rule_value", rule=number)
    return screens.ask(talk.words, rule, talk.core.rule_book.value(name=rule.name))


async def typed(talk: Talk) -> Screen:
    """Shows the new value back before it counts. Invalid values are told with their bounds."""
    number = int(talk.memory.get("rule", -1))
    rule = _rule(number)
    value = checked(rule=rule, text=_bare(talk, rule))
    talk.expect("rule_value", rule=number, value=value)
    return screens.confirm(
        talk.words, rule, number, talk.core.rule_book.value(name=rule.name), value
    )


def _bare(talk: Talk, rule: Rule) -> str:
    """The number that was meant: amounts are typed as everywhere, and kept in the smallest unit."""
    amount = read_amount(talk.incoming.text, talk.words.currency) if rule.unit == "money" else None
    return talk.incoming.text if amount is None else str(amount)


async def keep(talk: Talk, number: int) -> Screen:
    rule, value = _rule(number), talk.memory.get("value")
    if value is None or talk.memory.get("rule") != number:
        return await ask(talk, number)
    member = await me(talk)
    old, new = await talk.core.rule_book.change(
        name=rule.name, text=str(value), telegram_id=member.telegram_id,
        staff_name=sign(member, talk), now=talk.now,
    )  # fmt: skip
    talk.rest()
    return screens.changed(talk.words, rule, old, new)
