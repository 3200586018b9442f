"""Values for the attributes of samples."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.constraints.values import instead_of_sample
from opspec.model.constraints import (
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    InterfaceConstraint,
    OpaqueConstraint,
    ParameterKind,
    Refinement,
    TypeOf,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Definition, Dialect
from opspec.model.sample import SampleValue
from opspec.naming.words import split_words
from opspec.notation.words import LENGTHS, NUMBERS, meets
from opspec.samples.definitions import sample_case, sample_text
from opspec.samples.likely import likely_attribute
from opspec.samples.types import candidates

__all__ = ["SYMBOL", "option_for", "placed", "sample_value"]

SYMBOL = "name"
"""The symbol that samples refer to where nobody chose one."""

_DEFINED = "symbol"
"""The symbol that samples define: another one than they refer to, which stands beside them."""


def _numbers(refinements: tuple[Refinement, ...]) -> Iterator[int]:
    """Integers to try: small ones, then those around the bounds, then powers of two."""
    yield from (1, 0, -1)
    bounds = [value for refinement in refinements for value in refinement.values]
    yield from (bound + step for bound in bounds for step in (0, 1, -1))
    yield from (1 << exponent for exponent in range(1, 63))


def _meets(value: int, refinement: Refinement) -> bool:
    """Whether an integer meets a condition; what only C++ can check is met."""
    bound = refinement.values[0] if refinement.values else 0
    return refinement.word not in NUMBERS or meets(refinement.word, bound, value) is True


def _refined(value: SampleValue, refinements: tuple[Refinement, ...]) -> SampleValue:
    """The value, changed so that it meets the conditions."""
    if isinstance(value, tuple):
        size: float = len(value)
        for refinement in refinements:
            if refinement.word in LENGTHS:
                least, most = LENGTHS[refinement.word][1](refinement.values[0] if refinement.values else 0)
                size = max(least, min(size, most))
        return ((value or (1,)) * int(size))[: int(size)]
    if isinstance(value, int) and not isinstance(value, bool):
        fitting = (n for n in _numbers(refinements) if all(_meets(n, refinement) for refinement in refinements))
        return next(fitting, value)
    return value


def _parameter(dialect: Dialect, definition: Definition) -> SampleValue | None:
    """The value of a definition's one parameter; None where there are several, or it is not a plain one."""
    if len(definition.parameters) != 1:
        return None
    match definition.parameters[0].parameter.constraint:
        case EnumReference(name):
            return sample_case(name, dialect)
        case ParameterKind.STRING:
            return "name"
        case ParameterKind.BOOL:
            return True
        case ParameterKind.TYPE:
            return "f64"
        case ParameterKind.INT32 | ParameterKind.INT64 | ParameterKind.UINT32 | ParameterKind.UINT64:
            return 1
        case _:
            return None


def _sampled_option(constraint: AnyOf) -> AttributeConstraint:
    """The alternative that a sample has: the first that more than C++ knows."""
    opaque = (OpaqueConstraint, InterfaceConstraint)
    known = (option for option in constraint.options if not isinstance(option, opaque))
    return next(known, constraint.options[0])  # type: ignore[return-value]


def option_for(dialect: Dialect, constraint: AnyOf, value: SampleValue) -> AttributeConstraint:
    """The alternative that a sample's value is of: the first that takes it, as far as more than C++ knows."""
    options: tuple[AttributeConstraint, ...] = constraint.options  # type: ignore[assignment]
    taking = (option for option in options if instead_of_sample(dialect, option, value) == "")
    return next(taking, _sampled_option(constraint))


_PLACES = {"axis", "axes", "dim", "dims", "dimension", "dimensions", "index", "permutation"}
"""Words for which of the dimensions of a value an attribute means: the first is one that every shape has."""


def placed(name: str, constraint: AttributeConstraint, value: SampleValue) -> SampleValue:
    """The value, or the first place where the attribute of that name says which dimensions are meant."""
    words = {word.lower() for word in split_words(name)}
    refinements = constraint.refinements if isinstance(constraint, Confined) else ()
    if not words & _PLACES or words & {"size", "sizes", "window"} or not all(_meets(0, each) for each in refinements):
        return value
    if isinstance(value, tuple) and value and all(type(each) is int and each == 1 for each in value):
        return (0,) * len(value)
    return 0 if type(value) is int and value == 1 else value


def sample_value(dialect: Dialect, constraint: AttributeConstraint) -> SampleValue:
    """A value that satisfies the constraint."""
    match constraint:
        case AttributeKind.BOOL:
            return True
        case AttributeKind.STRING:
            return "name"
        case AttributeKind.SYMBOL_NAME:
            return _DEFINED
        case AttributeKind.SYMBOL_REF | AttributeKind.FLAT_SYMBOL_REF:
            return SYMBOL
        case AttributeKind.ARRAY | AttributeKind.DICTIONARY:
            return ()
        case AttributeKind.TYPE:
            return "f64"
        case AttributeKind.AFFINE_MAP:
            return "affine_map<(d0) -> (d0)>"
        case AttributeKind.INTEGER_SET:
            return "affine_set<(d0) : (d0 >= 0)>"
        case AttributeKind.ELEMENTS:
            return "dense<1.000000e+00> : tensor<4xf64>"
        case AttributeKind.LOCATION:
            return "loc(unknown)"
        case AttributeKind.FLOAT | Builtin():
            return 1.0
        case ArrayOf(element):
            return (sample_value(dialect, element),)
        case DenseArray("f32" | "f64"):
            return (1.0,)
        case DenseArray("i1"):
            return (True,)
        case DenseArray():
            return (1,)
        case Confined(base, refinements):
            return _refined(sample_value(dialect, base), refinements)
        case AnyOf():
            option = _sampled_option(constraint)
            if isinstance(option, DefinitionReference):
                definition = dialect.attribute(option.dialect, option.mnemonic)
                if definition is not None:
                    return sample_text(definition, dialect)
            return sample_value(dialect, option)
        case EnumReference(name):
            return sample_case(name, dialect)
        case TypeOf(held):
            return next(iter(candidates(held, dialect))).text
        case DefinitionReference(owner, mnemonic):
            definition = dialect.attribute(owner, mnemonic)
            if definition is None:
                return f"#{owner}.{mnemonic}"
            single = None if is_opaque(definition) else _parameter(dialect, definition)
            return single if single is not None else sample_text(definition, dialect)
        case OpaqueConstraint(name) | InterfaceConstraint(name):
            return likely_attribute(name, dialect) or "unit"
        case _:
            return 1
