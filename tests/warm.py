"""What every fork of the platform would do again: read the catalogues, and have the collector look through all code.

Loaded by the server of forks alone, as the last thing before the first fork.
"""

import gc

from bot.i18n import all_languages

all_languages("Today")
gc.collect()
gc.freeze()
