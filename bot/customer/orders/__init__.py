"""The customer's orders: lists, the live card, cancelling, cash, once more."""
