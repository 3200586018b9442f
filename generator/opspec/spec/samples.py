"""Samples out of an overlay: read, and held against what the operation takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opspec.constraints.values import instead_of_sample
from opspec.diagnostics import Diagnostics, Known, Location, is_visible, visible
from opspec.model.constraints import (
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Confined,
    Multiplicity,
)
from opspec.model.dialect import Dialect, Enum, NamedAttribute, NamedValue, Operation
from opspec.model.sample import Sample, SampleRegion, SampleValue
from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode, entries, items, text_of
from opspec.spec.references import References

__all__ = ["read_sample"]

_FULL_NAME = re.compile(r"[A-Za-z_]\w*(\.[\w$-]+)+", re.ASCII)


class _Sample:
    def __init__(
        self, dialect: Dialect, operation: Operation, node: MapNode, diagnostics: Diagnostics, references: References
    ) -> None:
        self._dialect = dialect
        self._operation = operation
        self._node = node
        self._diagnostics = diagnostics
        self._references = references
        self._owner = f"'{dialect.name}.{operation.mnemonic}'"

    def read(self) -> Sample:
        node, operation, extras = self._node, self._operation, self._operation.extras
        arguments = (*operation.arguments, *extras.operands)
        for key, known in (
            ("arguments", arguments),
            ("results", (*operation.results, *extras.results)),
            ("regions", (*operation.regions, *extras.regions)),
        ):
            names = Known(part.name for part in known)
            for name, _ in entries(node, key):
                self._references.use(self._owner, name.text, names, "the sample", name.location)
        setups = self._setups()
        given = node.get("arguments")
        operands: list[tuple[str, tuple[str, ...]]] = []
        attributes: list[tuple[str, SampleValue]] = []
        for argument in arguments:
            value = given.get(argument.name) if isinstance(given, MapNode) else None
            if value is None:
                continue
            if isinstance(argument, NamedValue):
                operands.append((argument.name, self._types(argument, value)))
            else:
                attributes.append((argument.name, self._attribute(argument, value)))
        declared = {result.name: result for result in (*operation.results, *extras.results)}
        results = tuple(
            (key.text, self._types(declared[key.text], value))
            for key, value in entries(node, "results")
            if key.text in declared
        )
        return Sample(
            operands=tuple(operands),
            attributes=tuple(attributes),
            results=results,
            regions=tuple(self._region(key.text, value) for key, value in entries(node, "regions")),
            setup=text_of(node, "setup"),
            inside=text_of(node, "inside"),
            setups=setups,
        )

    def _setups(self) -> tuple[tuple[str, str], ...]:
        """The setups of releases; what does not show in them, or in that of all, is reported."""
        known = Known(self._dialect.releases.releases if self._dialect.releases is not None else ())
        found: list[tuple[str, str]] = []
        for key, value in (*entries(self._node, "setups"), (None, self._node.get("setup"))):
            if not isinstance(value, ScalarNode):
                continue
            hidden = next((c for c in value.text if c not in "\n\t" and not is_visible(c)), "")
            if hidden:
                self._report(
                    f"has U+{ord(hidden):04X} in its setup, which does not show", value.location, "take it out"
                )
            if key is not None:
                self._references.use("releases.yaml", key.text, known, "a setup of the sample", key.location)
                found.append((key.text, value.text))
        return tuple(found)

    def _report(self, message: str, location: Location, hint: str) -> None:
        self._diagnostics.report("sample", f"the sample of {self._owner} {message}", location, hint)

    def _types(self, part: NamedValue, node: Node) -> tuple[str, ...]:
        """The types of an operand or result: as many as it takes."""
        found = (node,) if isinstance(node, ScalarNode) else node.items if isinstance(node, ListNode) else ()
        texts = tuple(item.text for item in found if isinstance(item, ScalarNode) and isinstance(item.value, str))
        if len(texts) != len(found) or isinstance(node, MapNode):
            self._report(f"gives '{part.name}' something else", node.location, "write a type, or a list of types")
            return texts
        self._shown(found)
        counts = {Multiplicity.ONE: (1, 1), Multiplicity.OPTIONAL: (0, 1)}
        least, most = counts.get(part.value.multiplicity, (0, len(texts)))
        if not least <= len(texts) <= most:
            wanted = "one type" if least else "at most one type"
            self._report(f"gives '{part.name}' {len(texts)} types", node.location, f"write {wanted}")
        return texts

    def _shown(self, types: Iterable[Node]) -> None:
        """Report types that hold a line break or what does not show: they are written into IR as they are."""
        for item in types:
            if isinstance(item, ScalarNode) and visible(item.text) != item.text:
                message = f"has the type {visible(item.text)!r}, with a line break or a character that does not show"
                self._report(message, item.location, "write the type on one line, as MLIR does")

    def _region(self, name: str, node: Node) -> SampleRegion:
        """The block of a region; what it returns are arguments of the block."""
        arguments = tuple(item.text for item in items(node, "arguments"))
        self._shown(items(node, "arguments"))
        returns: list[int] = []
        for item in items(node, "returns"):
            if not isinstance(item.value, int) or isinstance(item.value, bool):
                continue
            if 0 <= item.value < len(arguments):
                returns.append(item.value)
                continue
            message = f"returns argument {item.text} of the block of '{name}', which has {len(arguments)}"
            hint = "arguments are counted from 0" if arguments else "give the block arguments"
            self._report(message, item.location, hint)
        terminator = node.get("terminator") if isinstance(node, MapNode) else None
        text = text_of(node, "terminator")
        if terminator is not None and not _FULL_NAME.fullmatch(text):
            message = f"ends the block of '{name}' with '{text}', which is no operation"
            self._report(message, terminator.location, "write its full name, such as 'stablehlo.return'")
        return SampleRegion(name, arguments, tuple(returns), text)

    def _attribute(self, named: NamedAttribute, node: Node) -> SampleValue:
        """The value of an attribute, as its constraint takes it."""
        constraint = named.attribute.constraint
        if isinstance(node, MapNode):
            if constraint is not AttributeKind.DICTIONARY:
                self._report(f"gives '{named.name}' a mapping", node.location, "write a value, or a list of values")
            return ""
        value = self._value(constraint, node)
        if value is None:
            return ""
        instead = instead_of_sample(self._dialect, constraint, value)
        if instead:
            self._report(f"gives '{named.name}' something else than {instead}", node.location, "correct the value")
        return value

    def _enum(self, constraint: AttributeConstraint) -> Enum | None:
        while isinstance(constraint, Confined):
            constraint = constraint.base
        return None if isinstance(constraint, ArrayOf) else self._dialect.enum_of(constraint)

    def _value(self, constraint: AttributeConstraint, node: Node) -> SampleValue | None:
        """What is written; None where it is nothing, or no case of the enum that is wanted, which is then reported."""
        while isinstance(constraint, Confined):
            constraint = constraint.base
        if isinstance(node, ListNode):
            element = constraint.element if isinstance(constraint, ArrayOf) else constraint
            found = [self._value(element, item) for item in node.items]
            written = tuple(item for item in found if item is not None)
            return written if len(written) == len(found) else None
        if not isinstance(node, ScalarNode) or node.value is None:
            self._report("gives an attribute nothing", node.location, "write a value")
            return None
        enum = self._enum(constraint)
        if enum is None:
            return node.value
        if node.text.startswith("#"):
            return node.text
        known = Known(word for case in enum.cases for word in (case.symbol, case.text))
        parts = node.text.split(enum.separator) if enum.bits and enum.separator else [node.text]
        named = [
            self._references.use(f"enum '{enum.name}'", part.strip(), known, "the sample", node.location)
            for part in parts
        ]
        return node.text if all(named) else None


def read_sample(
    dialect: Dialect, operation: Operation, node: MapNode, diagnostics: Diagnostics, references: References
) -> Sample:
    """The sample that an overlay gives an operation; names that do not exist go to `references`."""
    return _Sample(dialect, operation, node, diagnostics, references).read()
