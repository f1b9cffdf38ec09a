"""Rows of what staff ask applicants."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from core.inquiries.model import Inquiry
from db.types import json_list, key, to


class InquiryRow(Inquiry, table=True):
    __tablename__ = "inquiry"
    id: int = key()
    provider_id: int = to("provider")
    staff_id: int = Field(sa_type=BigInteger)
    files: list[int] = json_list()
