"""The companies people pay through, played for use without any account: each with keys and a book of its own."""
