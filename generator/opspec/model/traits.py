"""What traits and interfaces that have a name alone claim: about types, and about symbols."""

from __future__ import annotations

from opspec.model.constraints import ArrayOf, AttributeConstraint, AttributeKind, NamedTrait, Trait
from opspec.model.dialect import Operation

__all__ = ["claims_of", "resolved_symbols"]

_SYMBOLS = (AttributeKind.FLAT_SYMBOL_REF, AttributeKind.SYMBOL_REF)

_CLAIMS = {
    "SameTypeOperands": (("same_types",), False),
    "SameOperandsElementType": (("same_element_types",), False),
    "SameOperandsShape": (("same_shapes",), False),
    "SameOperandsAndResultType": (("same_element_types", "same_shapes"), True),
    "SameOperandsAndResultElementType": (("same_element_types",), True),
    "SameOperandsAndResultShape": (("same_shapes",), True),
    "Elementwise": (("one_shape",), True),
}
"""What each trait claims, and whether it is about the results too."""

_OF_ONE_SHAPE = ("SameOperandsAndResultType", "SameOperandsAndResultShape")


def claims_of(operation: Operation, trait: Trait) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claims of a trait (`same_types`, `same_shapes`...), each with the parts it is about."""
    if not isinstance(trait, NamedTrait) or trait.name not in _CLAIMS:
        return ()
    if trait.name == "Elementwise" and any(map(operation.has_trait, _OF_ONE_SHAPE)):
        return ()  # it is said already, of scalars too
    words, with_results = _CLAIMS[trait.name]
    names = tuple(part.name for part in (*operation.operands, *(operation.results if with_results else ())))
    return tuple((word, names) for word in words)


def resolved_symbols(operation: Operation) -> tuple[str, ...]:
    """The attributes with symbols that MLIR's own verifier looks up, so that they have to exist."""
    if "SymbolUserOpInterface" not in operation.interfaces:
        return ()
    return tuple(named.name for named in operation.attributes if _refers(named.attribute.constraint))


def _refers(constraint: AttributeConstraint) -> bool:
    """Whether an attribute is a reference to a symbol, or a list of them."""
    return constraint in _SYMBOLS or (isinstance(constraint, ArrayOf) and _refers(constraint.element))
