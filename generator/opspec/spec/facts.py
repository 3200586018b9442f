"""Facts: from the nodes of `dialect.yaml` to the model.

Building never stops at a mistake: what cannot be read is reported and left out or replaced, so that one run
reports everything. A model built with diagnostics is never used.
"""

from __future__ import annotations

import re

from opspec.constraints.values import accepted_default, accepted_parameter_default
from opspec.diagnostics import Diagnostics, Location
from opspec.model.constraints import (
    AnyConstraint,
    Attribute,
    Literal,
    Multiplicity,
    NamedTrait,
    OpaqueConstraint,
    Parameter,
    RegionConstraint,
    Trait,
    TypeConstraint,
    Value,
)
from opspec.model.dialect import (
    Argument,
    AttributeDefinition,
    Dialect,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedConstraint,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
    Successor,
    TypeDefinition,
)
from opspec.notation import (
    parse_argument,
    parse_format,
    parse_parameter,
    parse_region,
    parse_successor,
    parse_trait,
    parse_type,
    parse_value,
)
from opspec.notation.literals import print_literal
from opspec.notation.words import integer_bounds
from opspec.spec.docs import doc_of
from opspec.spec.nodes import MapNode, Node, ScalarNode, entries, items, parse_node, raw_text_of, text_of

__all__ = ["build_argument", "build_dialect"]

_STORAGE = re.compile(r"(i|si|ui)([0-9]+)")
_WIDEST = 1024

# What stands for a text that is not of the notation; the error is reported, so nobody sees them.
_BROKEN_TYPE: TypeConstraint = AnyConstraint()
_BROKEN_TRAIT: Trait = NamedTrait("broken")
_BROKEN_ARGUMENT: Value | Attribute = Value(AnyConstraint())


