"""What the reference template places: a page per dialect, as finished cells and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.emitters.docs.contracts import ContractSection, view_contract
from opspec.emitters.docs.names import names_of_definition, names_of_enum, names_of_operation
from opspec.emitters.docs.release_rules import release_words, released_default
from opspec.emitters.docs.releases import written_name
from opspec.emitters.docs.rules import rule_words
from opspec.emitters.markdown import cell, code
from opspec.model.constraints import Parameter
from opspec.model.definitions import layout_of
from opspec.model.dialect import Definition, Dialect, Enum, NamedAttribute, NamedValue, Operation
from opspec.model.parts import whole
from opspec.naming.policy import NamingPolicy
from opspec.notation import (
    print_attribute,
    print_parameter,
    print_region,
    print_successor,
    print_trait,
    print_value,
)
from opspec.notation.literals import print_literal
from opspec.notation.relations import print_relation
from opspec.pyview.examples import build_example, imported
from opspec.pyview.extensions import PyExtension
from opspec.pyview.module import PyModule, PyOperation, parameters_of
from opspec.pyview.printer import for_readers, signature
from opspec.pyview.text import py_literal
from opspec.rsview.reference import signatures_for_readers

__all__ = [
    "DefinitionSection",
    "DialectPage",
    "OperationSection",
    "Table",
    "view_page",
    "view_section",
    "view_written",
]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a title above it, its columns, its rows of finished cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionSection:
    """An enum, attribute or type."""

    title: str
    summary: str
    description: str
    python: str
    tables: tuple[Table, ...]
    correction: str = ""
    format: str = ""
    note: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class OperationSection:
    """An operation. `anchor` is what links within the page use."""

    name: str
    anchor: str
    summary: str
    description: str
    signature: str
    tables: tuple[Table, ...]
    traits: str
    format: str
    example: str
    correction: str
    names: str
    rules: tuple[str, ...]
    contract: ContractSection | None
    rust: str = ""


@dataclass(frozen=True, slots=True)
class DialectPage:
    """The page of a dialect."""

    name: str
    module: str
    imported: str
    package: str
    summary: str
    description: str
    provenance: tuple[tuple[str, str], ...]
    enums: tuple[DefinitionSection, ...]
    attributes: tuple[DefinitionSection, ...]
    types: tuple[DefinitionSection, ...]
    groups: tuple[tuple[str, tuple[OperationSection, ...]], ...]
    extensions: tuple[tuple[str, str], ...]


_TEXT_ONLY = (
    "Text only: C++ prints and parses this one, so the class has `parse`, `isinstance` and equality, but no `get` and "
    "no parameters."
)


def _parameter_default(parameter: Parameter) -> str:
    if parameter.optional:
        return "unset"
    return "required" if parameter.default is None else code(print_literal(parameter.default))


def _anchor(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum() or c in "-_")


def _table(title: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> tuple[Table, ...]:
    return (Table(title, tuple(columns), tuple(rows)),) if rows else ()


NO_RUST: Mapping[str, str] = {}
"""The signatures of Rust where there is none."""


class _Pages:
    def __init__(
        self, dialect: Dialect, module: PyModule, naming: NamingPolicy, rust: Mapping[str, str] = NO_RUST
    ) -> None:
        self._dialect = dialect
        self._rust = rust
        self._module = module
        self._naming = naming

    def enum(self, enum: Enum) -> DefinitionSection:
        """The section of an enum."""
        rows = [
            (
                code(case.text),
                str(case.value),
                code(f"{self._naming.enum(enum)}.{self._naming.enum_case(enum, case.symbol)}"),
                cell(case.doc.summary),
            )
            for case in enum.cases
        ]
        table = _table("", ("In the IR", "Number", "Python", "Meaning"), rows)
        about = f"Stored as `{enum.storage}`."
        text = self._naming.enum_text(enum)
        if text is not None:
            about += f" Its texts are of the type {code(text, in_table=False)}."
        if enum.dialect:
            about += f" Defined by the dialect {code(enum.dialect, in_table=False)}."
        description = "\n\n".join(filter(None, (enum.doc.description, about)))
        names = names_of_enum(self._module.enum(self._naming.enum(enum)))
        return DefinitionSection(enum.name, enum.doc.summary, description, "", table, names=names)

    def definition(self, definition: Definition) -> DefinitionSection:
        """The section of an attribute or type."""
        rows = [
            (
                code(p.name),
                code(print_parameter(replace(p.parameter, optional=False, default=None))),
                code(self._naming.parameter_of(p)),
                _parameter_default(p.parameter),
                cell(p.doc.summary),
            )
            for p in definition.parameters
        ]
        tables = _table("", ("Parameter", "Kind", "Python", "Default", "Meaning"), rows)
        python = self._naming.definition_class(definition)
        return DefinitionSection(
            title=written_name(self._dialect, definition),
            summary=definition.doc.summary,
            description=definition.doc.description,
            python=python,
            tables=tables,
            correction=definition.correction,
            format=layout_of(definition) or "",
            note="" if layout_of(definition) is not None else _TEXT_ONLY,
            names=names_of_definition(self._module.definition(python)),
        )

    def operation(self, operation: Operation) -> OperationSection:
        """The section of an operation; its parts are called as the overlay says."""
        naming = self._naming.of_operation(whole(self._dialect, operation))
        return _Pages(self._dialect, self._module, naming, self._rust)._operation(operation)

    def _operation(self, operation: Operation) -> OperationSection:
        python = self._module.operation(operation.mnemonic)
        name = f"{self._dialect.name}.{operation.mnemonic}"
        traits = [code(print_trait(trait)) for trait in operation.traits]
        traits += [code(interface) for interface in operation.interfaces]
        return OperationSection(
            name=name,
            anchor=_anchor(name),
            summary=operation.doc.summary,
            description=operation.doc.description,
            signature=self._signature(python),
            tables=self._tables(whole(self._dialect, operation)),
            traits=", ".join(traits),
            format=operation.format or "",
            example=self._example(operation),
            correction=operation.correction,
            names=names_of_operation(python),
            rules=(
                *rule_words(self._dialect, operation),
                *(f"{code(print_relation(relation))}." for relation in operation.relations),
                *release_words(self._dialect, operation),
            ),
            contract=None if operation.contract is None else view_contract(self._dialect, operation.contract),
            rust=self._rust.get(operation.mnemonic, ""),
        )

    def _signature(self, python: PyOperation) -> str:
        head = f"{self._module.name}.{python.function}"
        return "\n".join(signature(head, parameters_of(python.parameters), python.returns, spell=for_readers))

    def _tables(self, operation: Operation) -> tuple[Table, ...]:
        columns = ("Name", "Python", "Constraint", "Meaning")
        tables = _table("Operands", columns, [self._value(operand) for operand in operation.operands])
        rows = [self._attribute(operation, attribute) for attribute in operation.attributes]
        tables += _table("Attributes", ("Name", "Python", "Constraint", "Default", "Meaning"), rows)
        tables += _table("Results", columns, [self._value(result) for result in operation.results])
        regions = [
            (code(r.name), code(self._naming.part(r.name)), code(print_region(r.constraint)), cell(r.doc.summary))
            for r in operation.regions
        ]
        tables += _table("Regions", columns, regions)
        successors = [
            (code(s.name), code(self._naming.part(s.name)), code(print_successor(s.multiplicity)), cell(s.doc.summary))
            for s in operation.successors
        ]
        return tables + _table("Successors", columns, successors)

    def _value(self, named: NamedValue) -> tuple[str, ...]:
        name = self._naming.part(named.name)
        return code(named.name), code(name), code(print_value(named.value)), cell(named.doc.summary)

    def _attribute(self, operation: Operation, named: NamedAttribute) -> tuple[str, ...]:
        attribute = named.attribute
        default = "required"
        if attribute.default is not None:
            default = code(print_literal(attribute.default))
        elif attribute.optional:
            default = "unset"
        default = released_default(self._dialect, operation, named, default)
        constraint = code(print_attribute(attribute.constraint))
        return code(named.name), code(self._naming.part(named.name)), constraint, default, cell(named.doc.summary)

    def _example(self, operation: Operation) -> str:
        example = build_example(self._dialect, operation, self._naming, self._module)
        lines: list[str] = []
        if example.setup:
            setup = f"\n{example.setup}\n"
            is_plain = '"""' not in setup and "\\" not in setup and setup.replace("\n", "").isprintable()
            lines += [f'SETUP = """{setup}"""' if is_plain else f"SETUP = {py_literal(setup)}", ""]
        lines += example.opening("SETUP", 0)
        return "\n".join([*lines, *example.lines])


