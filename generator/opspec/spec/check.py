"""Checks of a dialect's facts that need more than one line: do the names it uses exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opspec.constraints.parts import Constraint
from opspec.diagnostics import Diagnostics, Known
from opspec.model.constraints import (
    AllTypesMatch,
    HasParent,
    NamedTrait,
    TypesMatchWith,
)
from opspec.model.dialect import Definition, Dialect, Operation
from opspec.notation.formats import parameters_of
from opspec.spec.constraint_names import ConstraintNames
from opspec.spec.nodes import MapNode, Node
from opspec.spec.references import References

__all__ = ["check_facts", "part_names"]

_VARIABLE = re.compile(r"\$([A-Za-z]\w*)")
_LITERAL = re.compile(r'`[^`]*`|"(?:[^"\\]|\\.)*"')


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
        self._operations = Known(operation.mnemonic for operation in dialect.operations)
        self._names = ConstraintNames(dialect, references, diagnostics)

    def run(self) -> None:
        for named in self._dialect.constraints:
            self._look_up(named.constraint, "types", ("constraints", named.name))
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
            where = _location(self._root, *path, "parameters", named.name).location
            self._names.parameter(named.parameter, where)
        for name in parameters_of(definition.format or ""):
            node = _location(self._root, *path, "format")
            self._references.use(f"'{key}'", name, names, "the assembly format", node.location)

    def _operation(self, operation: Operation) -> None:
        path = ("operations", operation.mnemonic)
        owner = f"'{self._dialect.name}.{operation.mnemonic}'"
        names = part_names(operation)
        for argument in operation.arguments:
            self._names.argument(argument, _location(self._root, *path, "arguments", argument.name).location)
        for result in operation.results:
            self._look_up(result.value.type, "types", (*path, "results", result.name))
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
                        self._names.definition(projection.definition, "types", traits.location)
                case HasParent(parents):
                    for parent in parents:
                        self._operation_name(parent, traits)
                case NamedTrait():
                    pass

    def _operation_name(self, name: str, node: Node) -> None:
        dialect, _, mnemonic = name.partition(".")
        if dialect == self._dialect.name:
            self._references.use(f"dialect '{dialect}'", mnemonic, self._operations, "a trait", node.location)

    def _look_up(self, constraint: Constraint, kind: str, path: tuple[str, ...]) -> None:
        self._names.look_up(constraint, kind, _location(self._root, *path).location)


def _variables(text: str | None) -> Iterator[str]:
    """The `$name`s of an assembly format, each once."""
    yield from dict.fromkeys(_VARIABLE.findall(_LITERAL.sub("", text or "")))


def check_facts(dialect: Dialect, root: MapNode, references: References, diagnostics: Diagnostics) -> None:
    """Look up every name that the facts use: what is missing goes to `references`."""
    _Check(dialect, root, references, diagnostics).run()
