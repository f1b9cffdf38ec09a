"""Promotions: coupons with limits that hold under rivals."""
