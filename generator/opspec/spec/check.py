"""Checks of a dialect's facts that need more than one line: do the names it uses exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opspec.constraints.parts import Constraint, children, is_about_types, walk
from opspec.diagnostics import Diagnostics
from opspec.model.constraints import (
    AllTypesMatch,
    AnyOf,
    AttributeConstraint,
    ConstraintReference,
    DefinitionReference,
    EnumCases,
    EnumReference,
    HasParent,
    Literal,
    NamedTrait,
    ParameterConstraint,
    TypeConstraint,
    TypesMatchWith,
)
from opspec.model.dialect import Definition, Dialect, Enum, NamedValue, Operation
from opspec.notation.literals import print_literal
from opspec.spec.nodes import MapNode, Node, ScalarNode
from opspec.spec.references import References

__all__ = ["check_facts", "part_names"]

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
    def __init__(self, dialect: Dialect, root: MapNode, references: References, diagnostics: Diagnostics) -> None:
        self._dialect = dialect
        self._root = root
        self._references = references
        self._diagnostics = diagnostics
        self._enums = tuple(enum.name for enum in dialect.enums)

    def run(self) -> None:
        for named in self._dialect.constraints:
            self._constraint(named.constraint, ("constraints", named.name))
        self._circles()
        for kind, definitions in (("attributes", self._dialect.attributes), ("types", self._dialect.types)):
            for definition in definitions:
                self._definition(kind, definition)
        for operation in self._dialect.operations:
            self._operation(operation)

    def _circles(self) -> None:
        """Report named constraints that lead back to their own names, once for each circle."""
        inside = {
            named.name: [part.name for part in walk(named.constraint) if isinstance(part, ConstraintReference)]
            for named in self._dialect.constraints
        }
        told: set[str] = set()
        for name in inside:
            reached: dict[str, None] = {}
            waiting = [name]
            while waiting:
                found = [each for each in inside.get(waiting.pop(), ()) if each not in reached]
                reached.update(dict.fromkeys(found))
                waiting += found
            if name in reached and name not in told:
                told.update(reached)
                where = _location(self._root, "constraints", name).location
                message = f"the constraint '{name}' stands for itself, expected one that its own name is no part of"
                self._diagnostics.report("constraint-circle", message, where, f"write out what '{name}' accepts")

    def _definition(self, kind: str, definition: Definition) -> None:
        key = f"{definition.dialect}.{definition.mnemonic}" if definition.dialect else definition.mnemonic
        path = (kind, key)
        names = [parameter.name for parameter in definition.parameters]
        for named in definition.parameters:
            where = (*path, "parameters", named.name)
            self._names(named.parameter.constraint, "attributes", where)
            self._default(named.parameter.default, named.parameter.constraint, where)
        for name in _variables(definition.format):
            node = _location(self._root, *path, "format")
            self._references.use(f"'{key}'", name, names, "the assembly format", node.location)

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
                self._default(argument.attribute.default, argument.attribute.constraint, where)
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

    def _names(self, constraint: Constraint, kind: str, path: tuple[str, ...]) -> None:
        """Look up the names in a constraint on attributes or on types; a type attribute holds the other kind."""
        node = _location(self._root, *path)
        inside = "types" if is_about_types(constraint, kind == "types") else "attributes"
        for part in children(constraint):
            self._names(part, inside, path)
        match constraint:
            case EnumReference(name):
                self._enum(name, path)
            case ConstraintReference(name):
                known = [named.name for named in self._dialect.constraints]
                self._references.use(f"dialect '{self._dialect.name}'", name, known, "a constraint", node.location)
            case DefinitionReference():
                self._own(constraint, kind, node)
            case _:
                pass

    def _default(
        self, default: Literal | None, constraint: AttributeConstraint | ParameterConstraint, path: tuple[str, ...]
    ) -> None:
        """Look up the cases that a default names, and report what is no value of the enum."""
        enum = self._dialect.enum_in(constraint)
        if enum is None:
            return
        where = _location(self._root, *path).location
        known = [case.symbol for case in enum.cases]
        for literal in _leaves(default):
            if isinstance(literal, EnumCases):
                for name in literal.names:
                    self._references.use(f"enum '{enum.name}'", name, known, "a default", where)
            if not isinstance(constraint, AnyOf) and _is_no_value(literal, enum):
                accepted = f"a case of {enum.name}" if not enum.bits else f"cases of {enum.name}, joined by '|'"
                message = f"the default is {print_literal(literal)}, accepted is {accepted}"
                self._diagnostics.report("default", message, where, f"known here: {', '.join(known)}")


def _declares_attribute(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.text.startswith(("attr", "prop"))


def _variables(text: str | None) -> Iterator[str]:
    """The `$name`s of an assembly format, each once."""
    yield from dict.fromkeys(_VARIABLE.findall(_LITERAL.sub("", text or "")))


def _leaves(literal: Literal | None) -> Iterator[Literal]:
    """What a default is made of, in lists of any depth."""
    if isinstance(literal, tuple):
        for item in literal:
            yield from _leaves(item)
    elif literal is not None:
        yield literal


def _is_no_value(literal: Literal, enum: Enum) -> bool:
    """Whether a number is none that an enum has, or several cases are given of one that has no bits."""
    if isinstance(literal, EnumCases):
        return len(literal.names) > 1 and not enum.bits
    if isinstance(literal, bool) or not isinstance(literal, int):
        return False
    if not enum.bits:
        return all(case.value != literal for case in enum.cases)
    mask = 0
    for case in enum.cases:
        mask |= case.value
    return literal < 0 or literal & ~mask != 0


def check_facts(dialect: Dialect, root: MapNode, references: References, diagnostics: Diagnostics) -> None:
    """Look up every name that the facts use: what is missing goes to `references`, what leads nowhere is reported."""
    _Check(dialect, root, references, diagnostics).run()
