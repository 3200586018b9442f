"""A family of dialects against one Enzyme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, TypeDefinition
from opspec.probe.definitions import FoundDefinition, given_module, instance_text, probe_definition
from opspec.probe.drafts import Draft
from opspec.probe.driver import Asks, Question, ask_together, drafted
from opspec.probe.items import Item, Kind, Status
from opspec.probe.operations import Hints, probe_operation
from opspec.probe.readings import NoDefinition, NoDialect, NoOperation, Said
from opspec.probe.strings import Names, names_in

__all__ = ["Findings", "probe_family"]

Ask = Callable[[Sequence[str]], Sequence[Said]]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found out about one Enzyme."""

    items: tuple[Item, ...]
    definitions: tuple[tuple[str, FoundDefinition], ...]

    @property
    def disagreements(self) -> tuple[Item, ...]:
        """The items in which spec and binary differ."""
        return tuple(item for item in self.items if item.is_disagreement)


def _as_found(dialect: Dialect, found: Iterable[FoundDefinition]) -> Dialect:
    """The dialect with its definitions spelled as the binary spells them."""
    formats = {one.definition: one.format for one in found if one.exists and one.format is not None}

    def spelled(definition: Definition) -> str | None:
        return formats.get(definition, definition.format)

    attributes: list[AttributeDefinition] = [replace(d, format=spelled(d)) for d in dialect.attributes]
    types: list[TypeDefinition] = [replace(d, format=spelled(d)) for d in dialect.types]
    return replace(dialect, attributes=tuple(attributes), types=tuple(types))


def _probe_name(name: str, where: Location) -> Asks[tuple[Item, ...]]:
    """Is an operation that no spec has really there? `where` is the dialect's spec."""
    draft = Draft(name)
    (reading,) = yield drafted(draft)
    if isinstance(reading, (NoDialect, NoOperation)):
        return ()
    dialect = name.partition(".")[0]
    message = reading.message or "taken"
    note = "the spec does not have it"
    return (Item(dialect, Kind.OPERATION, name, Status.EXTRA, note, message, draft.render(), where),)


def _probe_definition_name(sigil: str, name: str, where: Location) -> Asks[tuple[Item, ...]]:
    """Is an attribute (`#`) or type (`!`) that no spec has really there? `where` is the dialect's spec."""
    module = given_module(f"{sigil}{name}")
    (reading,) = yield (Question(module),)
    if isinstance(reading, (NoDialect, NoDefinition)):
        return ()
    kind = Kind.ATTRIBUTE if sigil == "#" else Kind.TYPE
    message = reading.message or "taken"
    note = "the spec does not have it"
    return (Item(name.partition(".")[0], kind, f"{sigil}{name}", Status.EXTRA, note, message, module, where),)


def _hints(dialects: Sequence[Dialect], found: Sequence[tuple[str, FoundDefinition]], names: Names) -> Hints:
    of_specs = {a.name for dialect in dialects for operation in dialect.operations for a in operation.attributes}
    by_name = {dialect.name: dialect for dialect in dialects}
    texts = [
        (isinstance(one.definition, TypeDefinition), instance_text(by_name[name], one.definition, one.format))
        for name, one in found
        if one.exists
    ]
    return Hints(
        tuple(sorted(of_specs | set(names.attributes))),
        tuple(text for is_type, text in texts if not is_type),
        tuple(text for is_type, text in texts if is_type),
    )


def probe_family(dialects: Sequence[Dialect], library: Path, ask: Ask) -> Findings:
    """Compare the specs of `dialects` with the Enzyme in `library`; `ask` runs modules there."""
    names = names_in(library, tuple(dialect.name for dialect in dialects))
    pairs = [(dialect, definition) for dialect in dialects for definition in dialect.definitions]
    probed = ask_together([probe_definition(dialect, definition) for dialect, definition in pairs], ask)
    found = tuple((dialect.name, one) for (dialect, _), one in zip(pairs, probed, strict=True))
    hints = _hints(dialects, found, names)
    spelled = [_as_found(dialect, (one for name, one in found if name == dialect.name)) for dialect in dialects]
    known = {f"{dialect.name}.{operation.mnemonic}" for dialect in dialects for operation in dialect.operations}
    probes: list[Asks[tuple[Item, ...]]] = [
        probe_operation(dialect, operation, hints) for dialect in spelled for operation in dialect.operations
    ]
    where = {dialect.name: dialect.location for dialect in dialects}
    probes += [_probe_name(name, where[name.partition(".")[0]]) for name in names.operations if name not in known]
    probes += [
        _probe_definition_name(sigil, name, where[name.partition(".")[0]])
        for sigil in "#!"
        for name in names.operations
        if f"{sigil}{name}" not in {one.name for _, one in found}
    ]
    items = [*chain.from_iterable(one.items for _, one in found), *chain.from_iterable(ask_together(probes, ask))]
    order = {dialect.name: index for index, dialect in enumerate(dialects)}
    unique = list(dict.fromkeys(items))
    return Findings(tuple(sorted(unique, key=lambda item: order[item.dialect])), found)
