"""The rules of an operation in words: what builders and `verify` check beyond the constraint of each part."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.emitters.markdown import code
from opspec.model.constraints import (
    AllTypesMatch,
    ArrayOf,
    HasParent,
    NamedTrait,
    Projection,
    ProjectionKind,
    TypesMatchWith,
)
from opspec.model.dialect import Dialect, Operation
from opspec.model.parents import opaque_parents
from opspec.model.terminators import terminators_of
from opspec.model.traits import claims_of, resolved_symbols

__all__ = ["rule_words"]

_CLAIMS = {
    "same_types": "one type",
    "same_element_types": "elements of one type",
    "same_shapes": "one shape, as far as it is static",
    "one_shape": "one shape, as far as it is static, but for scalars",
}


def _listed(names: tuple[str, ...], word: str = "and") -> str:
    shown = [code(name) for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {word} {shown[-1]}"


def _projection(target: str, projection: Projection) -> str | None:
    subject, source = code(target), code(projection.source)
    match projection.kind:
        case ProjectionKind.SAME:
            return f"{subject} has the type of {source}."
        case ProjectionKind.ELEMENT_TYPE:
            return f"{subject} has the element type of {source}."
        case ProjectionKind.PARAMETER if projection.definition is not None:
            held = f"!{projection.definition.dialect}.{projection.definition.mnemonic}"
            return f"{source} is of a type {code(held)}, {subject} has its {code(projection.parameter)}."
        case _:
            return None


def rule_words(dialect: Dialect, operation: Operation) -> tuple[str, ...]:
    """A sentence for each rule."""
    return tuple(_words(dialect, operation))


def _words(dialect: Dialect, operation: Operation) -> Iterator[str]:
    operands = tuple(operand.name for operand in operation.operands)
    for trait in operation.traits:
        match trait:
            case HasParent(parents):
                of_cpp = (
                    f", as C++ calls {'it' if len(parents) == 1 else 'some of them'}" if opaque_parents(trait) else ""
                )
                yield f"Stands in {_listed(parents, 'or')}{of_cpp}."
            case AllTypesMatch(names):
                yield f"{_listed(names)} have one type."
            case TypesMatchWith(target, projection):
                words = _projection(target, projection)
                if words is not None:
                    yield words
            case NamedTrait("Terminator"):
                yield "Ends its block."
            case NamedTrait("SymbolTable"):
                yield "Symbols in it are seen from inside it, and from outside behind its own name."
            case NamedTrait("NoRegionArguments"):
                yield "Its blocks take no arguments."
            case NamedTrait("AttrSizedOperandSegments"):
                yield f"{code('operandSegmentSizes')} holds how many values belong to {_listed(operands)}."
            case NamedTrait():
                claims = claims_of(operation, trait)
                if claims and len(claims[0][1]) > 1:
                    yield f"{_listed(claims[0][1])} have {', and '.join(_CLAIMS[claim] for claim, _ in claims)}."
            case _:
                pass
    for region in operation.regions:
        terminators = terminators_of(dialect, operation, region)
        if operation.is_about(region):
            yield f"{code(region.name)} has at least one block."
        if terminators:
            yield f"{code(region.name)} is ended by {_listed(terminators, 'or')}."
    lists = [named.name for named in operation.attributes if isinstance(named.attribute.constraint, ArrayOf)]
    for name in resolved_symbols(operation):
        each = "Each of " if name in lists else ""
        yield f"{each}{code(name)} names a symbol of the nearest symbol table, where there is one."
