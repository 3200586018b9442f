"""Whole dialects: their definitions first, then their operations, a few at a time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.learn.definitions import LearntDefinition, learn_definition, learn_unknown
from opspec.learn.hints import Hints
from opspec.learn.operations import LearntOperation, learn_operation
from opspec.learn.printing import learn_printing
from opspec.model.constraints import DefinitionReference
from opspec.model.dialect import AttributeDefinition, Dialect, Enum, TypeDefinition
from opspec.probe.driver import ask_together
from opspec.probe.readings import Said
from opspec.probe.strings import Names
from opspec.progress import progress

__all__ = ["LearntDialect", "Wanted", "learn_dialects"]

Ask = Callable[[Sequence[str]], Sequence[Said]]
_TOGETHER = 24
_ENDING = ("yield", "return", "terminator", "end", "condition")


@dataclass(frozen=True, slots=True)
class LearntDialect:
    """A dialect's facts, how each was learnt, and the names that time did not suffice for.

    `notes` are by the kind of thing, its name, and the name of its part.
    """

    dialect: Dialect
    notes: tuple[tuple[tuple[str, str, str], str], ...]
    operations: tuple[LearntOperation, ...]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be learnt: dialects, and, where any are named, only these operations, e.g. `comm.nccl.send`.

    What is `known`, e.g. `comm.mpi.send`, `!comm.mpi.op`, is left out. Attributes and types of the dialects in `beside`
    are tried too: operations may take them.
    """

    dialects: tuple[str, ...]
    operations: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    seconds: float = float("inf")

    @property
    def named(self) -> tuple[str, ...]:
        """All dialects whose names are looked for."""
        return tuple(dict.fromkeys((*self.dialects, *self.beside)))


def learn_dialects(wanted: Wanted, names: Names, ask: Ask, ask_custom: Ask) -> tuple[LearntDialect, ...]:
    """The facts of the dialects; `names` is what their binary's strings may name.

    `ask` hands modules to it and gives them in generic form, `ask_custom` in the dialects' own formats.
    """
    until = time.monotonic() + wanted.seconds
    definitions = _definitions(names, ask)
    hints = _hints(names, definitions)
    found = _operations(wanted, names, hints, ask, until)
    present = {name: one for name, one in found.items() if one is not None}
    values = (*_other_cases(definitions), *hints.all_values)
    with progress("learning formats", len(present)) as done:
        for start in range(0, len(present), _TOGETHER):
            done(start)
            group = list(present)[start : start + _TOGETHER]
            if time.monotonic() > until:
                found.update(dict.fromkeys(group))
                continue
            shown = ask_together([learn_printing(present[name], values) for name in group], ask_custom)
            found.update(zip(group, shown, strict=True))
    return tuple(_dialect(name, wanted, definitions, found) for name in wanted.dialects)


def _definitions(names: Names, ask: Ask) -> list[tuple[str, LearntDefinition]]:
    """The definitions, each with the name of its dialect."""
    pairs = [(sigil, name) for sigil in "#!" for name in names.operations if "-" not in name]
    dialects = list(dict.fromkeys((sigil, name.partition(".")[0]) for sigil, name in pairs))
    unknown = dict(zip(dialects, ask_together([learn_unknown(*each) for each in dialects], ask), strict=True))

    def learn(pairs: Sequence[tuple[str, str]], others: Sequence[str]) -> list[LearntDefinition | None]:
        told = [unknown[sigil, name.partition(".")[0]] for sigil, name in pairs]
        probes = [
            learn_definition(*pair, unknown=said, parameters=names.parameters, others=others)
            for pair, said in zip(pairs, told, strict=True)
        ]
        return ask_together(probes, ask)

    found = {pair: one for pair, one in zip(pairs, learn(pairs, ()), strict=True) if one is not None}
    # those of which nothing was taken may hold one of the others
    texts = [one.text for one in found.values() if one.text]
    left = [pair for pair, one in found.items() if not one.text]
    again = zip(left, learn(left, texts), strict=True) if texts else ()
    found.update({pair: one for pair, one in again if one is not None})
    return [(name.partition(".")[0], one) for (_, name), one in found.items()]


def _other_cases(definitions: list[tuple[str, LearntDefinition]]) -> Iterator[str]:
    """Attributes that hold a case of an enum, with other cases than in the texts that were taken."""
    for _, found in definitions:
        if found.text.startswith("#") and found.enum is not None:
            first, *others = (case.text for case in found.enum.cases)
            yield from (re.sub(rf"(?<!\w){re.escape(first)}(?!\w)", other, found.text) for other in others[:2])


