"""How much two short texts look alike when no word of one is known: the last resort of search."""

from core.search.normal import normalise, runs


def likeness(asked: str, name: str) -> float:
    """0 … 1: the share of what was asked (characters, or triples of letters) that the name has too."""
    wanted, has = _pieces(asked), _pieces(name)
    return len(wanted & has) / len(wanted) if wanted else 0.0


def _pieces(text: str) -> set[str]:
    found: set[str] = set()
    for run in runs(normalise(text[:120])):
        if run.han:
            found |= set(run.text)
        else:
            padded = f" {run.text} "
            found |= {padded[i : i + 3] for i in range(len(padded) - 2)}
    return found
