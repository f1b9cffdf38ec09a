"""Measures what people wait for as ratios to the least that could do the same, in one run on one machine."""
