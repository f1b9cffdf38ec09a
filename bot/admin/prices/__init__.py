"""Prices that providers ask for outside the band: looked at beside the market, approved or not."""