class _Builder:
    def __init__(self, name: str, diagnostics: Diagnostics) -> None:
        self._name = name
        self._diagnostics = diagnostics

    def constraint(self, key: ScalarNode, node: Node) -> NamedConstraint:
        return NamedConstraint(key.text, parse_node(node, parse_type, _BROKEN_TYPE, self._diagnostics), key.location)

    def enum(self, key: ScalarNode, node: Node) -> Enum:
        cases = tuple(self._case(case_key, case) for case_key, case in entries(node, "cases"))
        self._check_cases(text_of(node, "storage"), cases)
        bits = node.get("bits") if isinstance(node, MapNode) else None
        return Enum(
            name=key.text,
            storage=text_of(node, "storage"),
            cases=cases,
            dialect=text_of(node, "dialect"),
            bits=isinstance(bits, ScalarNode) and bits.value is True,
            separator=raw_text_of(node, "separator"),
            doc=doc_of(node),
            location=key.location,
        )

    def _check_cases(self, storage: str, cases: tuple[EnumCase, ...]) -> None:
        """Report the cases whose number the storage has no room for."""
        match = _STORAGE.fullmatch(storage)
        if match is None:
            return
        lowest, highest = integer_bounds(match[1], min(int(match[2]), _WIDEST))
        for case in cases:
            if not lowest <= case.value <= highest:
                message = f"the case '{case.symbol}' is {case.value}, expected a number that {storage} has room for"
                self._diagnostics.report("wrong-value", message, case.location, "correct the number, or `storage`")

    @staticmethod
    def _case(key: ScalarNode, node: Node) -> EnumCase:
        number = node.get("value") if isinstance(node, MapNode) else node
        value = number.value if isinstance(number, ScalarNode) and isinstance(number.value, int) else 0
        has_text = isinstance(node, MapNode) and node.get("text") is not None
        text = raw_text_of(node, "text") if has_text else key.text
        return EnumCase(key.text, value, text, location=key.location)

    def definition(self, key: ScalarNode, node: Node) -> tuple[str, str, tuple[NamedParameter, ...], str | None, str]:
        parameters = tuple(self._parameter(name, declared) for name, declared in entries(node, "parameters"))
        foreign = text_of(node, "dialect")
        mnemonic = key.text.removeprefix(f"{foreign}.") if foreign else key.text
        form = self._format(node, [parameter.name for parameter in parameters])
        return mnemonic, text_of(node, "class"), parameters, form, foreign

    def _parameter(self, key: ScalarNode, node: Node) -> NamedParameter:
        found = parse_node(node, parse_parameter, Parameter(OpaqueConstraint("broken")), self._diagnostics)
        self._check_default(node, found.default, accepted_parameter_default(found.default, found.constraint))
        return NamedParameter(key.text, found, location=key.location)

    def _format(self, node: Node, parameters: list[str]) -> str | None:
        """The assembly format, which must be one for these parameters."""
        found = node.get("format") if isinstance(node, MapNode) else None
        if found is None:
            return None
        return parse_node(found, lambda text: parse_format(text, parameters), None, self._diagnostics)

    def operation(self, key: ScalarNode, node: Node) -> Operation:
        diagnostics = self._diagnostics
        results = tuple(
            NamedValue(
                name.text,
                parse_node(declared, parse_value, Value(AnyConstraint()), diagnostics),
                location=name.location,
            )
            for name, declared in entries(node, "results")
        )
        regions = tuple(
            Region(
                name.text, parse_node(declared, parse_region, RegionConstraint(), diagnostics), location=name.location
            )
            for name, declared in entries(node, "regions")
        )
        successors = tuple(
            Successor(
                name.text,
                parse_node(declared, parse_successor, Multiplicity.ONE, diagnostics),
                location=name.location,
            )
            for name, declared in entries(node, "successors")
        )
        traits = tuple(parse_node(item, parse_trait, _BROKEN_TRAIT, diagnostics) for item in items(node, "traits"))
        return Operation(
            mnemonic=key.text,
            class_name=text_of(node, "class"),
            arguments=tuple(self.argument(name, declared) for name, declared in entries(node, "arguments")),
            results=results,
            regions=regions,
            successors=successors,
            traits=traits,
            interfaces=tuple(item.text for item in items(node, "interfaces")),
            format=text_of(node, "format") or None,
            doc=doc_of(node),
            location=key.location,
        )

    def argument(self, key: ScalarNode, node: Node) -> Argument:
        declared = parse_node(node, parse_argument, _BROKEN_ARGUMENT, self._diagnostics)
        if isinstance(declared, Value):
            return NamedValue(key.text, declared, location=key.location)
        self._check_default(node, declared.default, accepted_default(declared.default, declared.constraint))
        return NamedAttribute(key.text, declared, location=key.location)

    def _check_default(self, node: Node, given: Literal | None, accepted: str) -> None:
        """Report a default that its own attribute or parameter does not take; `accepted` is empty where it does."""
        if not accepted or not isinstance(node, ScalarNode) or given is None:
            return
        before, _, default = node.text.partition("=")
        offset = len(node.text) - len(default.lstrip())
        self._diagnostics.report(
            "default",
            f"the default is {print_literal(given)}, accepted is {accepted}, in '{node.text}'",
            node.location.shifted(offset) if node.is_plain else node.location,
            f"write a value that '{before.strip()}' takes, or 'opaque' where only C++ can say it",
        )


def build_argument(name: ScalarNode, node: Node, diagnostics: Diagnostics) -> Argument:
    """One operand or attribute from its notation."""
    return _Builder("", diagnostics).argument(name, node)


def build_dialect(root: MapNode, diagnostics: Diagnostics) -> Dialect:
    """The facts of a `dialect.yaml`; mistakes go to `diagnostics`."""
    name = text_of(root, "dialect")
    builder = _Builder(name, diagnostics)
    return Dialect(
        name=name,
        doc=doc_of(root),
        enums=tuple(builder.enum(key, node) for key, node in entries(root, "enums")),
        attributes=tuple(
            AttributeDefinition(*builder.definition(key, node), doc=doc_of(node), location=key.location)
            for key, node in entries(root, "attributes")
        ),
        types=tuple(
            TypeDefinition(*builder.definition(key, node), doc=doc_of(node), location=key.location)
            for key, node in entries(root, "types")
        ),
        operations=tuple(builder.operation(key, node) for key, node in entries(root, "operations")),
        constraints=tuple(builder.constraint(key, node) for key, node in entries(root, "constraints")),
        provenance=tuple(
            (key.text, text_of(root.get("provenance"), key.text)) for key, _ in entries(root, "provenance")
        ),
        location=Location(root.location.path),
    )
