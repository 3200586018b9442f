"""Type constraints out of records, by decoding their predicates.

A predicate is a tree of and, or and C++ conditions. A condition that says which class a type is, how wide it is, or
what its elements are has a structural form; what has none becomes `OpaqueConstraint`, or the modifier `opaque` of a
container whose other conditions are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import prod

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ConstraintReference,
    InterfaceConstraint,
    Modifier,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.notation.types import print_type
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.expressions import (
    CONTAINER_CLASSES,
    ELEMENT,
    about_elements,
    element_condition,
    held_by,
    is_scalable,
    isa_classes,
    modifier_of,
    shape_of,
    split_by,
    word_of,
)
from opspec.tablegen.records import Record

__all__ = ["TypeReader", "union"]

_LONG = 40
"""A constraint that has a name upstream and whose text is longer keeps the name; its text is given once."""


_WIDER = (
    ("shaped", frozenset(CONTAINER_CLASSES.values()) - {"shaped", "complex", "tuple"}),
    ("vector", frozenset({"fixed_vector", "scalable_vector"})),
)
"""Containers that say nothing beside narrower ones."""


@dataclass(slots=True)
class _Conditions:
    """What the parts of a conjunction say about one type."""

    containers: list[str] = field(default_factory=list)
    elements: list[TypeConstraint] = field(default_factory=list)
    modifiers: list[Modifier] = field(default_factory=list)
    others: list[TypeConstraint] = field(default_factory=list)
    implied: list[str] = field(default_factory=list)
    unknown: bool = False

    def constraint(self) -> TypeConstraint | None:
        """The constraint that holds all of it; None where only C++ can say."""
        containers = list(dict.fromkeys(self.containers or (() if self.others else self.implied)))
        for wider, narrower in _WIDER:
            if wider in containers and narrower.intersection(containers):
                containers.remove(wider)
        elements = list(dict.fromkeys(self.elements))
        if len(containers) == 1 and len(elements) <= 1 and not self.others:
            modifiers = list(dict.fromkeys(self.modifiers)) + [Modifier("opaque")] * self.unknown
            return Shaped(containers[0], elements[0] if elements else AnyConstraint(), tuple(modifiers))
        others = list(dict.fromkeys(self.others))
        if containers or elements or self.modifiers or self.unknown or len(others) != 1:
            return None
        return others[0]


class TypeReader:
    """Reads type constraints; remembers those that keep their names."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self.named: dict[str, TypeConstraint] = {}

    def read(self, record: Record) -> TypeConstraint:
        """The constraint that a `TypeConstraint` record states."""
        constraint = self._read(record)
        name = record.name
        if (
            not record.is_anonymous
            and name[:1].isupper()
            and name.isidentifier()
            and len(print_type(constraint)) > _LONG
        ):
            self.named[name] = constraint
            return ConstraintReference(name)
        return constraint

    def of_predicate(self, predicate: Record) -> TypeConstraint | None:
        """The constraint that a predicate on a type states; None where only C++ can say."""
        return self._predicate(predicate)

    def of_condition(self, expression: str) -> TypeConstraint | None:
        """The constraint that a C++ condition on a type states; None where only C++ can say."""
        conditions = _Conditions()
        self._expression(expression, conditions)
        return conditions.constraint()

    def _read(self, record: Record) -> TypeConstraint:
        if record.isa("TypeDef"):
            reference = self._definitions.reference(record)
            if reference is not None:
                return reference
        if record.isa("TypeInterface") or (record.isa("Interface") and record.has("cppInterfaceName")):
            return InterfaceConstraint(record.text("cppInterfaceName"))
        if record.isa("AnyTypeOf"):
            return union(self.read(option) for option in record.list("allowedTypes"))
        predicate = record.record("predicate")
        found = self._predicate(predicate) if predicate is not None else None
        return found if found is not None else OpaqueConstraint(_opaque_name(record.stable_name))

    def _predicate(self, predicate: Record) -> TypeConstraint | None:
        if predicate.isa("Or"):
            return self._disjunction(predicate)
        if predicate.isa("SubstLeaves"):
            (child,) = predicate.list("children")
            return self._predicate(child) if predicate.text("replacement") in ("", "$_self", "elementType") else None
        conditions = _Conditions()
        for part in _conjuncts(predicate):
            self._condition(part, conditions)
        return conditions.constraint()

    def _disjunction(self, predicate: Record) -> TypeConstraint | None:
        """A union; where no alternative is known it is as opaque as a whole."""
        options: list[TypeConstraint] = []
        for child in predicate.list("children"):
            found = self._predicate(child)
            if found is None:
                found = OpaqueConstraint(_opaque_name(_first_class(child) or child.stable_name))
            options.append(found)
        if all(isinstance(option, OpaqueConstraint) for option in options):
            return None
        return _value_semantics(options) or union(options)

    def _condition(self, part: Record, conditions: _Conditions) -> None:
        """Sort one part of a conjunction."""
        if part.isa("Concat"):
            (child,) = part.list("children")
            element = self._predicate(child) if ELEMENT.search(part.text("suffix")) else None
            self._add_element(element, conditions)
        elif part.isa("SubstLeaves") and ELEMENT.search(part.text("replacement")):
            (child,) = part.list("children")
            self._add_element(self._predicate(child), conditions)
            container = held_by(part.text("replacement"))
            conditions.implied += [container] if container is not None else []
        elif part.isa("Or"):
            modifiers = [modifier_of(child.text("predExpr")) for child in part.list("children")]
            known = [modifier for modifier in modifiers if modifier is not None]
            words = {modifier.word for modifier in known}
            if known and len(known) == len(modifiers) and len(words) == 1:
                values = sorted({value for modifier in known for value in modifier.values})
                conditions.modifiers.append(Modifier(known[0].word, tuple(values)))
            else:
                found = self._predicate(part)
                if found is None:
                    conditions.unknown = True
                else:
                    conditions.others.append(found)
        elif part.isa("CPred"):
            self._expression(part.text("predExpr"), conditions)
        else:
            found = self._predicate(part) if part.isa("SubstLeaves") else None
            if found is None:
                conditions.unknown = True
            else:
                conditions.others.append(found)

    @staticmethod
    def _add_element(element: TypeConstraint | None, conditions: _Conditions) -> None:
        if element is None:
            conditions.unknown = True
        else:
            conditions.elements.append(element)

    def _expression(self, expression: str, conditions: _Conditions) -> None:
        """Sort a C++ condition, whose parts may be joined by `&&`."""
        for text in split_by("&&", expression):
            if len(alternatives := split_by("||", text)) > 1:
                self._alternatives(alternatives, conditions)
                continue
            inner = element_condition(text)
            modifier = modifier_of(text)
            if shape := shape_of(text):
                conditions.modifiers += [Modifier("rank", (len(shape),)), Modifier("length", (prod(shape),))]
                conditions.unknown |= len(shape) > 1
            elif is_scalable(text):
                conditions.containers.append("scalable_vector")
                conditions.unknown = True
            elif inner is not None:
                self._add_element(self._word(inner), conditions)
            elif modifier is not None:
                conditions.modifiers.append(modifier)
            else:
                self._class(text, conditions)

    def _alternatives(self, alternatives: list[str], conditions: _Conditions) -> None:
        """Sort `a || b`: all of it about the elements, or all about the type itself."""
        inner = [about_elements(text) for text in alternatives]
        is_element = all(text is not None for text in inner)
        options: list[TypeConstraint] = []
        for text in (text for text in (inner if is_element else alternatives) if text is not None):
            part = _Conditions()
            self._expression(text, part)
            found = part.constraint()
            if found is None:
                conditions.unknown = True
                return
            options.append(found)
        (conditions.elements if is_element else conditions.others).append(union(options))

    def _class(self, text: str, conditions: _Conditions) -> None:
        """Sort a condition that says which class a type is."""
        classes = isa_classes(text)
        if len(classes) == 1 and classes[0] in CONTAINER_CLASSES:
            conditions.containers.append(CONTAINER_CLASSES[classes[0]])
            return
        found = self._word(text)
        if found is None:
            conditions.unknown = True
        elif not (isinstance(found, AnyConstraint) and (conditions.containers or conditions.others)):
            conditions.others.append(found)

    def _word(self, text: str) -> TypeConstraint | None:
        found = word_of(text)
        if found is not None:
            return found
        options: list[TypeConstraint] = []
        for name in isa_classes(text):
            if name in CONTAINER_CLASSES:
                options.append(Shaped(CONTAINER_CLASSES[name], AnyConstraint()))
                continue
            definition = self._definitions.of_class(name)
            if definition is None:
                return None
            options.append(definition)
        return union(options) if options else None


