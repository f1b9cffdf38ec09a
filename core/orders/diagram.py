"""Prints the order's life from its table as a Mermaid diagram, so that the picture in the README can't be wrong."""

from itertools import groupby

from core.orders.lifecycle import FINAL, LIFECYCLE, START, Move


def diagram() -> str:
    """One arrow per pair of states, with the verbs and who may."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state.value}" for state in sorted(START)]

    def pair(move: Move) -> tuple[str, str]:
        return move.source.value, move.target.value

    for (source, target), moves in groupby(sorted(LIFECYCLE, key=pair), key=pair):
        verbs = ", ".join(f"{m.verb} ({'/'.join(sorted(m.who))})" for m in moves)
        lines.append(f"    {source} --> {target}: {verbs}")
    lines += [f"    {state.value} --> [*]" for state in sorted(FINAL)]
    return "\n".join(lines)


if __name__ == "__main__":
    print(diagram())  # noqa: T201
