"""What a row of the tables of errors is: from the facts of an error to a plain sentence."""

from collections.abc import Callable
from typing import Any

from bot.i18n import Words

Say = Callable[[Any, Words], str]
Said = dict[tuple[str, str], Say]
"""By the name of the value and what is wrong with it."""
