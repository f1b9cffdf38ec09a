"""Coupons as the staff make and watch them."""
