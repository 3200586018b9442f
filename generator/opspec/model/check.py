"""Checks of a dialect's facts that need more than one line: do the names it uses exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opspec.model.constraints import (
    AllTypesMatch,
    AnyOf,
    ArrayOf,
    Attribute,
    AttributeConstraint,
    AttributeParameter,
    Confined,
    ConstraintReference,
    DefinitionReference,
    EnumCases,
    EnumReference,
    HasParent,
    ListOf,
    Literal,
    Modifier,
    NamedTrait,
    OpaqueConstraint,
    ParameterConstraint,
    Shaped,
    TypeConstraint,
    TypeOf,
    TypesMatchWith,
)
from opspec.model.dialect import Definition, Dialect, NamedValue, Operation
from opspec.model.references import References
from opspec.notation import print_type
from opspec.spec.nodes import MapNode, Node, ScalarNode

__all__ = ["OpaquePlace", "check_facts", "enum_of", "opaque_constraints", "part_names"]

_VARIABLE = re.compile(r"\$([A-Za-z]\w*)")
_LITERAL = re.compile(r"`[^`]*`")


def part_names(operation: Operation) -> tuple[str, ...]:
    """The names of everything that an operation declares."""
    parts = (*operation.arguments, *operation.results, *operation.regions, *operation.successors)
    return tuple(part.name for part in parts)


def _location(root: MapNode, *path: str) -> Node:
    """The node at a path of keys, or the last one on the way that exists."""
    node: Node = root
    for step in path:
        found = node.get(step) if isinstance(node, MapNode) else None
        if found is None:
            break
        node = found
    return node


class _Check:
    def __init__(self, dialect: Dialect, root: MapNode, references: References) -> None:
        self._dialect = dialect
        self._root = root
        self._references = references
        self._enums = tuple(enum.name for enum in dialect.enums)

    def run(self) -> None:
        for named in self._dialect.constraints:
            self._constraint(named.constraint, ("constraints", named.name))
        for kind, definitions in (("attributes", self._dialect.attributes), ("types", self._dialect.types)):
            for definition in definitions:
                self._definition(kind, definition)
        for operation in self._dialect.operations:
            self._operation(operation)

    def _definition(self, kind: str, definition: Definition) -> None:
        key = f"{definition.dialect}.{definition.mnemonic}" if definition.dialect else definition.mnemonic
        path = (kind, key)
        names = [parameter.name for parameter in definition.parameters]
        for named in definition.parameters:
            self._parameter(named.parameter.constraint, (*path, "parameters", named.name))
        for name in _variables(definition.format):
            node = _location(self._root, *path, "format")
            self._references.use(f"'{key}'", name, names, "the assembly format", node.location)

    def _parameter(self, constraint: ParameterConstraint, path: tuple[str, ...]) -> None:
        match constraint:
            case ListOf(element):
                self._parameter(element, path)
            case EnumReference(name):
                self._enum(name, path)
            case AttributeParameter(inner):
                self._names(inner, "attributes", path)
            case _:
                pass

    def _operation(self, operation: Operation) -> None:
        path = ("operations", operation.mnemonic)
        owner = f"'{self._dialect.name}.{operation.mnemonic}'"
        names = part_names(operation)
        for argument in operation.arguments:
            where = (*path, "arguments", argument.name)
            if isinstance(argument, NamedValue):
                self._constraint(argument.value.type, where)
            else:
                self._constraint(argument.attribute.constraint, where)
                self._default(argument.attribute, where)
        for result in operation.results:
            self._constraint(result.value.type, (*path, "results", result.name))
        for name in _variables(operation.format):
            node = _location(self._root, *path, "format")
            self._references.use(owner, name, names, "the assembly format", node.location)
        traits = _location(self._root, *path, "traits")
        for trait in operation.traits:
            match trait:
                case AllTypesMatch(matched):
                    for name in matched:
                        self._references.use(owner, name, names, "a trait", traits.location)
                case TypesMatchWith(target, projection):
                    for name in (target, projection.source):
                        self._references.use(owner, name, names, "a trait", traits.location)
                    if projection.definition is not None:
                        self._own(projection.definition, "types", traits)
                case HasParent(parents):
                    for parent in parents:
                        self._operation_name(parent, traits)
                case NamedTrait():
                    pass

    def _operation_name(self, name: str, node: Node) -> None:
        dialect, _, mnemonic = name.partition(".")
        if dialect == self._dialect.name:
            known = [operation.mnemonic for operation in self._dialect.operations]
            self._references.use(f"dialect '{dialect}'", mnemonic, known, "a trait", node.location)

    def _enum(self, name: str, path: tuple[str, ...]) -> None:
        where = _location(self._root, *path)
        owner = f"dialect '{self._dialect.name}'"
        self._references.use(owner, name, self._enums, "a constraint", where.location)

    def _own(self, reference: DefinitionReference, kind: str, node: Node) -> None:
        if reference.dialect != self._dialect.name:
            return
        definitions = self._dialect.types if kind == "types" else self._dialect.attributes
        known = [definition.mnemonic for definition in definitions if not definition.dialect]
        self._references.use(
            f"dialect '{self._dialect.name}'", reference.mnemonic, known, "a constraint", node.location
        )

    def _constraint(self, constraint: TypeConstraint | AttributeConstraint, path: tuple[str, ...]) -> None:
        kind = "attributes" if _declares_attribute(_location(self._root, *path)) else "types"
        self._names(constraint, kind, path)

    def _names(self, constraint: TypeConstraint | AttributeConstraint, kind: str, path: tuple[str, ...]) -> None:
        """Look up the names in a constraint on attributes or on types; a type attribute holds the other kind."""
        node = _location(self._root, *path)
        for part in _parts(constraint, into_types=False):
            match part:
                case EnumReference(name):
                    self._enum(name, path)
                case TypeOf(held):
                    self._names(held, "types", path)
                case ConstraintReference(name):
                    known = [named.name for named in self._dialect.constraints]
                    self._references.use(f"dialect '{self._dialect.name}'", name, known, "a constraint", node.location)
                case DefinitionReference():
                    self._own(part, kind, node)
                case _:
                    pass

    def _default(self, attribute: Attribute, path: tuple[str, ...]) -> None:
        enum = enum_of(self._dialect, attribute.constraint)
        if enum is None:
            return
        node = _location(self._root, *path)
        known = [case.symbol for case in self._dialect.enum(enum).cases]
        for name in _cases(attribute.default):
            self._references.use(f"enum '{enum}'", name, known, "a default", node.location)


def enum_of(dialect: Dialect, constraint: AttributeConstraint) -> str | None:
    """The enum whose case an attribute holds, directly or as the one parameter of its definition; else None."""
    if isinstance(constraint, Confined):
        return enum_of(dialect, constraint.base)
    names = {enum.name for enum in dialect.enums}
    if isinstance(constraint, EnumReference):
        return constraint.name if constraint.name in names else None
    if isinstance(constraint, DefinitionReference):
        definition = dialect.attribute(constraint.dialect, constraint.mnemonic)
        if definition is not None and len(definition.parameters) == 1:
            inner = definition.parameters[0].parameter.constraint
            if isinstance(inner, EnumReference) and inner.name in names:
                return inner.name
    return None


def _declares_attribute(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.text.startswith(("attr", "prop"))


def _variables(text: str | None) -> Iterator[str]:
    """The `$name`s of an assembly format, each once."""
    yield from dict.fromkeys(_VARIABLE.findall(_LITERAL.sub("", text or "")))


def _cases(literal: Literal | None) -> tuple[str, ...]:
    return literal.names if isinstance(literal, EnumCases) else ()


def _parts(
    constraint: TypeConstraint | AttributeConstraint, *, into_types: bool = True
) -> Iterator[TypeConstraint | AttributeConstraint]:
    """A constraint and everything inside it; what a type attribute holds only where `into_types` says so."""
    yield constraint
    inner: tuple[TypeConstraint | AttributeConstraint, ...] = ()
    match constraint:
        case AnyOf(options):
            inner = options
        case Shaped(_, element, _):
            inner = (element,)
        case ArrayOf(base) | Confined(base, _):
            inner = (base,)
        case TypeOf(held) if into_types:
            inner = (held,)
        case _:
            pass
    for part in inner:
        yield from _parts(part, into_types=into_types)


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
    """Every operand, result and attribute whose constraint only C++ can check, wholly or partly."""
    for operation in dialect.operations:
        declared: list[tuple[str, TypeConstraint | AttributeConstraint]] = []
        declared += [(named.name, named.value.type) for named in (*operation.operands, *operation.results)]
        declared += [(named.name, named.attribute.constraint) for named in operation.attributes]
        for name, constraint in declared:
            inner, through = constraint, ""
            if isinstance(constraint, ConstraintReference):
                inner, through = dialect.constraint(constraint.name), constraint.name
            for part in _parts(inner):
                is_opaque = isinstance(part, OpaqueConstraint)
                has_opaque = isinstance(part, Shaped) and Modifier("opaque") in part.modifiers
                if is_opaque or has_opaque:
                    label = part.name if isinstance(part, OpaqueConstraint) else print_type(inner)  # type: ignore[arg-type]
                    yield OpaquePlace(f"{operation.mnemonic}.{name}", label, part is not inner, through)


def check_facts(dialect: Dialect, root: MapNode, references: References) -> None:
    """Look up every name that the facts use; what is missing goes to `references`."""
    _Check(dialect, root, references).run()
