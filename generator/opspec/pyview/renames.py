"""Further and old names in the view of a module: what an overlay's `aliases` and `renamed_from` become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opspec.model.dialect import Definition, Dialect, Enum, EnumCase, NamedParameter, Operation
from opspec.model.names import OldName
from opspec.naming.further import (
    FurtherName,
    further_of_case,
    further_of_class,
    further_of_function,
    further_of_parameter,
    old_classes_of,
)
from opspec.naming.policy import NamingPolicy, PyName
from opspec.pyview.accessors import build_accessors
from opspec.pyview.context import OperationContext
from opspec.pyview.module import PyAccessor, PyAlias, PyOldAccessor, PyOldParameter, PyParameter
from opspec.pyview.python import Expression, own
from opspec.pyview.signature import build_signature

__all__ = [
    "case_aliases",
    "class_aliases",
    "function_aliases",
    "old_accessors",
    "old_class_aliases",
    "old_definition_parameters",
    "old_parameters",
]


def _message(owner: str, old: str, new: str, until: str) -> str:
    """What a caller of an old name is told."""
    ends = f"; the old name is to go {'in' if '-' not in until else 'on'} {until}" if until else ""
    return f"{owner}{old} is called {new} now{ends}"


def _aliases(names: Iterable[FurtherName], owner: str, target: PyName) -> tuple[PyAlias, ...]:
    found = []
    for further in names:
        message = _message(owner, further.name, target, further.until) if further.is_old else ""
        found.append(PyAlias(further.name, target, message))
    return tuple(found)


def function_aliases(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> tuple[PyAlias, ...]:
    """The further and the old names of an operation's builder."""
    target = naming.function(operation)
    return _aliases(further_of_function(operation, naming), f"{naming.module(dialect)}.", target)


def old_class_aliases(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> tuple[PyAlias, ...]:
    """The classes that an operation had."""
    target = naming.operation_class(operation)
    return _aliases(old_classes_of(operation, naming), f"{naming.module(dialect)}.", target)


def class_aliases(
    dialect: Dialect, owner: Enum | Definition, target: PyName, naming: NamingPolicy
) -> tuple[PyAlias, ...]:
    """The further and the old names of the class of an enum, attribute or type."""
    return _aliases(further_of_class(owner, target), f"{naming.module(dialect)}.", target)


def case_aliases(enum: Enum, case: EnumCase, naming: NamingPolicy) -> tuple[PyAlias, ...]:
    """The further and the old names of a case."""
    target = naming.enum_case(enum, case.symbol)
    return _aliases(further_of_case(enum, case, naming), f"{naming.enum(enum)}.", target)


def old_definition_parameters(owner: PyName, parameter: NamedParameter, naming: NamingPolicy) -> tuple[PyAlias, ...]:
    """The names that a parameter of an attribute or type had."""
    return _aliases(further_of_parameter(parameter, naming), f"{owner}: ", naming.parameter_of(parameter))


def _before(context: OperationContext) -> Iterator[tuple[str, OldName, OperationContext]]:
    """For each old name of a part, the part, the name, and the context in which that part still has it."""
    operation = context.operation
    parts = (*operation.arguments, *operation.results, *operation.regions, *operation.successors)
    for part in parts:
        for old in part.names.old:
            yield part.name, old, context.calling(part.name, context.naming.old_part(old))


def old_parameters(context: OperationContext, parameters: Sequence[PyParameter]) -> tuple[PyOldParameter, ...]:
    """The names that parameters of a builder had, and those that were derived from them (`body_arguments`)."""
    owner = f"{context.dialect.name}.{context.operation.mnemonic}: "
    found: list[PyOldParameter] = []
    for part, old, before in _before(context):
        count = len(found)
        for was, now in zip(build_signature(before), parameters, strict=True):
            if (was.name, was.init_name) != (now.name, now.init_name):
                found.append(
                    PyOldParameter(
                        old=was.name,
                        new=now.name,
                        init_old=was.init_name,
                        init_new=now.init_name,
                        message=_message(owner, was.name, now.name, old.until),
                        part=part,
                        is_derived=len(found) > count,
                    )
                )
    return tuple(found)


def old_accessors(context: OperationContext, accessors: Sequence[PyAccessor]) -> tuple[PyOldAccessor, ...]:
    """The names that accessors of a class had, and those that were derived from them (`build_body`)."""
    owner = f"{context.dialect.name}.{context.operation.mnemonic}: "
    names = [accessor.name for accessor in accessors]
    found = []
    for _, old, before in _before(context):
        then = build_accessors(before)
        for index, was in enumerate(then):
            if was.name in names:
                continue
            if len(then) == len(accessors):
                target: Expression = own(names[index])
                new = names[index]
            else:  # `result` is a member of every operation's class and needs no accessor of its own
                target, new = was.value, PyName("result")
            found.append(PyOldAccessor(was.name, target, _message(owner, was.name, new, old.until)))
    return tuple(found)
