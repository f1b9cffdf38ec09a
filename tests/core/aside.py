"""Which examples are kept aside: a third, by the text alone. What is tuned looks only at the others.

The figure of those kept aside is printed and held to a goal; their failures are not shown, so that nobody tunes to
them.
"""

from hashlib import sha256


def kept_aside(text: str) -> bool:
    """One text in three, for ever the same ones."""
    return sha256(text.encode()).digest()[0] % 3 == 0
