"""Statements compared with the book, as finance sees it."""
