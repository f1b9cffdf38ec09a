"""Can't work: time off in two taps, and what becomes of the visits in it."""
