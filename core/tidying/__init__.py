"""What grows with every day and is needed no more is forgotten, by rules: a city's database stays of one size."""
