"""Descriptors through which a generated class gives access to its parts by name."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, overload

from .checking import checks_of
from .complaints import Complaint, complaining
from .declarations import ValueRule, counted
from .detaching import is_discarded
from .errors import foreign, gone, is_gone
from .host import OpResult, Value, ir
from .places import check_number, place_of
from .rules import OperationRules, rules_of
from .values import ValueLike, value, values

__all__ = [
    "Accessor",
    "OperandAccessor",
    "OperandsAccessor",
    "OptionalOperandAccessor",
    "OptionalResultAccessor",
    "ResultAccessor",
    "ResultsAccessor",
    "RolesAccessor",
    "by_role",
    "of_existing",
    "rules_for",
]

_T = TypeVar("_T")
_S = TypeVar("_S")
_K = TypeVar("_K")
_V = TypeVar("_V")


@contextmanager
def of_existing(op: Any, parameter: str) -> Generator[None]:
    """Says of a part of an erased operation that it is gone, with the names that hosts leave out."""
    try:
        yield
    except RuntimeError:
        if is_gone(op):
            raise gone(type(op).OPERATION_NAME, parameter) from None
        raise


def _replace(operands: Any, index: int, given: Any, op: Any, parameter: str) -> None:
    """Replace an operand by a value of the same context."""
    name = op.operation.name
    new = value(given, name, parameter)
    if is_discarded(new.type):
        raise gone(name, parameter)
    if new.context is not op.operation.context:
        raise foreign(name, parameter)
    operands[index] = new


def rules_for(owner: Any) -> OperationRules:
    """The rules of the operation that a generated class is about; they stand before it in its module."""
    found = rules_of(owner.OPERATION_NAME)
    assert found is not None, f"the rules of {owner.OPERATION_NAME} come first"
    return found


# Python reads a property without a call of its own; for type checkers an accessor is none.
if TYPE_CHECKING:

    class _Property: ...

else:
    _Property = property

Reader = Callable[[Any], Any]


class Accessor(_Property, Generic[_T]):
    """Reads a part of an operation; on the class it gives itself."""

    _name = ""
    _is_plain = True
    """Whether no part of the operation is called as the host calls all operands, results or attributes."""

    @property
    def name(self) -> str:
        """The attribute of the class that it is; empty before the class knows it."""
        return self._name

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._is_plain = all(
            getattr(owner, part) is getattr(ir.OpView, part)
            for part in ("attributes", "operands", "results")
        )
        self._prepare(owner)
        if not TYPE_CHECKING:
            property.__init__(self, self._reader())

    def _prepare(self, owner: type) -> None:
        """Find out what the rules of the class's operation say of the part."""

    def _reader(self) -> Reader:
        """What reads the part of an operation that exists; it calls `_failed` where the host cannot."""

        def read(op: Any) -> Any:
            try:
                return self._read(op)
            except RuntimeError as error:
                raise self._failed(op, error) from None

        return read

    def _failed(self, op: Any, error: RuntimeError) -> Exception:
        """What to say where a host could not read the part."""
        return gone(type(op).OPERATION_NAME, self._name) if is_gone(op) else error

    if TYPE_CHECKING:

        @overload
        def __get__(self: _S, op: None, owner: type | None = None) -> _S: ...
        @overload
        def __get__(self, op: ir.OpView, owner: type | None = None) -> _T: ...
        def __get__(self, op: ir.OpView | None, owner: type | None = None) -> Any: ...

    def __set__(self, op: ir.OpView, given: NoReturn) -> None:
        raise AttributeError(
            f"{op.operation.name}: {self._name} cannot be set, only declared operands and attributes can"
        )

    def __delete__(self, op: ir.OpView) -> None:
        raise AttributeError(
            f"{op.operation.name}: {self._name} cannot be deleted, only attributes that may be missing can"
        )

    def _read(self, op: ir.OpView) -> _T:
        raise AssertionError("every accessor reads")


class _Segmented(Accessor[_T]):
    """A declared operand or result, by its name; where it stands among all values, the operation's rules say."""

    _what = ""
    """`operands` or `results`."""

    def __init__(self, part: str) -> None:
        self._part = part

    def _prepare(self, owner: type) -> None:
        self._rules = rules = rules_for(owner)
        place = place_of(self._part, *self._declared(rules))
        assert place is not None, "the rules have the parts of all releases"
        varies = rules.varies_in_parts
        self._at = -1 if varies or place.follows_variable else place.index
        """Where it begins; -1 where that depends on the operation."""
        self._is_rest = place.is_rest and not varies
        """Whether it is all from there on."""
        self._place = None if varies else place

    def _declared(self, rules: OperationRules) -> tuple[tuple[ValueRule, ...], str]:
        """All operands, or all results, and the attribute that holds their sizes."""
        raise AssertionError("every part is an operand or a result")

    def _bounds(self, op: ir.OpView, total: int) -> tuple[int, int]:
        """Where the part starts among the `total` values, and where it ends."""
        if self._place is not None:
            return self._place.bounds(op, total)
        rules = checks_of(self._rules).rules
        declared, sizes = self._declared(rules)
        if not sizes:
            check_number(rules.name, self._what, declared, total)
        place = place_of(self._part, declared, sizes)
        return (0, 0) if place is None else place.bounds(op, total)


class _OperandPart(_Segmented[_T]):
    _what = "operands"

    def _declared(self, rules: OperationRules) -> tuple[tuple[ValueRule, ...], str]:
        return rules.operands, rules.operand_sizes

    def _values(self, op: ir.OpView) -> tuple[Any, int, int]:
        operands = op.operation.operands
        return (operands, *self._bounds(op, len(operands)))


