"""A rule that staff changed."""

from core.entity import Entity


class RuleValue(Entity):
    name: str
    value: str
