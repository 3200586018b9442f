"""Descriptors through which a generated class gives access to its attributes by name."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from ..releases import release_in_use
from .accessors import Accessor, Reader, of_existing, rules_for
from .caches import PerContext
from .complaints import Complaint, complaining
from .errors import foreign, wrong_type
from .host import attribute_of, ir
from .released import check_settable, not_released, unreleased

__all__ = ["AttributeAccessor", "OptionalAttributeAccessor", "UnitAttributeAccessor"]

_A = TypeVar("_A", bound="ir.Attribute")
_T = TypeVar("_T")


_defaults = PerContext()


class _AttributePart(Accessor[_T]):
    """A declared attribute, by its name in the IR; what it takes, its rule says."""

    def __init__(self, attribute: str, cls: type[Any]) -> None:
        self._attribute = attribute
        self._cls = cls

    def _prepare(self, owner: type) -> None:
        rules = rules_for(owner).attributes
        (self._rule,) = (rule for rule in rules if rule.name == self._attribute)

    def _reader(self) -> Reader:
        name, cls = self._attribute, self._cls

        def read(op: Any) -> Any:
            try:
                found = op.attributes.get(name)
                return found if found.__class__ is cls else self._made_of(op, found)
            except RuntimeError as error:
                raise self._failed(op, error) from None

        is_quick = self._is_plain and hasattr(ir.OpAttributeMap, "get")
        return read if is_quick else super()._reader()

    def _read(self, op: ir.OpView) -> Any:
        return self._made_of(op, attribute_of(op.operation, self._attribute))

    def _made_of(self, op: ir.OpView, found: Any) -> Any:
        """An attribute as an object of its class; what stands for it where it is not there."""
        if found is None:
            return self._missing(op)
        return found if isinstance(found, self._cls) else self._cls(found)

    def _missing(self, op: ir.OpView) -> Any:
        """What stands for an attribute that is not there."""

    def __set__(self, op: ir.OpView, given: Any) -> None:
        with of_existing(op, self._name), op.operation.context as context:
            name = op.operation.name
            made = self._rule.coerce(given, name, self._name)
            if made.context is not context:
                raise foreign(name, self._name)
            absent = unreleased(name, self._attribute)
            if absent is not None:
                if made != self._unset(name):
                    raise not_released(name, self._attribute, absent)
                self._delete(op)
                return
            op.operation.attributes[self._attribute] = made

    def _unset(self, name: str) -> Any:
        """The attribute that holds where none is written; None where there is none."""
        return None

    def _delete(self, op: ir.OpView) -> None:
        with of_existing(op, self._name):
            if self._attribute in op.operation.attributes:
                del op.operation.attributes[self._attribute]


class AttributeAccessor(_AttributePart[_A], Generic[_A]):
    """An attribute that always has a value: required, or with a default.

    Deleting one with a default brings the default back; a required one cannot be deleted.
    """

    def __init__(self, attribute: str, cls: type[_A]) -> None:
        super().__init__(attribute, cls)

    def _missing(self, op: ir.OpView) -> Any:
        """The default, made once for each context and release; raises `AttributeError` where there is none."""
        operation = op.operation
        if self._rule.default is None:
            raise AttributeError(
                f"{operation.name}: the required attribute {self._attribute!r} is missing from this operation"
            )
        context, key = operation.context, (self, release_in_use())
        known = _defaults.of(context)
        if key not in known:
            with context:
                known[key] = self._unset(operation.name)
        return known[key]

    def _unset(self, name: str) -> Any:
        if self._rule.default is None:
            return None
        return self._rule.coerce(self._rule.default, name, self._name)

    def __delete__(self, op: ir.OpView) -> None:
        if self._rule.default is None:
            with of_existing(op, self._name):
                name = op.operation.name
            complaint = Complaint(self._name, "deleted", "an attribute: it is required")
            text = f"{self._name} is required and cannot be deleted"
            raise complaining(ValueError, name, complaint, text)
        self._delete(op)


class OptionalAttributeAccessor(_AttributePart["_A | None"], Generic[_A]):
    """An attribute or None; setting it to None deletes it."""

    def __init__(self, attribute: str, cls: type[_A]) -> None:
        super().__init__(attribute, cls)

    def __set__(self, op: ir.OpView, given: Any) -> None:
        if given is None:
            self._delete(op)
        else:
            super().__set__(op, given)

    def __delete__(self, op: ir.OpView) -> None:
        self._delete(op)


class UnitAttributeAccessor(Accessor[bool]):
    """Whether a unit attribute is there."""

    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def _reader(self) -> Reader:
        name = self._attribute

        def read(op: Any) -> Any:
            try:
                return name in op.operation.attributes
            except RuntimeError as error:
                raise self._failed(op, error) from None

        return read

    def __set__(self, op: ir.OpView, given: bool) -> None:
        if not isinstance(given, bool):
            raise wrong_type(op.operation.name, self._name, given, "a bool")
        if given:
            check_settable(op.operation.name, self._attribute)
            op.operation.attributes[self._attribute] = ir.UnitAttr.get(
                op.operation.context
            )
        else:
            self.__delete__(op)

    def __delete__(self, op: ir.OpView) -> None:
        if self._attribute in op.operation.attributes:
            del op.operation.attributes[self._attribute]
