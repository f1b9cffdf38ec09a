"""The booking wizard: from "Book" to a confirmed order; read dialog.py first."""
