"""The platform's own figures in the staff chat: as numbers, as pictures, as a table, and asked for in words."""
