"""Rows of the catalogue, promotions and rules."""

from typing import Any

from sqlalchemy import BigInteger, Connection, Table, UniqueConstraint, event, false, true
from sqlmodel import Field, SQLModel

from core.catalog.model import Category, Edit, Service, Sort, WorkPhotos
from core.promotions.model import Coupon, CouponCode, CouponUse
from core.rules.model import RuleValue
from db.rule_triggers import DDL, KEPT
from db.types import Json, json_dict, json_list, key, text_enum, to


class CategoryRow(Category, table=True):
    __tablename__ = "category"
    id: int = key()
    parent_id: int | None = to("category", nullable=True)
    code: str = Field(unique=True)
    names: dict[str, str] = json_dict()
    descriptions: dict[str, str] = Field(
        default_factory=dict, sa_type=Json, sa_column_kwargs={"server_default": "{}"}
    )


class EditRow(Edit, table=True):
    __tablename__ = "catalog_edit"
    id: int = key()
    sort: Sort = Field(sa_type=text_enum(Sort))
    subject: int = Field(sa_type=BigInteger, unique=True)
    said: dict[str, Any] = json_dict()
    staff_id: int = Field(sa_type=BigInteger)


class ServiceRow(Service, table=True):
    __tablename__ = "service"
    id: int = key()
    category_id: int = to("category")
    code: str = Field(unique=True)
    names: dict[str, str] = json_dict()
    descriptions: dict[str, str] = json_dict()
    keywords: list[str] = json_list()
    options: list[dict[str, Any]] = json_list()
    questions: list[dict[str, Any]] = json_list()
    work_photos: WorkPhotos = Field(
        default=WorkPhotos.NONE, sa_type=text_enum(WorkPhotos),
        sa_column_kwargs={"server_default": WorkPhotos.NONE.value},
    )  # fmt: skip


class CouponRow(Coupon, table=True):
    __tablename__ = "coupon"
    id: int = key()
    code: str = Field(unique=True)
    names: dict[str, str] = json_dict()
    service_ids: list[int] = json_list()
    cap: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    public: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    singly: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    owner_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True, index=True)


class CouponCodeRow(CouponCode, table=True):
    __tablename__ = "coupon_code"
    id: int = key()
    coupon_id: int = to("coupon")
    code: str = Field(unique=True)
    holder_id: int | None = to("person", nullable=True)
    order_id: int | None = to("orders", nullable=True)


class CouponUseRow(CouponUse, table=True):
    __tablename__ = "coupon_use"
    __table_args__ = (UniqueConstraint("coupon_id", "person_id", "turn"),)
    id: int = key()
    coupon_id: int = to("coupon", index=False)
    person_id: int = to("person")
    order_id: int = to("orders")


class RuleValueRow(RuleValue, table=True):
    __tablename__ = "rule_value"
    id: int = key()
    name: str = Field(unique=True)


@event.listens_for(SQLModel.metadata, "after_create")
def _tell(_metadata: Any, connection: Connection, tables: list[Table], **_: Any) -> None:
    """Tables made without a migration get the triggers as well."""
    if connection.dialect.name == "postgresql" and set(KEPT) <= {table.name for table in tables}:
        for statement in DDL:
            connection.exec_driver_sql(statement)
