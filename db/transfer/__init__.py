"""From an SQLite file to a PostgreSQL server: everything there is, once, or broken off and taken up again."""
