"""What single edits of a dialect fit, and what they make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from opspec.diff.order import is_positional
from opspec.diff.rules.parameters import is_required as is_given_by_position
from opspec.diff.sections import (
    OPERATION,
)
from opspec.model.constraints import (
    AllTypesMatch,
    AnyConstraint,
    AnyOf,
    Builtin,
    HasParent,
    IntegerOf,
    Multiplicity,
    NamedTrait,
    ParameterKind,
    RegionConstraint,
    Shaped,
    TypesMatchWith,
)
from opspec.model.dialect import (
    Dialect,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedValue,
    Operation,
    Region,
)
from tests.diff.places import Edits, Fits, Place, change, open_definition, plain, used


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of edit: the rule and variant that report it, all ways to edit a dialect, the places it fits at least."""

    rule: str
    edits: Edits
    least: int
    variant: str = ""


ONE, OPTIONAL, VARIADIC = Multiplicity.ONE, Multiplicity.OPTIONAL, Multiplicity.VARIADIC
ODD = IntegerOf("i", 77)


# --- what fits --------------------------------------------------------------------------------------------------


def entry(test: Callable[[Any], bool]) -> Fits:
    return lambda place: test(place.entry)


def owner(test: Callable[[Any], bool]) -> Fits:
    return lambda place: test(place.owner)


def both(test: Callable[[Any, Any], bool]) -> Fits:
    return lambda place: test(place.entry, place.next)


def times(*multiplicities: Multiplicity) -> Fits:
    return lambda place: place.entry.value.multiplicity in multiplicities


def is_operand(argument: Any, *multiplicities: Multiplicity) -> bool:
    return isinstance(argument, NamedValue) and argument.value.multiplicity in multiplicities


def is_required(argument: Any) -> bool:
    return isinstance(argument, NamedAttribute) and is_positional(argument)


def is_keyword(argument: Any) -> bool:
    return isinstance(argument, NamedAttribute) and not is_positional(argument)


def is_segmented(operation: Operation) -> bool:
    return operation.has_trait("AttrSizedOperandSegments")


def is_specific(place: Place) -> bool:
    return isinstance(place.entry.value.type, (Builtin, IntegerOf, Shaped))


def is_any(place: Place) -> bool:
    return isinstance(place.entry.value.type, AnyConstraint)


def is_number(argument: Any) -> bool:
    return isinstance(argument.attribute.constraint, IntegerOf)


def has_default(*kinds: type) -> Fits:
    return lambda place: place.entry.attribute.default.__class__ in kinds


def required_parameter(place: Place) -> bool:
    return open_definition(place) and is_given_by_position(place.entry) and place.index == 0


def is_unheld(place: Place) -> bool:
    """Whether no default holds a value of the parameter's definition."""
    defaults = [a.attribute for o in place.dialect.operations for a in o.attributes if a.attribute.default]
    is_other = place.entry.parameter.constraint is not ParameterKind.DOUBLE
    return is_other and open_definition(place) and f"'{place.owner.mnemonic}'" not in str(defaults)


def prefix(enum: Enum) -> str:
    """What the Python names of the enum's cases leave out."""
    first = enum.cases[0].symbol.partition("_")[0] + "_"
    shared = all(c.symbol.startswith(first) and c.symbol != first for c in enum.cases)
    return first if shared and len(enum.cases) > 1 else ""


def is_unused_constraint(place: Place) -> bool:
    return f"ConstraintReference(name='{place.entry.name}')" not in used(place.dialect)


def is_known_constraint(place: Place) -> bool:
    return isinstance(place.entry.constraint, (AnyOf, IntegerOf, Shaped)) and not is_unused_constraint(place)


# --- what is edited ---------------------------------------------------------------------------------------------


def fields(**changes: Any) -> Callable[[Any], Any]:
    return lambda thing: replace(thing, **changes)


def within(field: str, **changes: Any) -> Callable[[Any], Any]:
    """Changes of the declaration that a part holds in a field; what is callable makes the new value out of the old."""

    def edit(part: Any) -> Any:
        old = getattr(part, field)
        made = {key: new(getattr(old, key)) if callable(new) else new for key, new in changes.items()}
        return replace(part, **{field: replace(old, **made)})

    return edit


def value(**changes: Any) -> Callable[[Any], Any]:
    return within("value", **changes)


def attribute(**changes: Any) -> Callable[[Any], Any]:
    return within("attribute", **changes)


def parameter(**changes: Any) -> Callable[[Any], Any]:
    return within("parameter", **changes)


def more(field: str, item: Any) -> Callable[[Any], Any]:
    """One item more at the end of a field."""
    return lambda thing: replace(thing, **{field: (*getattr(thing, field), item)})


def either(old: Any) -> Any:
    return AnyOf((old, old))


def or_odd(old: Any) -> Any:
    return AnyOf((old, ODD))


def blocks(constraint: RegionConstraint) -> Callable[[Region], Region]:
    return lambda r: replace(r, constraint=replace(constraint, multiplicity=r.constraint.multiplicity))


def of_plain(test: Callable[[Operation], bool]) -> Fits:
    """Operations whose results are not inferred."""
    return lambda place: place.entry.mnemonic in plain(place.dialect) and test(place.entry)


def traits(wanted: Callable[[Operation, Any], bool], edit: Callable[[Any], tuple[Any, ...]]) -> Edits:
    """One trait of an operation replaced by none or others."""

    def edits(dialect: Dialect) -> Iterator[Dialect]:
        for operation in dialect.operations:
            for trait in operation.traits:
                if wanted(operation, trait):
                    made = tuple(new for old in operation.traits for new in (edit(old) if old is trait else (old,)))
                    edited = replace(operation, traits=made)
                    yield replace(
                        dialect, operations=tuple(edited if o is operation else o for o in dialect.operations)
                    )

    return edits


def without(*names: str) -> Edits:
    return traits(lambda operation, trait: isinstance(trait, NamedTrait) and trait.name in names, lambda trait: ())


def parents(least: int, edit: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Edits:
    def made(trait: Any) -> tuple[Any, ...]:
        names = edit(trait.operations)
        return (HasParent(names),) if names else ()

    return traits(lambda _, trait: isinstance(trait, HasParent) and len(trait.operations) >= least, made)


def with_trait(name: str) -> Edits:
    return change(OPERATION, more("traits", NamedTrait(name)), entry(lambda o: not o.has_trait(name)))


def first_two(operation: Operation) -> tuple[str, ...]:
    return tuple(o.name for o in operation.operands[:2])


def can_tie(operation: Operation) -> bool:
    names = [set(trait.names) for trait in operation.traits if isinstance(trait, AllTypesMatch)]
    return len(operation.operands) > 1 and not any(found & set(first_two(operation)) for found in names)


def can_infer(operation: Operation) -> bool:
    one = [r.value.multiplicity for r in operation.results] == [ONE]
    return one and any(is_operand(a, ONE) for a in operation.arguments) and not operation.results_by_keyword


def given_first(operation: Operation) -> bool:
    return bool(operation.results) and not operation.results_by_keyword


def is_projected(operation: Operation, trait: Any) -> bool:
    return isinstance(trait, TypesMatchWith) and not operation.results


def negated(default: Any) -> Any:
    return not default if isinstance(default, bool) else default + 1


def case_like(text: str) -> Callable[[Place], EnumCase]:
    """A new case whose name is like those of the others."""
    return lambda place: EnumCase(f"{prefix(place.owner)}{text}", 7777, f"{prefix(place.owner)}{text}")
