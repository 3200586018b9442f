"""Which declared parts of a dialect have a constraint that only C++ can check."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.constraints.parts import walk
from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AttributeConstraint,
    ConstraintReference,
    HasParent,
    Literal,
    Modifier,
    NamedTrait,
    OpaqueConstraint,
    OpaqueLiteral,
    ProjectionKind,
    Shaped,
    TypeConstraint,
    TypesMatchWith,
)
from opspec.model.dialect import Dialect, Operation
from opspec.model.parents import known_parents, opaque_parents
from opspec.notation import print_type

__all__ = ["OpaquePlace", "cpp_default", "opaque_constraints", "opaque_defaults"]


@dataclass(frozen=True, slots=True)
class OpaquePlace:
    """A declared part (`op.part`) whose constraint is opaque as a whole, or in one of its alternatives (`partly`).

    `through` is the named constraint that the part refers to, if it does.
    """

    place: str
    name: str
    partly: bool
    through: str = ""


def opaque_constraints(dialect: Dialect) -> Iterator[OpaquePlace]:
    """Everything that only C++ can check, wholly or partly: operands, results, attributes, and what traits say."""
    for operation in dialect.operations:
        yield from _of_traits(operation)
        declared: list[tuple[str, TypeConstraint | AttributeConstraint]] = []
        declared += [(named.name, named.value.type) for named in (*operation.operands, *operation.results)]
        declared += [(named.name, named.attribute.constraint) for named in operation.attributes]
        for name, constraint in declared:
            inner, through = constraint, ""
            if isinstance(constraint, ConstraintReference):
                inner, through = dialect.constraint(constraint.name), constraint.name
            for part in walk(inner):
                is_opaque = isinstance(part, OpaqueConstraint)
                has_opaque = isinstance(part, Shaped) and Modifier("opaque") in part.modifiers
                if is_opaque or has_opaque:
                    label = part.name if isinstance(part, OpaqueConstraint) else print_type(inner)  # type: ignore[arg-type]
                    yield OpaquePlace(f"{operation.mnemonic}.{name}", label, part is not inner, through)


def _of_traits(operation: Operation) -> Iterator[OpaquePlace]:
    """The classes of parents that nobody knows, and the types that follow in a way that C++ alone knows."""
    for trait in operation.traits:
        if isinstance(trait, HasParent):
            for name in opaque_parents(trait):
                yield OpaquePlace(f"{operation.mnemonic} (parent)", name, bool(known_parents(trait)))
        elif isinstance(trait, NamedTrait) and trait.name == "opaque":
            yield OpaquePlace(f"{operation.mnemonic} (trait)", ", ".join(trait.arguments), False)
        elif isinstance(trait, TypesMatchWith) and trait.projection.kind is ProjectionKind.OPAQUE:
            yield OpaquePlace(f"{operation.mnemonic}.{trait.target}", "TypesMatchWith", False)


def cpp_default(default: Literal | None) -> str | None:
    """The C++ text of a default that only C++ knows, to be shown on one line; None for every other default.

    It is empty where only that is known, that there is a default.
    """
    if isinstance(default, tuple):
        return next((text for item in default if (text := cpp_default(item)) is not None), None)
    if not isinstance(default, OpaqueLiteral):
        return None
    line = " ".join(default.text.split())
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)


def opaque_defaults(dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Every attribute (`op.part`) and parameter (`attribute.part`) whose default only C++ knows, and its C++ text."""
    declared: list[tuple[str, str, Literal | None]] = []
    for operation in dialect.operations:
        declared += [(operation.mnemonic, named.name, named.attribute.default) for named in operation.attributes]
    for definition in (*dialect.attributes, *dialect.types):
        declared += [(definition.mnemonic, named.name, named.parameter.default) for named in definition.parameters]
    for owner, name, default in declared:
        text = cpp_default(default)
        if text is not None:
            yield f"{owner}.{name}", text