def view_section(
    dialect: Dialect, module: PyModule, naming: NamingPolicy, thing: Operation | Enum | Definition
) -> OperationSection | DefinitionSection:
    """The section of one thing of a dialect."""
    pages = _Pages(dialect, module, naming)
    match thing:
        case Operation():
            return pages.operation(thing)
        case Enum():
            return pages.enum(thing)
        case _:
            return pages.definition(thing)


def view_page(
    dialect: Dialect, module: PyModule, naming: NamingPolicy, package: str, *, in_rust: Dialect | None = None
) -> DialectPage:
    """The reference page of a dialect, with the signatures of Rust beside those of Python where that is wanted."""
    pages = _Pages(dialect, module, naming, NO_RUST if in_rust is None else signatures_for_readers(in_rust))
    return DialectPage(
        name=dialect.name,
        module=module.name,
        imported=imported(module.name),
        package=package,
        summary=dialect.doc.summary,
        description=dialect.doc.description,
        provenance=dialect.provenance,
        enums=tuple(map(pages.enum, dialect.enums)),
        attributes=tuple(map(pages.definition, dialect.attributes)),
        types=tuple(map(pages.definition, dialect.types)),
        groups=tuple((title, tuple(map(pages.operation, operations))) for title, operations in dialect.grouped),
        extensions=view_written(module.extensions),
    )


def view_written(extensions: Iterable[PyExtension]) -> tuple[tuple[str, str], ...]:
    """What hand-written modules add: each name with the first line about it, as cells."""
    return tuple((code(name), cell(about)) for extension in extensions for name, about in extension.exports)
