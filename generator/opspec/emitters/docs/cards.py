"""Cards: what the reference says of one thing, with its releases and, of an operation, the IR of its example."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.emitters.docs.contracts import ContractSection
from opspec.emitters.docs.releases import ReleaseRow, release_rows
from opspec.emitters.docs.view import DefinitionSection, OperationSection, Table, view_section, view_written
from opspec.emitters.markdown import FILTERS, cell, code
from opspec.emitters.snapshots.ir import print_sample
from opspec.emitters.templating import environment
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, Enum, Operation
from opspec.naming.policy import NamingPolicy
from opspec.pyview.examples import imported
from opspec.pyview.module import PyModule
from opspec.samples.resolve import resolve_sample

__all__ = ["Card", "card_of", "card_of_dialect", "render_card"]

_TEMPLATES = environment("opspec.emitters.docs", **FILTERS)


@dataclass(frozen=True, slots=True)
class Card:
    """A card. Cells, rules, notes and names are finished Markdown; summary and description are as the spec has them.

    `python` is a signature or a class, `opening` the imports of the example; `releases` are those that were looked at,
    `rows` say what each has.
    """

    kind: str
    name: str
    dialect: str
    module: str
    summary: str
    description: str = ""
    python: str = ""
    tables: tuple[Table, ...] = ()
    rules: tuple[str, ...] = ()
    contract: ContractSection | None = None
    traits: str = ""
    format: str = ""
    notes: tuple[str, ...] = ()
    opening: str = ""
    example: str = ""
    ir: str = ""
    releases: tuple[str, ...] = ()
    rows: tuple[ReleaseRow, ...] = ()
    section: OperationSection | DefinitionSection | None = None

    @property
    def program(self) -> str:
        """The example as a program that prints its module; empty where there is none."""
        return f"{self.opening}\n\n{self.example}\nprint(printed(module))" if self.example else ""


def card_of(
    dialect: Dialect, module: PyModule, naming: NamingPolicy, package: str, thing: Operation | Enum | Definition
) -> Card:
    """The card of one thing of a dialect."""
    section = view_section(dialect, module, naming, thing)
    releases = dialect.releases.releases if dialect.releases is not None else ()
    rows = release_rows(dialect, thing)
    place = f"{package}.dialects.{module.name}"
    if isinstance(section, OperationSection):
        assert isinstance(thing, Operation)
        return Card(
            "operation",
            section.name,
            dialect.name,
            place,
            section.summary,
            section.description,
            section.signature,
            section.tables,
            section.rules,
            section.contract,
            section.traits,
            section.format,
            _notes(section),
            _opening(module, package),
            section.example,
            print_sample(dialect, resolve_sample(dialect, thing)).rstrip("\n"),
            releases,
            rows,
            section,
        )
    is_enum = isinstance(thing, Enum)
    kind = "enum" if is_enum else "attribute" if isinstance(thing, AttributeDefinition) else "type"
    return Card(
        kind,
        f"{dialect.name}.{section.title}" if is_enum else section.title,
        dialect.name,
        place,
        section.summary,
        section.description,
        f"{module.name}.{section.python or naming.enum(thing) if isinstance(thing, Enum) else section.python}",
        tuple(Table("Cases" if is_enum else "Parameters", table.columns, table.rows) for table in section.tables),
        format=section.format,
        notes=_notes(section),
        releases=releases,
        rows=rows,
        section=section,
    )


def _opening(module: PyModule, package: str) -> str:
    """What an example imports."""
    return (
        f"from {package} import ir\nfrom {package}.dialects import {imported(module.name)}\n"
        f"from {package}.testing import next_block, printed, sample"
    )


def _notes(section: OperationSection | DefinitionSection) -> tuple[str, ...]:
    """What else the reference says: of text-only definitions, of other names, of what the overlay mends."""
    note = section.note if isinstance(section, DefinitionSection) else ""
    correction = f"Corrected against the facts: {section.correction}" if section.correction else ""
    return tuple(filter(None, (note, section.names, correction)))


def card_of_dialect(dialect: Dialect, module: PyModule, naming: NamingPolicy, package: str) -> Card:
    """The card of a dialect: a line for each thing it has."""
    tables = []
    for title, operations in dialect.grouped:
        rows = [
            (code(f"{dialect.name}.{o.mnemonic}"), code(f"{module.name}.{python}"), cell(o.doc.summary))
            for o, python in ((o, module.operation(o.mnemonic).function) for o in operations)
        ]
        tables.append(Table(title or "Operations", ("Operation", "Python", "About"), tuple(rows)))
    for title, things in (("Enums", dialect.enums), ("Attributes", dialect.attributes), ("Types", dialect.types)):
        rows = []
        for thing in things:
            section = view_section(dialect, module, naming, thing)
            assert isinstance(section, DefinitionSection)
            python = naming.enum(thing) if isinstance(thing, Enum) else section.python
            rows.append((code(section.title), code(f"{module.name}.{python}"), cell(section.summary)))
        if rows:
            tables.append(Table(title, (title[:-1], "Python", "About"), tuple(rows)))
    written = view_written(module.extensions)
    if written:
        tables.append(Table("Written by hand", ("Python", "About"), written))
    if dialect.provenance:
        facts = tuple((cell(key), cell(value)) for key, value in dialect.provenance)
        tables.append(Table("Facts from", ("What", "Value"), facts))
    return Card(
        "dialect",
        dialect.name,
        dialect.name,
        f"{package}.dialects.{module.name}",
        dialect.doc.summary,
        dialect.doc.description,
        tables=tuple(tables),
        releases=dialect.releases.releases if dialect.releases is not None else (),
    )


def render_card(card: Card) -> str:
    """The card in Markdown, as the reference has it."""
    return _TEMPLATES.get_template("card.md.jinja").render(card=card)
