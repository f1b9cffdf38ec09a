"""Receipts: one for each payment and each refund, read from the book."""