def _hints(names: Names, definitions: list[tuple[str, LearntDefinition]]) -> Hints:
    """What operations may have and take."""
    texts = [found.text for _, found in definitions if found.text]
    attributes = [text for text in texts if text.startswith("#")]
    return Hints(
        Dialect(""),
        names.attributes,
        names.words,
        (*attributes, *(f"[{text}]" for text in attributes)),
        tuple(text for text in texts if text.startswith("!")),
        tuple(name for name in names.operations if name.rpartition(".")[2].rpartition("_")[2] in _ENDING),
    )


def _operations(
    wanted: Wanted, names: Names, hints: Hints, ask: Ask, until: float
) -> dict[str, LearntOperation | None]:
    """The operations by full name; None where there was no time left."""
    own = [name for name in names.operations if name.partition(".")[0] in wanted.dialects]
    asked = wanted.operations or [name for name in own if name not in wanted.known]
    learnt: dict[str, LearntOperation | None] = {}
    with progress("learning", len(asked)) as done:
        for start in range(0, len(asked), _TOGETHER):
            done(start)
            group = asked[start : start + _TOGETHER]
            if time.monotonic() > until:
                learnt.update(dict.fromkeys(group))
                continue
            found = ask_together([learn_operation(name, hints) for name in group], ask)
            learnt.update({name: one for name, one in zip(group, found, strict=True) if one is not None})
    return learnt


def _dialect(
    name: str,
    wanted: Wanted,
    definitions: list[tuple[str, LearntDefinition]],
    operations: dict[str, LearntOperation | None],
) -> LearntDialect:
    own = [found for dialect, found in definitions if dialect == name]
    enums: dict[str, Enum] = {}
    notes: list[tuple[tuple[str, str, str], str]] = []
    attributes: list[AttributeDefinition] = []
    types: list[TypeDefinition] = []
    for found in own:
        definition = found.definition
        sigil, kind = ("#", "attributes") if isinstance(definition, AttributeDefinition) else ("!", "types")
        if f"{sigil}{name}.{definition.mnemonic}" in wanted.known:
            continue
        if isinstance(definition, AttributeDefinition):
            attributes.append(definition)
        else:
            types.append(definition)
        notes.append(((kind, definition.mnemonic, ""), found.how))
        if found.enum is not None:
            enums[found.enum.name] = found.enum
            notes.append((("enums", found.enum.name, ""), "the words are the parser's; the numbers are their places"))
    full = {each: found for each, found in operations.items() if each.partition(".")[0] == name}
    present = [found for found in full.values() if found is not None]
    for learnt in present:
        for enum in learnt.enums:
            enums[enum.name] = enum
            told = all(case.symbol != f"case_{case.value}" for case in enum.cases)
            words = "the words are those that are printed for them" if told else "the words are not told"
            notes.append((("enums", enum.name, ""), f"the numbers are the verifier's; {words}"))
        notes += [(("operations", learnt.operation.mnemonic, part), how) for part, how in learnt.notes]
    dialect = Dialect(
        name,
        enums=tuple(sorted(enums.values(), key=lambda enum: enum.name)),
        attributes=tuple(sorted(attributes, key=lambda found: found.mnemonic)),
        types=tuple(sorted(types, key=lambda found: found.mnemonic)),
        operations=tuple(sorted((found.operation for found in present), key=lambda one: one.mnemonic)),
    )
    left = tuple(each for each, found in full.items() if found is None)
    return LearntDialect(_with_foreign(dialect, definitions, enums), tuple(notes), tuple(present), left)


def _with_foreign(
    dialect: Dialect, definitions: Collection[tuple[str, LearntDefinition]], enums: dict[str, Enum]
) -> Dialect:
    """The dialect with the attribute definitions of others that its operations refer to."""
    used = {
        (constraint.dialect, constraint.mnemonic)
        for operation in dialect.operations
        for attribute in operation.attributes
        if isinstance(constraint := attribute.attribute.constraint, DefinitionReference)
    }
    foreign: list[AttributeDefinition] = []
    for owner, found in definitions:
        if owner != dialect.name and (owner, found.definition.mnemonic) in used:
            if isinstance(found.definition, AttributeDefinition):
                foreign.append(replace(found.definition, dialect=owner))
            if found.enum is not None:
                enums[found.enum.name] = replace(found.enum, dialect=owner)
    return replace(
        dialect,
        attributes=(*dialect.attributes, *foreign),
        enums=tuple(sorted(enums.values(), key=lambda enum: enum.name)),
    )
