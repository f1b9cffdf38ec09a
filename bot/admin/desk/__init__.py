"""Help, language and the log: what every member of the staff meets first."""
