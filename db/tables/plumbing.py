"""Rows of the plumbing between Telegram and the database: what came in, what must go out, where each talk stands.

Due times are milliseconds since the epoch; `bot` is customer, provider or admin.
"""

from typing import Any

from sqlalchemy import BigInteger, Connection, Index, Integer, Text, event, text
from sqlmodel import Field, SQLModel

from db.types import Json
from db.unit_function import DDL

Serial = BigInteger().with_variant(Integer, "sqlite")


def _number(default: int | None = 0) -> Any:
    """A 64-bit integer, zero (or nothing) when a statement leaves it out."""
    if default is None:
        return Field(default=None, sa_type=BigInteger, nullable=True)
    return Field(
        default=default, sa_type=BigInteger, sa_column_kwargs={"server_default": str(default)}
    )


def _facts() -> Any:
    return Field(default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"})


def _partial(name: str, where: str, *columns: str) -> Index:
    """An index of the rows that still matter."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _word(default: str = "") -> Any:
    return Field(default=default, sa_column_kwargs={"server_default": default})


def _part_of_key(kind: Any = BigInteger) -> Any:
    return Field(sa_type=kind, primary_key=True, sa_column_kwargs={"autoincrement": False})


class InboxRow(SQLModel, table=True):
    """One update, kept before Telegram is told that it arrived; the body goes when the work is done."""

    __tablename__ = "inbox"
    __table_args__ = (
        _partial("ix_inbox_undone", "done_at IS NULL", "lane", "received_at", "update_id"),
        Index("ix_inbox_done_at", "done_at"),
        _partial("ix_inbox_parked", "parked_at IS NOT NULL", "parked_at"),
    )
    bot: str = Field(primary_key=True)
    update_id: int = _part_of_key()
    lane: int = Field(sa_type=BigInteger)
    body: str = Field(sa_type=Text)
    received_at: int = Field(sa_type=BigInteger)
    tries: int = _number()
    done_at: int | None = _number(None)
    parked_at: int | None = _number(None)
    error: str = _word()


class UnitRow(SQLModel, table=True):
    """What was written together on PostgreSQL and what it gave back, should no answer come; kept for some minutes.

    Without `answers`: somebody asked after a unit that had not been committed, and so it never will be.
    """

    __tablename__ = "unit"
    token: int = _part_of_key()
    at: int = Field(sa_type=BigInteger, index=True)
    answers: list[Any] | None = Field(default=None, sa_type=Json)


def ready_to_write(connection: Connection) -> None:
    """PostgreSQL: what `apply` needs where no migration made it."""
    UnitRow.__table__.create(connection, checkfirst=True)  # type: ignore[attr-defined]
    if not connection.exec_driver_sql("SELECT to_regproc('write_unit')").scalar():
        connection.exec_driver_sql(DDL)


@event.listens_for(SQLModel.metadata, "after_create")
def _write(_metadata: Any, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "postgresql":
        ready_to_write(connection)


class ProcessRow(SQLModel, table=True):
    """One of several processes on this database; after `alive_until` what it held is anybody's."""

    __tablename__ = "process"
    run: int = _part_of_key()
    number: int = Field(unique=True)
    alive_until: int = Field(sa_type=BigInteger)
    knows: str = _word()
    """The newest step of the tables its code knows; see db/revisions.py."""


class LaneRow(SQLModel, table=True):
    """A lane with work in it and the process that works it; `calls` grows with each delivery of updates to it."""

    __tablename__ = "lane"
    bot: str = Field(primary_key=True)
    number: int = _part_of_key()
    run: int = Field(sa_type=BigInteger)
    calls: int = _number()


class PollerRow(SQLModel, table=True):
    """The process that fetches a bot's updates; its place is free once it is dead."""

    __tablename__ = "poller"
    bot: str = Field(primary_key=True)
    run: int = Field(sa_type=BigInteger)


class OutboxRow(SQLModel, table=True):
    """One message that must leave. `state`: waiting, done, closed (pointless or unreachable), failed."""

    __tablename__ = "outbox"
    __table_args__ = (
        _partial("ix_outbox_waiting", "state = 'waiting'", "urgency", "due_at", "id"),
        _partial("ix_outbox_chat", "state = 'waiting'", "bot", "chat_id", "urgency", "id"),
        _partial("ix_outbox_subject", "state = 'waiting'", "subject"),
        _partial("ix_outbox_over", "state <> 'waiting'", "created_at"),
        _partial("ix_outbox_bulk", "urgency = 9", "kind", "subject", "id"),
    )
    id: int | None = Field(default=None, sa_type=Serial, primary_key=True)
    key: str = Field(unique=True)
    bot: str
    chat_id: int | None = _number(None)
    person_id: int | None = _number(None)
    kind: str
    subject: int = _number()
    version: int = _number()
    facts: dict[str, Any] = _facts()
    urgency: int = _number(5)
    due_at: int = _number()
    created_at: int = _number()
    lease_until: int = _number()
    tries: int = _number()
    doubts: int = _number()
    state: str = _word("waiting")
    message_id: int | None = _number(None)
    error: str = _word()
    trace: str = _word()


class CardRow(SQLModel, table=True):
    """The live message about one subject in one chat; later news about the subject edit it.

    `letter` is the outbox row it came of, where it is a word about how the subject stands.
    """

    __tablename__ = "card"
    # The staff group holds the cards of a whole city; a tap there asks by message, news of an order by subject.
    __table_args__ = (
        Index("ix_card_message", "bot", "chat_id", "message_id"),
        _partial("ix_card_standing", "letter IS NOT NULL", "subject", "bot", "chat_id"),
        _partial("ix_card_letter", "letter IS NOT NULL", "letter"),
    )
    bot: str = Field(primary_key=True)
    chat_id: int = _part_of_key()
    kind: str = Field(primary_key=True)
    subject: int = _part_of_key()
    message_id: int = Field(sa_type=BigInteger)
    content: str = _word()
    letter: int | None = _number(None)


class ConversationRow(SQLModel, table=True):
    """Where a talk stands: the step in which an answer is expected, and ids of what it is about."""

    __tablename__ = "conversation"
    bot: str = Field(primary_key=True)
    chat_id: int = _part_of_key()
    user_id: int = _part_of_key()
    thread_id: int = _part_of_key()
    destiny: str = Field(primary_key=True)
    state: str | None = None
    data: dict[str, Any] = _facts()


class UnreachableRow(SQLModel, table=True):
    """A chat that refuses the bot: blocked, deactivated, never started, kicked."""

    __tablename__ = "unreachable"
    bot: str = Field(primary_key=True)
    chat_id: int = _part_of_key()
    since: int = _number()
