"""A small table for a message: columns aligned in a fixed-width face, where a Han character takes two places."""

import unicodedata
from collections.abc import Sequence

Row = tuple[str, Sequence[str]]


def width(text: str) -> int:
    """Places the text takes in a fixed-width face."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(rows: Sequence[Row]) -> str:
    """Rows of a label and its cells: labels to the left, cells to the right."""
    first = max(width(label) for label, _ in rows)
    columns = [max(map(width, cells)) for cells in zip(*(cells for _, cells in rows), strict=True)]
    return "\n".join(
        label
        + " " * (first - width(label))
        + "".join(
            " " * (2 + room - width(cell)) + cell for room, cell in zip(columns, cells, strict=True)
        )
        for label, cells in rows
    )