class OperandAccessor(_OperandPart["Value"]):
    """One operand; can be replaced."""

    def _reader(self) -> Reader:
        at = self._at

        def read(op: Any) -> Any:
            try:
                return op.operands[at]
            except RuntimeError as error:
                raise self._failed(op, error) from None

        return read if at >= 0 and self._is_plain else super()._reader()

    def _read(self, op: ir.OpView) -> Value:
        operands, start, _ = self._values(op)
        return operands[start]  # type: ignore[no-any-return]

    def __set__(self, op: ir.OpView, given: ValueLike) -> None:
        with of_existing(op, self._name):
            operands, start, _ = self._values(op)
            _replace(operands, start, given, op, self._name)


class OptionalOperandAccessor(_OperandPart["Value | None"]):
    """One operand, or None; one that is there can be replaced."""

    def _read(self, op: ir.OpView) -> Value | None:
        operands, start, end = self._values(op)
        return operands[start] if end > start else None

    def __set__(self, op: ir.OpView, given: ValueLike) -> None:
        with of_existing(op, self._name):
            operands, start, end = self._values(op)
            if end == start:
                found = "not there"
                accepted = "one that is: the number of operands cannot change"
                complaint = Complaint(self._name, found, accepted)
                text = f"{self._name} is {found}, accepted is {accepted}"
                raise complaining(ValueError, op.operation.name, complaint, text)
            _replace(operands, start, given, op, self._name)


class OperandsAccessor(_OperandPart["Sequence[Value]"]):
    """The operands of a variadic one; as many can be replaced."""

    def _reader(self) -> Reader:
        at = self._at

        def read(op: Any) -> Any:
            try:
                return op.operands[at:]
            except RuntimeError as error:
                raise self._failed(op, error) from None

        return read if self._is_rest and self._is_plain else super()._reader()

    def _read(self, op: ir.OpView) -> Sequence[Value]:
        operands, start, end = self._values(op)
        return operands[start:end]  # type: ignore[no-any-return]

    def __set__(self, op: ir.OpView, given: Sequence[ValueLike]) -> None:
        with of_existing(op, self._name):
            operands, start, end = self._values(op)
            new = values(given, op.operation.name, self._name)
            if len(new) != end - start:
                found = f"{len(new)} values"
                accepted = f"{end - start}: the number of operands cannot change"
                complaint = Complaint(self._name, found, accepted)
                text = f"{self._name} is {found}, accepted are {accepted}"
                raise complaining(ValueError, op.operation.name, complaint, text)
            for offset, item in enumerate(new):
                _replace(operands, start + offset, item, op, f"{self._name}[{offset}]")


class _ResultPart(_Segmented[_T]):
    _what = "results"

    def _declared(self, rules: OperationRules) -> tuple[tuple[ValueRule, ...], str]:
        return rules.results, rules.result_sizes

    def _values(self, op: ir.OpView) -> tuple[Any, int, int]:
        results = op.operation.results
        return (results, *self._bounds(op, len(results)))


class ResultAccessor(_ResultPart["OpResult"]):
    """One result."""

    def _reader(self) -> Reader:
        at = self._at

        def read(op: Any) -> Any:
            try:
                return op.results[at]
            except RuntimeError as error:
                raise self._failed(op, error) from None

        return read if at >= 0 and self._is_plain else super()._reader()

    def _read(self, op: ir.OpView) -> OpResult:
        results, start, _ = self._values(op)
        return results[start]  # type: ignore[no-any-return]


class OptionalResultAccessor(_ResultPart["OpResult | None"]):
    """One result, or None."""

    def _read(self, op: ir.OpView) -> OpResult | None:
        results, start, end = self._values(op)
        return results[start] if end > start else None


class ResultsAccessor(_ResultPart["Sequence[OpResult]"]):
    """The results of a variadic one."""

    def _reader(self) -> Reader:
        at = self._at

        def read(op: Any) -> Any:
            try:
                return op.results[at:]
            except RuntimeError as error:
                raise self._failed(op, error) from None

        return read if self._is_rest and self._is_plain else super()._reader()

    def _read(self, op: ir.OpView) -> Sequence[OpResult]:
        results, start, end = self._values(op)
        return results[start:end]  # type: ignore[no-any-return]


def by_role(op: ir.OpView | ir.Operation, part: str, role: str) -> dict[Any, Any]:
    """The `operands` or `results` of an operation that have a role in its contract.

    The keys are the indices of the function's arguments or results that they belong to, or pairs of both. Raises
    `ValueError` where the operation does not keep its contract.
    """
    operation = op.operation
    operands, results = list(operation.operands), list(operation.results)
    rules = rules_of(operation.name)
    assert rules is not None and rules.contract is not None, "asked of contracts only"
    attributes: Any = operation.attributes
    try:
        expected = rules.contract.locate(attributes, len(operands), len(results))
    except (KeyError, TypeError):  # activities of another kind, or none
        expected = None
    if expected is None:
        given = (
            f"{counted(len(operands), 'operand')} and {counted(len(results), 'result')}"
        )
        accepted = "what follows from its activities"
        complaint = Complaint(part, given, accepted, "verify() says what does")
        text = f"{given} do not follow from its activities; verify() says what does"
        raise complaining(ValueError, operation.name, complaint, text)
    is_operand = part == "operands"
    values: list[Any] = operands if is_operand else results
    roles = expected.operands if is_operand else expected.results
    return {
        wanted.key: value
        for wanted, value in zip(roles, values, strict=True)
        if wanted.role == role
    }


class RolesAccessor(Accessor["Mapping[_K, _V]"], Generic[_K, _V]):
    """The operands or results that have one role, as `by_role` gives them."""

    def __init__(self, part: str, role: str) -> None:
        self._part = part
        self._role = role

    def _read(self, op: ir.OpView) -> Mapping[_K, _V]:
        return by_role(op, self._part, self._role)
