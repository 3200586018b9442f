"""Traits that relate the types of an operation's operands and results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .complaints import Complaint, Report
from .dataclass import dataclass
from .host import ir
from .types import ANY, TypeRule, defined_type, one_of_types, shaped_type

__all__ = [
    "Projection",
    "TraitRule",
    "either",
    "element",
    "follows",
    "itself",
    "one_shape",
    "parameter_of",
    "same_element_types",
    "same_shapes",
    "same_types",
]

_Groups = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class TraitRule:
    """A trait: the names it relates, and the check."""

    names: tuple[str, ...]
    check: Callable[[_Groups, Report], None]


def _same(names: tuple[str, ...], words: str, of: Callable[[Any], Any]) -> TraitRule:
    """All types of the named parts are alike in what `of` takes from them; None stands for no claim."""

    def check(groups: _Groups, report: Report) -> None:
        first: Any = None
        about = ""
        for name in names:
            types = groups.get(name, ())
            for index, given in enumerate(types):
                found = of(given)
                if found is None:
                    continue
                place = name if len(types) == 1 else f"{name}[{index}]"
                if first is None:
                    first, about = found, place
                elif found != first:
                    report(
                        Complaint(
                            place, f"of type {given}", f"{words} {about}: {first}"
                        )
                    )

    return TraitRule(names, check)


def same_types(*names: str) -> TraitRule:
    """The named parts have one type."""
    return _same(names, "the type of", lambda given: given)


def _element(given: Any) -> Any:
    return given.element_type if isinstance(given, ir.ShapedType) else given


def same_element_types(*names: str) -> TraitRule:
    """The elements of the named parts have one type; a scalar is its own element."""
    return _same(names, "the element type of", _element)


def _compatible(one: Any, other: Any) -> bool:
    """Whether two types can have one shape: extents that are not known fit any; a scalar fits only scalars."""
    shaped = isinstance(one, ir.ShapedType), isinstance(other, ir.ShapedType)
    if not all(shaped):
        return not any(shaped)
    if not one.has_rank or not other.has_rank:
        return True
    extents = list(zip(one.shape, other.shape, strict=False))
    return one.rank == other.rank and all(a == b or a < 0 or b < 0 for a, b in extents)


def same_shapes(*names: str) -> TraitRule:
    """The named parts have one shape, as far as it is static; a scalar has none."""
    return _shapes(names, lambda given: True)


def one_shape(*names: str) -> TraitRule:
    """Those of the named parts that are no scalars have one shape, as far as it is static."""
    return _shapes(names, lambda given: isinstance(given, ir.ShapedType))


def _shapes(names: tuple[str, ...], counts: Callable[[Any], bool]) -> TraitRule:
    def check(groups: _Groups, report: Report) -> None:
        first: Any = None
        for name in names:
            for given in filter(counts, groups.get(name, ())):
                if first is None:
                    first = given
                elif not _compatible(first, given):
                    report(Complaint(name, f"of type {given}", f"the shape of {first}"))

    return TraitRule(names, check)


@dataclass(frozen=True, slots=True)
class Projection:
    """How one type follows from another: in words, which types have it, and what it is."""

    words: str
    accepts: TypeRule
    of: Callable[[Any], Any]


itself = Projection("the type of", ANY, lambda given: given)
"""The same type."""

element = Projection(
    "the element type of", shaped_type("shaped", ANY), lambda given: given.element_type
)
"""The element type of a container."""


def parameter_of(cls: Any, parameter: str) -> Projection:
    """A parameter of a type of this class, e.g. what a `!enzyme.Cache` holds."""
    return Projection(
        f"the {parameter} of",
        defined_type(cls.PREFIX),
        lambda given: getattr(cls(given), parameter),
    )


def either(*projections: Projection) -> Projection:
    """What the first of several projections takes that accepts the type."""

    def of(given: Any) -> Any:
        found = next(each for each in projections if each.accepts.accepts(given))
        return found.of(given)

    accepts = one_of_types(*(each.accepts for each in projections))
    return Projection(projections[0].words, accepts, of)


def follows(target: str, source: str, projection: Projection) -> TraitRule:
    """The type of `target` is what the projection takes from the type of `source`."""

    def check(groups: _Groups, report: Report) -> None:
        sources, targets = groups.get(source, ()), groups.get(target, ())
        if len(sources) != 1 or len(targets) != 1:
            return
        if not projection.accepts.accepts(sources[0]):
            report(Complaint(source, f"of type {sources[0]}", projection.accepts.words))
            return
        expected = projection.of(sources[0])
        if targets[0] != expected:
            accepted = f"{projection.words} {source}: {expected}"
            report(Complaint(target, f"of type {targets[0]}", accepted))

    return TraitRule((target, source), check)
