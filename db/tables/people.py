"""Rows of people."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, false, true
from sqlmodel import Field

from core.people.model import (
    Address,
    Certificate,
    CertificateState,
    DayHours,
    Favourite,
    Hours,
    Level,
    Person,
    Provider,
    ProviderState,
    Role,
    Skill,
    Staff,
    StaffAct,
)
from core.privacy.model import Erasure
from core.recommend.model import Glance
from db.types import Json, json_dict, json_list, key, text_enum, to


class PersonRow(Person, table=True):
    __tablename__ = "person"
    id: int = key()
    recommends: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    telegram_id: int = Field(sa_type=BigInteger, unique=True)
    username: str = Field(default="", sa_column_kwargs={"server_default": ""})
    sounds: str = Field(default="", sa_column_kwargs={"server_default": ""})
    choices: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )


class ErasureRow(Erasure, table=True):
    __tablename__ = "erasure"
    id: int = key()
    person_id: int = Field(sa_type=BigInteger, index=True)
    paths: list[str] = json_list()


class AddressRow(Address, table=True):
    __tablename__ = "address"
    id: int = key()
    person_id: int = to("person")
    label: str = Field(default="", sa_column_kwargs={"server_default": ""})
    preferred: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class ProviderRow(Provider, table=True):
    __tablename__ = "provider"
    # The daily look takes those it saw longest ago, twenty at a time.
    __table_args__ = (Index("ix_provider_state_level_at", "state", "level_at"),)
    id: int = key()
    person_id: int = Field(sa_type=BigInteger, foreign_key="person.id", unique=True)
    state: ProviderState = Field(sa_type=text_enum(ProviderState), index=True)
    bio: dict[str, str] = json_dict()
    level: Level = Field(
        default=Level.STARTER, sa_type=text_enum(Level),
        sa_column_kwargs={"server_default": Level.STARTER.value},
    )  # fmt: skip
    found_week: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    photo_id: int | None = to("kept_file", nullable=True, index=False)
    phone_typed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    turned_down: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class HoursRow(Hours, table=True):
    __tablename__ = "hours"
    id: int = key()
    provider_id: int = to("provider")


class DayHoursRow(DayHours, table=True):
    __tablename__ = "day_hours"
    __table_args__ = (UniqueConstraint("provider_id", "day", "start_min", "works"),)
    id: int = key()
    provider_id: int = to("provider")


class CertificateRow(Certificate, table=True):
    __tablename__ = "certificate"
    id: int = key()
    provider_id: int = to("provider")
    expires_on: date | None = Field(default=None, index=True)
    warned: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    state: CertificateState = Field(sa_type=text_enum(CertificateState))
    file_id: int | None = to("kept_file", nullable=True, index=False)


class SkillRow(Skill, table=True):
    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("provider_id", "service_id"),)
    id: int = key()
    provider_id: int = to("provider", index=False)
    service_id: int = to("service")


class FavouriteRow(Favourite, table=True):
    __tablename__ = "favourite"
    __table_args__ = (UniqueConstraint("person_id", "provider_id"),)
    id: int = key()
    person_id: int = to("person", index=False)
    provider_id: int = to("provider", index=False)


class GlanceRow(Glance, table=True):
    __tablename__ = "glance"
    __table_args__ = (UniqueConstraint("person_id", "service_id", "provider_id"),)
    id: int = key()
    person_id: int = to("person", index=False)
    service_id: int = Field(sa_type=BigInteger)
    provider_id: int = Field(sa_type=BigInteger)


class StaffRow(Staff, table=True):
    __tablename__ = "staff"
    id: int = key()
    telegram_id: int = Field(sa_type=BigInteger, unique=True)
    role: Role = Field(sa_type=text_enum(Role))
    added_by: int | None = Field(default=None, sa_type=BigInteger, nullable=True)


class StaffActRow(StaffAct, table=True):
    __tablename__ = "staff_act"
    id: int = key()
    telegram_id: int = Field(sa_type=BigInteger, index=True)
    person_id: int | None = to("person", nullable=True)