def _first_class(predicate: Record) -> str:
    """The first class that a predicate asks for, which names it better than its combinator does."""
    if predicate.isa("CPred"):
        return next((name.rpartition("::")[2] for name in isa_classes(predicate.text("predExpr"))), "")
    return next(filter(None, map(_first_class, predicate.list("children"))), "")


def _opaque_name(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_") or "predicate"


def _conjuncts(predicate: Record) -> Iterator[Record]:
    """The parts of a conjunction, flat."""
    if predicate.isa("And"):
        for child in predicate.list("children"):
            yield from _conjuncts(child)
    else:
        yield predicate


def _value_semantics(options: list[TypeConstraint]) -> TypeConstraint | None:
    """`T or a vector or tensor of T`, which upstream writes as two alternatives."""
    if len(options) == 2 and options[1] == Shaped("value_semantics", options[0]):
        return Shaped("like", options[0])
    return None


def union(options: Iterable[TypeConstraint]) -> TypeConstraint:
    """One of several constraints, flat and without repetition."""
    flat: list[TypeConstraint] = []
    for option in options:
        for part in option.options if isinstance(option, AnyOf) else (option,):
            if part not in flat:
                flat.append(part)  # type: ignore[arg-type]
    if any(isinstance(part, AnyConstraint) for part in flat):
        return AnyConstraint()
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))
