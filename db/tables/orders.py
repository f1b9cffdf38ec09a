"""Rows of orders, their claims on time, their timers, reviews and tickets."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)
from sqlmodel import Field, SQLModel

from core.orders.model import (
    Answer,
    Ask,
    Draft,
    Late,
    Order,
    Pay,
    Position,
    Stage,
    State,
    Step,
    WorkPhoto,
)
from core.relay.model import Relayed, Sort
from core.reviews.model import Reason, Report, Review, Verdict
from core.support.model import Heard, Said, Ticket, TicketKind, TicketState
from db.types import Json, json_dict, json_list, key, text_enum, to


class DraftRow(Draft, table=True):
    __tablename__ = "draft"
    id: int = key()
    customer_id: int = Field(sa_type=BigInteger, foreign_key="person.id", unique=True)
    service_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    provider_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    order_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    options: dict[str, int] = json_dict()
    further: list[dict[str, Any]] = json_list(later=True)
    photos: list[int] = json_list()
    answers: dict[str, str] = json_dict()
    asked: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    pay: Pay | None = Field(default=None, sa_type=text_enum(Pay), nullable=True)


class OrderRow(Order, table=True):
    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_customer", "customer_id", "starts_at"),
        Index("ix_orders_provider", "provider_id", "starts_at"),
        Index("ix_orders_state", "state", "starts_at"),
        Index("ix_orders_series", "series_id"),
        Index("ix_orders_created", "created_at"),
    )
    id: int = key()
    number: str = Field(unique=True)
    customer_id: int = to("person", index=False)
    provider_id: int = to("provider", index=False)
    service_id: int = to("service", index=False)
    state: State = Field(sa_type=text_enum(State))
    photos: list[int] = json_list()
    answers: dict[str, str] = json_dict()
    snapshot: dict[str, Any] = json_dict()
    further: list[dict[str, Any]] = json_list(later=True)
    lines: list[dict[str, Any]] = json_list()
    extra_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    extra_total: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"}
    )
    extra_min: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    extra_free: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    pay: Pay = Field(sa_type=text_enum(Pay))
    refused_by: list[int] = json_list()
    asking: dict[str, int] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )
    lowered: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    given_back: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    off_bp: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    late: Late = Field(default=Late.NOT, sa_type=Integer, sa_column_kwargs={"server_default": "0"})
    reached: dict[str, str] = json_dict()
    terms: dict[str, int] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )
    proposed_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    proposed_bp: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    away: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    series_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    rhythm: str = Field(default="", sa_column_kwargs={"server_default": ""})


class StepRow(Step, table=True):
    __tablename__ = "order_step"
    __table_args__ = (
        UniqueConstraint("order_id", "version"),
        Index("ix_order_step_provider", "provider_id", "at"),
        Index("ix_order_step_at", "at"),
    )
    id: int = key()
    order_id: int = to("orders", index=False)
    provider_id: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"}
    )
    actor_id: int = Field(sa_type=BigInteger)
    facts: dict[str, Any] = json_dict()


class AskRow(Ask, table=True):
    __tablename__ = "ask"
    __table_args__ = (
        Index("ix_ask_order", "order_id", "answer"),
        Index("ix_ask_person", "person_id", "answer"),
        Index("ix_ask_provider", "provider_id", "until"),
    )
    id: int = key()
    order_id: int = to("orders", index=False)
    provider_id: int = to("provider", index=False)
    person_id: int = to("person", index=False)
    prices: dict[str, int] = json_dict()
    off_bp: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    answer: Answer = Field(default=Answer.OPEN, sa_type=text_enum(Answer))


class PositionRow(Position, table=True):
    __tablename__ = "order_position"
    id: int = key()
    order_id: int = Field(sa_type=BigInteger, foreign_key="orders.id", unique=True)
    provider_id: int = to("provider", index=False)


class WorkPhotoRow(WorkPhoto, table=True):
    __tablename__ = "work_photo"
    __table_args__ = (UniqueConstraint("order_id", "provider_id", "stage", "place"),)
    id: int = key()
    order_id: int = to("orders", index=False)
    provider_id: int = to("provider", index=False)
    stage: Stage = Field(sa_type=text_enum(Stage))
    file_id: int = to("kept_file", index=False)


class RelayedRow(Relayed, table=True):
    __tablename__ = "relayed"
    __table_args__ = (Index("ix_relayed_said", "author_id", "message_id"),)
    id: int = key()
    order_id: int = to("orders")
    provider_id: int = to("provider", index=False)
    author_id: int = to("person", index=False)
    sort: Sort = Field(sa_type=text_enum(Sort))
    file_id: int | None = to("kept_file", nullable=True, index=False)
    message_id: int = Field(default=0, sa_type=BigInteger)
    hidden: list[str] = json_list()
    former: list[str] = json_list()
    sign: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ReviewRow(Review, table=True):
    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_provider", "provider_id", "created_at"),
        Index("ix_review_created", "created_at"),
    )
    id: int = key()
    order_id: int = Field(sa_type=BigInteger, foreign_key="orders.id", unique=True)
    provider_id: int = to("provider", index=False)
    customer_id: int = to("person")
    service_id: int = to("service", index=False)
    files: list[int] = json_list()


class ReportRow(Report, table=True):
    __tablename__ = "review_report"
    __table_args__ = (Index("ix_review_report_verdict", "verdict", "created_at"),)
    id: int = key()
    review_id: int = Field(sa_type=BigInteger, foreign_key="review.id", unique=True)
    order_id: int = to("orders")
    provider_id: int = to("provider", index=False)
    reason: Reason = Field(sa_type=text_enum(Reason))
    verdict: Verdict = Field(default=Verdict.OPEN, sa_type=text_enum(Verdict))
    decided_by: int | None = Field(default=None, sa_type=BigInteger)


class TicketRow(Ticket, table=True):
    __tablename__ = "ticket"
    id: int = key()
    number: str = Field(unique=True)
    person_id: int = to("person")
    order_id: int | None = to("orders", nullable=True)
    state: TicketState = Field(sa_type=text_enum(TicketState), index=True)
    kind: TicketKind = Field(
        default=TicketKind.QUESTION, sa_type=text_enum(TicketKind),
        sa_column_kwargs={"server_default": TicketKind.QUESTION.value},
    )  # fmt: skip
    outcome: str = Field(default="", sa_column_kwargs={"server_default": ""})
    verdict: str = Field(default="", sa_column_kwargs={"server_default": ""})
    given: dict[str, Any] = json_dict(later=True)
    spent_min: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    told: dict[str, int] = json_dict(later=True)
    topic_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True, index=True)


class SaidRow(Said, table=True):
    __tablename__ = "said"
    id: int = key()
    ticket_id: int = to("ticket")
    files: list[int] = json_list()


class HeardRow(Heard, table=True):
    __tablename__ = "heard"
    id: int = key()
    ticket_id: int = to("ticket")
    person_id: int = to("person")
    files: list[int] = json_list()


slot_claim = Table(
    "slot_claim",
    SQLModel.metadata,
    Column("provider_id", BigInteger, ForeignKey("provider.id"), primary_key=True),
    Column("cell", Integer, primary_key=True),
    Column("order_id", BigInteger, nullable=False, index=True),
    Column("day", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=True),
    sqlite_with_rowid=False,
)
"""A provider's taken time: one row per 5-minute cell; `expires_at` (epoch ms) makes it a hold, judged when read."""

timer = Table(
    "timer",
    SQLModel.metadata,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False, index=True),
    Column("lease_until", BigInteger, nullable=False, default=0, server_default="0"),
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
)
"""Something to look at when due (epoch ms); taken by lease, gone when done."""

done_once = Table(
    "done_once",
    SQLModel.metadata,
    Column("key", String, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
)
"""Keys of things done, so that a repeated update does them once."""
