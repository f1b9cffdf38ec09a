"""Rows of payments, refunds and notices."""

from typing import Any

from sqlalchemy import BigInteger, Text
from sqlmodel import Field

from core.payments.model import (
    Charge,
    Notice,
    Payment,
    PaymentState,
    Purpose,
    Refund,
    RefundState,
)
from core.payments.stray import Stray
from db.types import json_dict, key, text_enum, to


class PaymentRow(Payment, table=True):
    __tablename__ = "payment"
    id: int = key()
    number: str = Field(unique=True)
    order_id: int = to("orders")
    purpose: Purpose = Field(sa_type=text_enum(Purpose))
    amount: int = Field(sa_type=BigInteger)
    state: PaymentState = Field(sa_type=text_enum(PaymentState))
    reference: str = Field(default="", index=True)
    charges: dict[str, int] = json_dict()
    returns: dict[str, int] = json_dict()
    disputes: dict[str, int] = json_dict(later=True)
    regained: dict[str, int] = json_dict(later=True)
    checkout: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ChargeRow(Charge, table=True):
    __tablename__ = "charge"
    id: int = key()
    key: str = Field(unique=True)
    payment_id: int = to("payment")
    also: str = Field(default="", sa_column_kwargs={"server_default": ""})


class RefundRow(Refund, table=True):
    __tablename__ = "refund"
    id: int = key()
    number: str = Field(unique=True)
    payment_id: int = to("payment")
    order_id: int = to("orders")
    amount: int = Field(sa_type=BigInteger)
    state: RefundState = Field(sa_type=text_enum(RefundState))
    reference: str = Field(default="", index=True)


class NoticeRow(Notice, table=True):
    __tablename__ = "notice"
    id: int = key()
    key: str = Field(unique=True)
    fact: dict[str, Any] = json_dict()
    body: str = Field(sa_type=Text)


class StrayRow(Stray, table=True):
    __tablename__ = "stray"
    id: int = key()
    key: str = Field(unique=True)
    number: str = Field(unique=True)
    amount: int = Field(sa_type=BigInteger)
    state: RefundState = Field(sa_type=text_enum(RefundState))
    by: int = Field(sa_type=BigInteger)
