"""Reads YAML node by node, so that every mistake is told with its line; nothing stops at the first one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import yaml

from core.errors import Invalid

LARGEST, MOST_MISTAKES, DEEPEST = 512 * 1024, 100, 40
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Read = Callable[["Notes", yaml.Node, str], Any]


@dataclass(frozen=True, slots=True)
class Mistake:
    """`line` counts from 1, 0 is the file as a whole; `why` is a key the word table knows."""

    line: int
    why: str
    key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class Unreadable(Exception):
    """The value can't be used; what is wrong stands in the notes."""


class Notes:
    """The mistakes found so far."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def wrong(self, node: yaml.Node | None, why: str, key: str = "", **facts: Any) -> None:
        line = node.start_mark.line + 1 if node is not None else 0
        if len(self.mistakes) < MOST_MISTAKES:
            self.mistakes.append(Mistake(line, why, key, facts))

    def refuse(self, node: yaml.Node, why: str, key: str, **facts: Any) -> Unreadable:
        self.wrong(node, why, key, **facts)
        return Unreadable()


def composed(text: str, notes: Notes) -> yaml.Node | None:
    """The tree of nodes, or None with the mistake noted."""
    try:
        if not _is_plain(text, notes):
            return None
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        notes.mistakes.append(Mistake(mark.line + 1 if mark else 0, "yaml"))
        return None
    if root is None:
        notes.wrong(None, "empty")
    return root


def _is_plain(text: str, notes: Notes) -> bool:
    """Aliases are refused, a few lines of them can stand for millions; and so is what would be too deep to walk."""
    depth, line = 0, 1
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else line
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            why = "alias" if isinstance(event, yaml.AliasEvent) else "too_deep"
            notes.mistakes.append(Mistake(line, why))
            return False
    return True


def mapping(
    notes: Notes, node: yaml.Node, key: str, known: Mapping[str, Read], *, needs: tuple[str, ...] = ()
) -> dict[str, Any]:  # fmt: skip
    """The values of the known keys, each read in its own way; what can't be used is left out and noted."""
    if not isinstance(node, yaml.MappingNode):
        raise notes.refuse(node, "mapping", key)
    found: dict[str, Any] = {}
    met: dict[str, int] = {}
    for name_node, value in node.value:
        name = str(name_node.value)
        if name in met:
            notes.wrong(name_node, "twice", name, first=met[name])
        elif name not in known:
            near = get_close_matches(name, known, 1)
            notes.wrong(
                name_node, "unknown_key", name, near=near[0] if near else "", known=list(known)
            )
        else:
            _put(notes, found, name, value, known[name])
        met[name] = name_node.start_mark.line + 1
    for name in needs:
        if name not in met:
            notes.wrong(node, "missing", name)
    return found


def _put(notes: Notes, found: dict[str, Any], name: str, value: yaml.Node, read: Read) -> None:
    try:
        found[name] = read(notes, value, name)
    except Unreadable:
        pass


def items(notes: Notes, node: yaml.Node, key: str) -> list[yaml.Node]:
    if _is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise notes.refuse(node, "list", key)
    return list(node.value)


def listing(read: Read) -> Read:
    """A list, of which what can't be used is left out and noted."""

    def run(notes: Notes, node: yaml.Node, key: str) -> list[Any]:
        return list(_each(notes, node, key, read))

    return run


def _each(notes: Notes, node: yaml.Node, key: str, read: Read) -> Iterator[Any]:
    for one in items(notes, node, key):
        try:
            yield read(notes, one, key)
        except Unreadable:
            continue


def text(notes: Notes, node: yaml.Node, key: str) -> str:
    """Numbers count as words here, too: R22, 2024."""
    if not isinstance(node, yaml.ScalarNode) or _is_null(node):
        raise notes.refuse(node, "text", key)
    return str(node.value)


def optional(read: Read) -> Read:
    def run(notes: Notes, node: yaml.Node, key: str) -> Any:
        return None if _is_null(node) else read(notes, node, key)

    return run


def flag(notes: Notes, node: yaml.Node, key: str) -> bool:
    said = str(node.value).lower() if isinstance(node, yaml.ScalarNode) else ""
    if said not in {"true", "false", "yes", "no"}:
        raise notes.refuse(node, "flag", key)
    return said in {"true", "yes"}


def per_language(known: tuple[str, ...]) -> Read:
    def run(notes: Notes, node: yaml.Node, key: str) -> dict[str, str]:
        if not isinstance(node, yaml.MappingNode):
            raise notes.refuse(node, "languages", key, known=list(known))
        return mapping(notes, node, key, dict.fromkeys(known, text))

    return run


def checked(read: Read, check: Callable[[Any], Any]) -> Read:
    """Within the bounds that the same value has everywhere."""

    def run(notes: Notes, node: yaml.Node, key: str) -> Any:
        value = read(notes, node, key)
        try:
            return check(value)
        except Invalid as wrong:
            raise notes.refuse(node, wrong.reason, key, of=wrong.name, **wrong.facts) from None

    return run


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
