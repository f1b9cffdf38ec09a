"""Why staff decide as they do: never left out, in one line, no longer than whoever is told reads."""

from core.errors import Invalid


def given(*, reason: str, most: int) -> str:
    """As it is kept. Raises Invalid("reason", "missing")."""
    said = " ".join(reason.split())[:most]
    if not said:
        raise Invalid("reason", "missing")
    return said
