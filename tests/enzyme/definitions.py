"""Every attribute and type class of the family with values of all kinds: what the round trip through Enzyme tries."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from enzyme_mlir import ir
from opspec.model.constraints import (
    AttributeKind,
    AttributeParameter,
    DefinitionReference,
    DenseArray,
    EnumReference,
    ListOf,
    OpaqueConstraint,
    OpaqueLiteral,
    Parameter,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.definitions import layout_of
from opspec.model.dialect import Definition, Dialect
from opspec.naming.policy import NamingPolicy, policy_of
from opspec.pipeline import load_project, read_bindings
from tests.records import ROOT

_INTS = {
    ParameterKind.INT32: (0, 1, -1, 2**31 - 1, -(2**31)),
    ParameterKind.INT64: (0, 1, -1, 2**63 - 1, -(2**63)),
    ParameterKind.UINT32: (0, 1, 2**32 - 1),
    ParameterKind.UINT64: (0, 1, 2**64 - 1),
}
_FLOATS = (0.0, -0.0, 1.0, 0.1, -1 / 3, 1e300, 5e-324, float("inf"), float("-inf"), float("nan"))
_TYPES = (
    "f64",
    "index",
    "tensor<2x?xf32>",
    "memref<4x4xf64, affine_map<(d0, d1) -> (d1, d0)>, 1>",
    "(f64, index) -> (i1, !enzyme.Cache<f32>)",
    "tuple<f64, !enzyme.Gradient<vector<4xi8>>>",
    "!llvm.ptr",
)
_SYMBOLS = ("f", "module.f", "with space", 'a "b" > c', "größe", "1st", "-", "a::b")


class Case(NamedTuple):
    """A class, and the parameters that its constructor gets."""

    definition: Definition
    cls: Any
    parameters: dict[str, Any]

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.cls.__name__}({given})"


def _plain(dialect: Dialect, constraint: ParameterConstraint, module: Any, naming: NamingPolicy) -> Iterator[Any]:
    match constraint:
        case ParameterKind.BOOL:
            yield from (True, False)
        case ParameterKind.TYPE:
            yield from (ir.Type.parse(text) for text in _TYPES)
        case ParameterKind():
            yield from _INTS[constraint]
        case EnumReference(name):
            cases: Any = getattr(module, str(naming.enum(dialect.enum(name))))
            yield from cases.__members__.values()
            if dialect.enum(name).bits:
                flags = [flag for flag in cases.__members__.values() if flag and flag & (flag - 1) == 0]
                yield from (a | b for a, b in itertools.combinations(flags, 2))
        case AttributeParameter(AttributeKind.FLAT_SYMBOL_REF):
            yield from _SYMBOLS
        case AttributeParameter(AttributeKind.FLOAT):
            yield from _FLOATS
            yield ir.Attribute.parse("2.5 : f32")
        case AttributeParameter(DenseArray()):
            yield from ([], [0], [1, 0, -7, 2**63 - 1, -(2**63)])
        case AttributeParameter(DefinitionReference("enzymexla", "symmetric_dimension_set")):
            yield from ([0, 1], [])
        case OpaqueConstraint("APInt"):
            yield from ("0", "1", "-1", "18446744073709551615")
        case ListOf(element):
            inner = list(_plain(dialect, element, module, naming))
            yield from ([], inner, inner[:1])
        case _:
            raise AssertionError(f"no values for {constraint}: add some")


def _values(dialect: Dialect, parameter: Parameter, module: Any, naming: NamingPolicy) -> list[Any]:
    values = list(_plain(dialect, parameter.constraint, module, naming))
    if parameter.optional or isinstance(parameter.default, OpaqueLiteral):
        values.insert(0, None)
    if parameter.default is not None and parameter.default not in values:
        values.insert(0, parameter.default)
    return values


def _combinations(lists: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """All of them where they are few; else every value beside the first two of the others."""
    if len(list(itertools.islice(itertools.product(*lists), 201))) <= 200:
        yield from itertools.product(*lists)
        return
    for index in range(len(lists)):
        yield from itertools.product(*(values if i == index else values[:2] for i, values in enumerate(lists)))


def definitions() -> Iterator[tuple[Dialect, Definition, Any, NamingPolicy]]:
    """Each definition that has a class with a constructor, with the class."""
    bindings, diagnostics = read_bindings(ROOT / "opspecs" / "bindings.yaml")
    for dialect, _ in load_project(bindings, diagnostics).dialects:
        naming = policy_of(bindings.naming).of_dialect(dialect)
        module = importlib.import_module(f"enzyme_mlir.dialects.{naming.module(dialect)}")
        for definition in dialect.definitions:
            cls = getattr(module, str(naming.definition_class(definition)))
            yield dialect, definition, cls, naming


def cases() -> Iterator[Case]:
    """What the round trip tries; needs a current context."""
    for dialect, definition, cls, naming in definitions():
        if layout_of(definition) is None:
            continue
        module = importlib.import_module(cls.__module__)
        names = [str(naming.parameter(named.name)) for named in definition.parameters]
        lists = [_values(dialect, named.parameter, module, naming) for named in definition.parameters]
        for given in dict.fromkeys(map(_Hashable, _combinations(lists))):
            yield Case(definition, cls, dict(zip(names, given.values, strict=True)))


class _Hashable:
    """A combination of values, compared by what they print."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.values = values
        self._key = repr(values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashable) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)
