"""Frequently asked questions: what readers find of them, and how staff write them."""
