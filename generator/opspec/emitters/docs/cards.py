"""Cards: what the reference says of one thing, with its releases and, of an operation, the IR of its example."""

from __future__ import annotations

from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.emitters.docs.contracts import ContractSection
from opspec.emitters.docs.releases import ReleaseRow, release_rows, written_name
from opspec.emitters.docs.view import DefinitionSection, OperationSection, Table, view_section, view_written
from opspec.emitters.markdown import FILTERS, cell, code
from opspec.emitters.templating import environment
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, Enum, Operation
from opspec.naming.policy import NamingPolicy
from opspec.pyview.examples import imported
from opspec.pyview.module import PyModule
from opspec.samples.ir import print_sample
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
    card = Card(
        kind=_kind(thing),
        name=written_name(dialect, thing) if isinstance(thing, Definition) else f"{dialect.name}.{_own_name(thing)}",
        dialect=dialect.name,
        module=f"{package}.dialects.{module.name}",
        summary=section.summary,
        description=section.description,
        tables=section.tables,
        format=section.format,
        notes=_notes(section),
        releases=dialect.releases.releases if dialect.releases is not None else (),
        rows=release_rows(dialect, thing),
        section=section,
    )
    if isinstance(section, OperationSection) and isinstance(thing, Operation):
        return replace(
            card,
            python=section.signature,
            rules=section.rules,
            contract=section.contract,
            traits=section.traits,
            opening=_opening(module, package),
            example=section.example,
            ir=print_sample(dialect, resolve_sample(dialect, thing)).rstrip("\n"),
        )
    title = "Cases" if isinstance(thing, Enum) else "Parameters"
    tables = tuple(replace(table, title=title) for table in section.tables)
    return replace(card, python=_python(module, naming, thing), tables=tables)


def _kind(thing: Operation | Enum | Definition) -> str:
    match thing:
        case Operation():
            return "operation"
        case Enum():
            return "enum"
        case AttributeDefinition():
            return "attribute"
        case _:
            return "type"


def _own_name(thing: Operation | Enum) -> str:
    return thing.mnemonic if isinstance(thing, Operation) else thing.name


def _python(module: PyModule, naming: NamingPolicy, thing: Operation | Enum | Definition) -> str:
    """What Python calls a thing: the function of an operation, else the class."""
    match thing:
        case Operation():
            name = module.operation(thing.mnemonic).function
        case Enum():
            name = naming.enum(thing)
        case _:
            name = naming.definition_class(thing)
    return f"{module.name}.{name}"


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
    tables = [
        Table(
            title or "Operations",
            ("Operation", "Python", "About"),
            tuple(
                (code(f"{dialect.name}.{o.mnemonic}"), code(_python(module, naming, o)), cell(o.doc.summary))
                for o in operations
            ),
        )
        for title, operations in dialect.grouped
    ]
    for title, things in (("Enums", dialect.enums), ("Attributes", dialect.attributes), ("Types", dialect.types)):
        rows = tuple(
            (
                code(thing.name if isinstance(thing, Enum) else written_name(dialect, thing)),
                code(_python(module, naming, thing)),
                cell(thing.doc.summary),
            )
            for thing in things
        )
        tables += [Table(title, (title[:-1], "Python", "About"), rows)] if rows else []
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
