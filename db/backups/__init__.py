"""Copies of the whole database: taken while it is at work, tried out beside it, put in its place."""

from sqlalchemy.engine import make_url

from db.backups.copies import Copies


def copies(url: str) -> Copies:
    """The way of this database."""
    if make_url(url).get_backend_name() == "sqlite":
        from db.backups.sqlite import SqliteCopies

        return SqliteCopies(url)
    from db.backups.postgres import PostgresCopies

    return PostgresCopies(url)
