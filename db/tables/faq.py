"""Rows of what is frequently asked."""

from sqlmodel import Field

from core.faq.model import Question, Topic
from db.types import json_dict, key, to


class TopicRow(Topic, table=True):
    __tablename__ = "faq_topic"
    id: int = key()
    names: dict[str, str] = json_dict()


class QuestionRow(Question, table=True):
    __tablename__ = "question"
    id: int = key()
    topic_id: int = to("faq_topic")
    question: dict[str, str] = json_dict()
    answer: dict[str, str] = json_dict()
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    changed_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
