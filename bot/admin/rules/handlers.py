"""Reading and changing rules: found, shown with their history, typed or tapped, shown back, then set."""

from bot.admin.parts import me, sign
from bot.admin.rules import screens
from bot.admin.rules.names import NAMES, SECTIONS
from bot.admin.rules.values import typed as meant
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Invalid, RulesClash, Unknown
from core.permissions import may
from core.rules import RULES, Rule

LATELY = 3


def _rule(name: str) -> Rule:
    if name not in RULES:
        raise Unknown("rule")
    return RULES[name]


def _now(talk: Talk) -> dict[str, int | str]:
    return {name: talk.core.rule_book.value(name=name) for name in RULES}


async def rules(talk: Talk) -> Screen:
    talk.rest()
    said = talk.incoming.argument.strip()
    if not said:
        return screens.sections(talk.words)
    wanted = said.casefold()
    names = [name for name, title in NAMES.items() if wanted in talk.words.plain(title).casefold()]
    return screens.found(talk.words, names, said, _now(talk))


async def section(talk: Talk, code: str, number: int) -> Screen:
    talk.rest()
    one = next((one for one in SECTIONS if one.code == code), None)
    if one is None:
        raise Unknown("rule")
    return screens.section(talk.words, one, _now(talk), number)


async def look(talk: Talk, name: str) -> Screen:
    return await _shown(talk, _rule(name))


async def _shown(talk: Talk, rule: Rule, *, wrong: bool = False) -> Screen:
    changes = may(role=(await me(talk)).role, action="rules.change")
    if changes and rule.unit not in screens.BY_BUTTON:
        talk.expect("rule_value", rule=rule.name)
    else:
        talk.rest()
    past = await talk.core.rule_book.history(name=rule.name, limit=LATELY)
    now = talk.core.rule_book.value(name=rule.name)
    return screens.rule(talk.words, rule, now, past, talk.now, changes=changes, wrong=wrong)


async def typed(talk: Talk) -> Screen:
    rule = _rule(str(talk.memory.get("rule", "")))
    return await _ask(talk, rule, meant(talk.words, rule, talk.incoming.text))


async def pick(talk: Talk, name: str, text: str) -> Screen:
    return await _ask(talk, _rule(name), text)


async def _ask(talk: Talk, rule: Rule, text: str) -> Screen:
    """Shows the new value back before it counts."""
    try:
        value = talk.core.rule_book.look(name=rule.name, text=text)
    except Invalid:
        return await _shown(talk, rule, wrong=True)
    except RulesClash as clash:
        return _clash(talk, rule, clash, text)
    talk.expect("rule_value", rule=rule.name, value=value)
    return screens.confirm(talk.words, rule, talk.core.rule_book.value(name=rule.name), value)


def _clash(talk: Talk, rule: Rule, clash: RulesClash, text: str) -> Screen:
    now = talk.core.rule_book.value(name=clash.other) if clash.other else ""
    return screens.clash(talk.words, rule, clash.other, now, text)


async def keep(talk: Talk, name: str) -> Screen:
    rule, value = _rule(name), talk.memory.get("value")
    if value is None or talk.memory.get("rule") != name:
        return await _shown(talk, rule)
    member = await me(talk)
    try:
        old, new = await talk.core.rule_book.change(
            name=name, text=str(value), telegram_id=member.telegram_id,
            staff_name=sign(member, talk), now=talk.now,
        )  # fmt: skip
    except RulesClash as clash:
        return _clash(talk, rule, clash, str(value))
    talk.rest()
    return screens.changed(talk.words, rule, old, new)
