"""aiogram, each of whose models is made when it is first used.

Imported plainly it makes a validator for each of its four hundred types, with everything that such a thing may hold:
120 MB and two seconds of every start, of which a bot that reads updates itself needs a handful.
"""

from typing import Any

from pydantic import BaseModel

_names: dict[str, Any] = {}


def _later(model: type[BaseModel], *, _types_namespace: dict[str, Any]) -> None:
    """Where pydantic looks names up once it makes the model after all."""
    _names.update(_types_namespace)
    model.__pydantic_parent_namespace__ = _names


_usual = BaseModel.__dict__["model_rebuild"]
BaseModel.model_rebuild = classmethod(_later)  # type: ignore[method-assign,assignment]
try:
    from aiogram import methods
finally:
    BaseModel.model_rebuild = _usual  # type: ignore[method-assign]

for _name in methods.__all__:
    getattr(methods, _name).__pydantic_parent_namespace__ = _names
