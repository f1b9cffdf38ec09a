"""A small table for a message: columns aligned in a fixed-width face, where a Han character takes two places."""

from collections.abc import Sequence

from bot.screen import width

Row = tuple[str, Sequence[str]]
# Places in a line of a phone's narrow screen.
NARROW = 30


def table(rows: Sequence[Row]) -> str:
    """Rows of a label and its cells: labels to the left, cells to the right, closer together where room is scarce."""
    first = max(width(label) for label, _ in rows)
    columns = [max(map(width, cells)) for cells in zip(*(cells for _, cells in rows), strict=True)]
    gap = 2 if first + sum(columns) + 2 * len(columns) <= NARROW else 1
    return "\n".join(
        label
        + " " * (first - width(label))
        + "".join(
            " " * (gap + room - width(cell)) + cell
            for room, cell in zip(columns, cells, strict=True)
        )
        for label, cells in rows
    )
