"""Accessors under old names."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, overload

from .accessors import Accessor
from .definitions import ParameterAccessor
from .deprecation import deprecated, warn
from .host import ir

__all__ = ["RenamedAccessor", "RenamedParameter"]

_T = TypeVar("_T")
_S = TypeVar("_S")


class RenamedAccessor(Generic[_T]):
    """An accessor under its old name."""

    def __init__(self, accessor: Accessor[_T], message: str) -> None:
        self._accessor: Any = accessor
        self._message = message

    def __set_name__(self, owner: type, name: str) -> None:
        self._accessor.__set_name__(owner, self._accessor.name or name)

    @overload
    def __get__(self: _S, op: None, owner: type | None = None) -> _S: ...
    @overload
    @deprecated("this part of the operation has a new name")
    def __get__(self, op: ir.OpView, owner: type | None = None) -> _T: ...
    def __get__(self, op: ir.OpView | None, owner: type | None = None) -> Any:
        if op is None:
            return self
        warn(self._message)
        return self._accessor.__get__(op, owner)

    def __set__(self, op: ir.OpView, given: Any) -> None:
        warn(self._message)
        self._accessor.__set__(op, given)

    def __delete__(self, op: ir.OpView) -> None:
        warn(self._message)
        self._accessor.__delete__(op)


class RenamedParameter(Generic[_T]):
    """A parameter of an attribute or type under its old name."""

    def __init__(self, accessor: ParameterAccessor[_T], message: str) -> None:
        self._accessor = accessor
        self._message = message

    @overload
    def __get__(self: _S, definition: None, owner: type | None = None) -> _S: ...
    @overload
    @deprecated("this parameter has a new name")
    def __get__(self, definition: object, owner: type | None = None) -> _T: ...
    def __get__(self, definition: Any, owner: type | None = None) -> Any:
        if definition is None:
            return self
        warn(self._message)
        return self._accessor.__get__(definition, owner)
