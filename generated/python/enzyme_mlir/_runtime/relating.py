"""Relations between the parts of an operation, checked on the host's types and attributes.

How they are read and followed is loaded with the first of them: few operations have any.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ..releases import numbers_of, release_in_use
from .complaints import Complaint, Report, silent
from .dataclass import dataclass
from .host import ir
from .symbols import function_type, nearest_table, resolve
from .types import builtin_type

if TYPE_CHECKING:
    from .relation_terms import Relation

__all__ = ["Related", "check_relation", "looks_around", "names_in", "relation_of"]

_CASE = re.compile(r"#[\w.]+<(?:\w+ )?([\w|]+)>")
"""An attribute that holds a case of an enum, in any release's format."""


@cache
def relation_of(text: str) -> Relation:
    """The relation that a text says."""
    from .relations import parse_relation

    return parse_relation(text)


@cache
def names_in(relation: Relation) -> frozenset[str]:
    """The parts that a relation is about."""
    from .relation_terms import Name, terms_in

    return frozenset(t.name for t in terms_in(relation) if isinstance(t, Name))


@cache
def looks_around(relation: Relation) -> frozenset[str]:
    """The parts through which a relation depends on definitions around, which may be made anew at any time."""
    from .relation_terms import Call, Name, terms_in

    asked = (
        term.arguments[0]
        for term in terms_in(relation)
        if isinstance(term, Call) and term.function in ("symbol", "inputs", "returns")
    )
    return frozenset(
        part.name
        for term in asked
        for part in (term, getattr(term, "of", None))
        if isinstance(part, Name)
    )


@dataclass(frozen=True, slots=True)
class Related:
    """An operation as relations see it.

    `groups` are the types of each declared operand and result, `single` the names of those that are no lists,
    `defaults` what attributes are that are not there;
    `around` is the operation that it stands in, `regions` are its regions by name, as far as they are built.
    """

    groups: Mapping[str, Sequence[Any]]
    single: frozenset[str]
    attributes: Mapping[str, Any]
    defaults: Mapping[str, Any]
    around: Any
    regions: Mapping[str, Any]

    def part(self, name: str) -> Any:
        """An attribute as a Python value, or the types of an operand or result."""
        if name in self.groups:
            return tuple(self.groups[name])
        if name == "parent" and self.around is not None:
            return self.around.operation
        if name != "parent" and name in self.attributes:
            return _value(self.attributes[name])
        from .relation_checks import UNKNOWN

        return UNKNOWN if name == "parent" else self.defaults.get(name, UNKNOWN)

    def is_given(self, name: str) -> bool:
        """Whether an attribute is there, or an operand or result has values."""
        return bool(self.groups.get(name)) or name in self.attributes

    def is_single(self, name: str) -> bool:
        """Whether the name stands for one operand or result."""
        return name in self.single

    def shape(self, given: Any) -> list[int | None] | None:
        """The sizes of a type."""
        if not isinstance(given, ir.ShapedType) or not given.has_rank:
            return None
        return [
            None if given.is_dynamic_dim(index) else given.get_dim_size(index)
            for index in range(given.rank)
        ]

    def is_shaped(self, given: Any) -> bool:
        """Whether a type has a shape or may have one."""
        return isinstance(given, ir.ShapedType)

    def element(self, given: Any) -> Any:
        """The type of a type's elements."""
        return given.element_type if isinstance(given, ir.ShapedType) else given

    def is_of(self, given: Any, word: str) -> bool:
        """Whether a type is of a family of the builtin dialect."""
        return builtin_type(word).accepts(given)

    def signature(self, given: Any) -> tuple[Sequence[Any], Sequence[Any]] | None:
        """What a function takes and returns, by its type or its symbol."""
        found = given if isinstance(given, ir.Operation) else self._defined(given)
        held = found and function_type(found)
        if isinstance(given, ir.TypeAttr):
            held = given
        kind = held.value if isinstance(held, ir.TypeAttr) else None
        if not isinstance(kind, ir.FunctionType):
            return None
        return list(kind.inputs), list(kind.results)

    def region(self, name: str) -> tuple[Sequence[Any], Sequence[Any]] | None:
        """The types of a region's arguments, and of what its last block passes on."""
        region = self.regions.get(name)
        blocks = [] if region is None else list(region.blocks)
        operations = list(blocks[-1].operations) if blocks else []
        if not operations:
            return None
        passed = [value.type for value in operations[-1].operation.operands]
        return [argument.type for argument in blocks[0].arguments], passed

    def is_since(self, release: str) -> bool:
        """Whether the release in use is this one or a newer one; where IR is as the specs say, it is."""
        used = release_in_use()
        return not used or numbers_of(used) >= numbers_of(release)

    def symbol(self, given: Any) -> tuple[str, bool] | None:
        """The operation that a symbol means, by name, empty for none, and whether it is a function."""
        if nearest_table(self.around) is None:
            return None
        found = self._defined(given)
        if found is None:
            return "", False
        return str(found.operation.name), function_type(found) is not None

    def _defined(self, given: Any) -> Any:
        scope = nearest_table(self.around)
        if scope is None or not _is_symbol(given):
            return None
        return resolve(given, "", scope, silent)


def _is_symbol(given: Any) -> bool:
    return isinstance(given, (ir.FlatSymbolRefAttr, ir.SymbolRefAttr))


def _value(attribute: Any) -> Any:
    """An attribute as a number, text, truth or list of such; itself where it is nothing of that."""
    if isinstance(attribute, (ir.BoolAttr, ir.IntegerAttr, ir.StringAttr)):
        return attribute.value
    if isinstance(
        attribute,
        (
            ir.ArrayAttr,
            ir.DenseBoolArrayAttr,
            ir.DenseI32ArrayAttr,
            ir.DenseI64ArrayAttr,
        ),
    ):
        return [
            _value(each) if isinstance(each, ir.Attribute) else each
            for each in attribute
        ]
    case = _CASE.fullmatch(str(attribute))
    return attribute if case is None else case[1]


def check_relation(relation: Relation, related: Related, report: Report) -> None:
    """Report where a relation does not hold."""
    from .relation_checks import failures_of

    for failure in failures_of(relation, related):
        report(Complaint(failure.part, failure.given, failure.accepted))
