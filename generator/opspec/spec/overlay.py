"""Choices: an overlay's words, samples and corrections, applied to a dialect's facts.

The facts stay as they are on disk; what a person chose lies over them in the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from opspec.diagnostics import Diagnostics, Known, Note
from opspec.model.constraints import Multiplicity
from opspec.model.contracts import ContractRule
from opspec.model.dialect import (
    Argument,
    AttributeDefinition,
    Definition,
    Dialect,
    Doc,
    Enum,
    EnumCase,
    Extras,
    NamedAttribute,
    NamedParameter,
    NamedValue,
    Operation,
    OperationGroup,
    Region,
    Successor,
    TypeDefinition,
)
from opspec.model.sample import Sample
from opspec.notation import parse_format
from opspec.notation.formats import parameters_of
from opspec.spec.constraint_names import ConstraintNames
from opspec.spec.contracts import build_rules, named_constraints, read_contract
from opspec.spec.docs import doc_of
from opspec.spec.facts import build_argument
from opspec.spec.names import read_dialect_names, read_names, summary_of
from opspec.spec.nodes import MapNode, Node, ScalarNode, entries, items, parse_node, text_of
from opspec.spec.references import References
from opspec.spec.rules import read_rules
from opspec.spec.samples import read_sample

__all__ = ["amend", "apply_overlay"]

_Part = TypeVar("_Part", EnumCase, NamedParameter, NamedValue, NamedAttribute, Region, Successor)
_Definition = TypeVar("_Definition", AttributeDefinition, TypeDefinition)


def _described(part: _Part, texts: Node | None) -> _Part:
    name = part.symbol if isinstance(part, EnumCase) else part.name
    node = texts.get(name) if isinstance(texts, MapNode) else None
    return replace(part, doc=Doc(" ".join(summary_of(node).split())), names=read_names(node))


class _Overlay:
    def __init__(self, dialect: Dialect, root: MapNode, diagnostics: Diagnostics, references: References) -> None:
        self._dialect = dialect
        self._root = root
        self._diagnostics = diagnostics
        self._references = references
        self._rules: tuple[ContractRule, ...] = ()
        self._operations = Known(operation.mnemonic for operation in dialect.operations)

    def _node(self, *path: str) -> Node | None:
        node: Node | None = self._root
        for step in path:
            node = node.get(step) if isinstance(node, MapNode) else None
        return node

    def _use(self, node: Node | None, key: str, owner: str, known: Iterable[str] | Known, where: str) -> None:
        """Every key of the mapping under `key` must be one of `known`."""
        names = known if isinstance(known, Known) else Known(known)
        for name, _ in entries(node, key):
            self._references.use(owner, name.text, names, where, name.location)

    def amended(self) -> Dialect:
        """The dialect with the overlay's corrections of the facts."""
        dialect = self._dialect
        found = replace(
            dialect,
            constraints=(*dialect.constraints, *named_constraints(dialect, self._root, self._diagnostics)),
            attributes=tuple(self._amended_format(a, "attributes") for a in dialect.attributes),
            types=tuple(self._amended_format(t, "types") for t in dialect.types),
            operations=tuple(self._amended_operation(operation) for operation in dialect.operations),
        )
        names = ConstraintNames(found, self._references, self._diagnostics)
        for named in found.constraints[len(dialect.constraints) :]:
            names.look_up(named.constraint, "types", named.location)
        for before, operation in zip(dialect.operations, found.operations, strict=True):
            for argument in operation.arguments if operation.arguments != before.arguments else ():
                names.argument(argument, argument.location)
        return found

    def _amended_format(self, definition: _Definition, kind: str) -> _Definition:
        node = self._node(kind, _key(definition), "amend")
        found = node.get("format") if isinstance(node, MapNode) else None
        if found is None:
            return definition
        known = [parameter.name for parameter in definition.parameters]
        text = parse_node(found, lambda text: parse_format(text, known), "", self._diagnostics)
        for name in parameters_of(text):
            self._references.use(f"'{_key(definition)}'", name, known, "the corrected format", found.location)
        return replace(definition, format=text, correction=text_of(node, "reason")) if text else definition

    def _amended_operation(self, operation: Operation) -> Operation:
        arguments = list(operation.arguments)
        node = self._node("operations", operation.mnemonic, "amend")
        for key, added in entries(node, "arguments"):
            notation = added.get("is") if isinstance(added, MapNode) else None
            if notation is None:
                continue
            after = added.get("after") if isinstance(added, MapNode) else None
            names = [argument.name for argument in arguments]
            corrected = build_argument(key, notation, self._diagnostics)
            if key.text in names:
                arguments[names.index(key.text)] = corrected
                continue
            index = len(arguments)
            if isinstance(after, ScalarNode):
                owner = f"'{self._dialect.name}.{operation.mnemonic}'"
                if self._references.use(owner, after.text, names, "a correction", after.location):
                    index = names.index(after.text) + 1
            arguments.insert(index, corrected)
        return replace(operation, arguments=tuple(arguments), correction=text_of(node, "reason"))

    def applied(self) -> Dialect:
        """The dialect with the overlay's words and samples."""
        dialect = self._dialect
        self._rules = build_rules(self._dialect, self._root, self._diagnostics, self._references)
        owner = f"dialect '{dialect.name}'"
        self._use(self._root, "enums", owner, [e.name for e in dialect.enums], "the overlay")
        self._use(self._root, "attributes", owner, [_key(a) for a in dialect.attributes], "the overlay")
        self._use(self._root, "types", owner, [_key(t) for t in dialect.types], "the overlay")
        self._use(self._root, "operations", owner, self._operations, "the overlay")
        return replace(
            dialect,
            doc=doc_of(self._root, dialect.doc),
            names=read_dialect_names(self._root),
            groups=tuple(self._groups()),
            enums=tuple(self._enum(enum) for enum in dialect.enums),
            attributes=tuple(self._definition(a, "attributes") for a in dialect.attributes),
            types=tuple(self._definition(t, "types") for t in dialect.types),
            operations=tuple(self._operation(operation) for operation in dialect.operations),
        )

    def _groups(self) -> Iterator[OperationGroup]:
        """The groups of the reference; an operation is in one of them."""
        owner = f"dialect '{self._dialect.name}'"
        held: dict[str, ScalarNode] = {}
        for title, _ in entries(self._root, "groups"):
            names = tuple(items(self._root.get("groups"), title.text))
            for name in names:
                self._references.use(owner, name.text, self._operations, "a group", name.location)
                first = held.setdefault(name.text, name)
                if first is not name:
                    message = f"'{name.text}' is in two groups"
                    notes = [Note("it is here first", first.location)]
                    self._diagnostics.report("duplicate", message, name.location, "leave it in one of them", notes)
            yield OperationGroup(title.text, tuple(name.text for name in names))

    def _enum(self, enum: Enum) -> Enum:
        node = self._node("enums", enum.name)
        self._use(node, "cases", f"enum '{enum.name}'", [case.symbol for case in enum.cases], "the documentation")
        texts = self._node("enums", enum.name, "cases")
        cases = tuple(_described(case, texts) for case in enum.cases)
        return replace(enum, doc=doc_of(node, enum.doc), names=read_names(node), cases=cases)

    def _definition(self, definition: _Definition, kind: str) -> _Definition:
        key = _key(definition)
        node = self._node(kind, key)
        self._use(node, "parameters", f"'{key}'", [p.name for p in definition.parameters], "the documentation")
        texts = self._node(kind, key, "parameters")
        parameters = tuple(_described(parameter, texts) for parameter in definition.parameters)
        return replace(definition, doc=doc_of(node, definition.doc), names=read_names(node), parameters=parameters)

    def _operation(self, operation: Operation) -> Operation:
        node = self._node("operations", operation.mnemonic)
        owner = f"'{self._dialect.name}.{operation.mnemonic}'"
        extras = operation.extras
        arguments = [argument.name for argument in (*operation.arguments, *extras.operands)]
        results = [result.name for result in (*operation.results, *extras.results)]
        regions = [region.name for region in (*operation.regions, *extras.regions)]
        self._use(node, "arguments", owner, arguments, "the documentation")
        self._use(node, "results", owner, results, "the documentation")
        self._use(node, "regions", owner, regions, "the documentation")
        self._use(node, "successors", owner, [s.name for s in operation.successors], "the documentation")
        self._use(node, "terminators", owner, regions, "a terminator")
        for _, value in entries(node, "terminators"):
            if isinstance(value, ScalarNode):
                name = f"dialect '{self._dialect.name}'"
                self._references.use(name, value.text, self._operations, "a terminator", value.location)
        sample = self._node("operations", operation.mnemonic, "sample")
        path = ("operations", operation.mnemonic)
        python, texts = self._node(*path, "python"), self._node(*path, "results")
        return replace(
            operation,
            doc=doc_of(node, operation.doc),
            arguments=tuple(
                self._argument(argument, self._node(*path, "arguments")) for argument in operation.arguments
            ),
            results=tuple(_described(result, texts) for result in operation.results),
            regions=tuple(self._region(region, node) for region in operation.regions),
            successors=tuple(_described(s, self._node(*path, "successors")) for s in operation.successors),
            results_by_keyword=text_of(python, "results") == "keyword",
            result_sources=self._result_sources(operation, python, owner),
            names=read_names(node),
            sample=self._sample(operation, sample) if isinstance(sample, MapNode) else None,
            contract=read_contract(
                self._dialect, operation, self._node(*path, "contract"), self._rules, self._references
            ),
            relations=read_rules(operation, owner, node, self._diagnostics, self._references),
            extras=Extras(
                tuple(_described(operand, self._node(*path, "arguments")) for operand in extras.operands),
                tuple(_described(result, texts) for result in extras.results),
                tuple(self._region(region, node) for region in extras.regions),
            ),
        )

    def _sample(self, operation: Operation, node: MapNode) -> Sample:
        return read_sample(self._dialect, operation, node, self._diagnostics, self._references)

    def _result_sources(self, operation: Operation, python: Node | None, owner: str) -> tuple[tuple[str, str], ...]:
        """The operand whose type each result has where none is given; said of every result, or of none."""
        said = python.get("results") if isinstance(python, MapNode) else None
        if not isinstance(said, MapNode):
            return ()
        single = [operand.name for operand in operation.operands if operand.value.multiplicity is Multiplicity.ONE]
        self._use(python, "results", owner, [result.name for result in operation.results], "the choice of result types")
        sources = {key.text: value for key, value in entries(python, "results") if isinstance(value, ScalarNode)}
        known = [
            self._references.use(owner, s.text, single, "the type of a result", s.location) for s in sources.values()
        ]
        if not all(known):
            return ()
        missing = [result.name for result in operation.results if result.name not in sources]
        lists = [r.name for r in operation.results if r.value.multiplicity is not Multiplicity.ONE]
        if missing or lists:
            what = f"result '{missing[0]}' is not among them" if missing else f"'{lists[0]}' is not a single result"
            hint = "say it of every result, each of them single, or write `results: keyword`"
            self._diagnostics.report(
                "results", f"{owner} takes types of results from operands: {what}", said.location, hint
            )
        return tuple((result.name, sources[result.name].text) for result in operation.results if result.name in sources)

    @staticmethod
    def _argument(argument: Argument, texts: Node | None) -> Argument:
        if isinstance(argument, NamedValue):
            return _described(argument, texts)
        return _described(argument, texts)

    def _region(self, region: Region, node: Node | None) -> Region:
        terminators = node.get("terminators") if isinstance(node, MapNode) else None
        texts = node.get("regions") if isinstance(node, MapNode) else None
        return replace(_described(region, texts), terminator=text_of(terminators, region.name))


def _key(definition: Definition) -> str:
    return f"{definition.dialect}.{definition.mnemonic}" if definition.dialect else definition.mnemonic


def amend(dialect: Dialect, root: MapNode, diagnostics: Diagnostics, references: References) -> Dialect:
    """The dialect with the overlay's corrections: what the Enzyme in use has and its TableGen does not say."""
    return _Overlay(dialect, root, diagnostics, references).amended()


def apply_overlay(dialect: Dialect, root: MapNode, diagnostics: Diagnostics, references: References) -> Dialect:
    """The dialect with the overlay's words, samples and names."""
    return _Overlay(dialect, root, diagnostics, references).applied()
