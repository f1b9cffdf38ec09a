"""What the records of the whole platform say of a day, a week, a month or any other days: the staff's statistics."""
