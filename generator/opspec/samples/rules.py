"""Samples and the rules that an overlay declares: whether a sample keeps them, and one that does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from opspec.constraints.accepts import TypeText, accepts, read_type_text
from opspec.dataclass import dataclass
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.model.sample import Sample, SampleValue
from opspec.notation.relation_checks import UNKNOWN, Failure, failures_of
from opspec.notation.relation_terms import Relation

__all__ = ["Draft", "broken_rules", "fit_to_rules"]

_MOST = 40
_LONGEST = 4
_SHAPES = (("4",), ("4", "6"), ("4", "6", "2"))


@dataclass(frozen=True, slots=True)
class Draft:
    """The types of each operand and result of a sample, and its attributes."""

    operation: Operation
    types: dict[str, tuple[str, ...]]
    attributes: dict[str, SampleValue]

    def part(self, name: str) -> Any:
        """An attribute, or the types of an operand or result."""
        if name in self.types:
            return tuple(read_type_text(text) for text in self.types[name])
        found = self.attributes.get(name, UNKNOWN)
        return list(found) if isinstance(found, tuple) else found

    def is_given(self, name: str) -> bool:
        """Whether an attribute is there, or an operand or result has values."""
        return bool(self.types.get(name)) or name in self.attributes

    def is_single(self, name: str) -> bool:
        """Whether the name stands for one operand or result."""
        parts = (*self.operation.operands, *self.operation.results)
        return any(part.name == name and part.value.multiplicity is Multiplicity.ONE for part in parts)

    def shape(self, given: TypeText) -> list[int | None] | None:
        """The sizes of a type."""
        if not given.container or given.shape == ("*",):
            return None
        return [int(extent) if extent.isdigit() else None for extent in given.shape]

    def is_shaped(self, given: TypeText) -> bool:
        """Whether a type is a container."""
        return bool(given.container)

    def element(self, given: TypeText) -> TypeText:
        """The type of the elements."""
        return TypeText(given.scalar)

    def is_of(self, given: TypeText, word: str) -> bool:
        """Whether a type is of a kind, as far as its text tells."""
        return given.text == word or given.text.startswith(f"{word}<")

    def signature(self, given: object) -> None:
        """Samples do not tell what functions take."""
        return

    def region(self, name: str) -> None:
        """Samples do not tell what blocks take."""
        return

    def symbol(self, given: object) -> None:
        """Samples do not tell what symbols mean."""
        return

    def is_since(self, release: str) -> bool:
        """A sample is for the newest release."""
        return True


def broken_rules(draft: Draft) -> list[tuple[Relation, Failure]]:
    """The declared rules that a sample does not keep."""
    return [(relation, failure) for relation in draft.operation.relations for failure in failures_of(relation, draft)]


def fit_to_rules(dialect: Dialect, draft: Draft) -> Draft:
    """The draft with other values where it breaks a rule; what the overlay's sample says stays.

    One value is changed at a time, to what keeps most of the rules in their order; the best that was found, where
    nothing keeps all of them.
    """
    given = draft.operation.sample or Sample()
    fixed = {name for name, _ in (*given.operands, *given.attributes, *given.results)}
    for _ in range(_MOST):
        score = _score(draft)
        if not any(score):
            break
        scored = ((_score(changed), index, changed) for index, changed in enumerate(_changes(dialect, draft, fixed)))
        best, _, changed = min(scored, key=lambda each: each[:2], default=(score, 0, draft))
        if best >= score:
            break
        draft = changed
    return draft


def _score(draft: Draft) -> tuple[bool, ...]:
    """Which rules are broken: it is better to keep an earlier one."""
    return tuple(any(failures_of(relation, draft)) for relation in draft.operation.relations)


def _changes(dialect: Dialect, draft: Draft, fixed: set[str]) -> Iterator[Draft]:
    """The draft with another value in one place."""
    for name, value in draft.attributes.items():
        if name not in fixed:
            for other in _values(value):
                yield replace(draft, attributes={**draft.attributes, name: other})
    for part in (*draft.operation.operands, *draft.operation.results):
        if part.name not in fixed:
            for texts in _types(draft, part):
                if all(accepts(part.value.type, text, dialect) is not False for text in texts):
                    yield replace(draft, types={**draft.types, part.name: texts})


def _values(value: SampleValue) -> Iterator[SampleValue]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield from range(_LONGEST + 1)
    elif isinstance(value, tuple) and all(isinstance(each, int) for each in value):
        yield from ((number,) * length for length in range(1, _LONGEST) for number in range(_LONGEST))


def _types(draft: Draft, part: NamedValue) -> Iterator[tuple[str, ...]]:
    """Other types for a part: of other shapes, those of the operands, and as many as it takes."""
    present = draft.types[part.name]
    if not present:
        return
    first = read_type_text(present[0])
    operands = [text for operand in draft.operation.operands for text in draft.types[operand.name]]
    texts = list(dict.fromkeys([*operands, *(_shaped(first, shape) for shape in (*_SHAPES, *_resized(first)))]))
    for text in texts:
        yield (text,) * len(present)
    if part.value.multiplicity is Multiplicity.VARIADIC:
        yield from (present[:1] * count for count in range(1, _LONGEST + 1))


def _resized(given: TypeText) -> Iterator[Sequence[str]]:
    """The shape with another size in one place."""
    for index in range(len(given.shape)):
        for size in range(1, 13):
            yield (*given.shape[:index], str(size), *given.shape[index + 1 :])


def _shaped(given: TypeText, shape: Sequence[str]) -> str:
    """The type with another shape; a type without one stays as it is."""
    if not given.container or given.shape == ("*",):
        return given.text
    return given.shaped(tuple(shape)).text
