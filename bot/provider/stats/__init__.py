"""A provider's own figures: a day, a week or a month, as numbers and as a picture, with the orders behind them."""
