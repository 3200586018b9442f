"""Kinds of single edits of a dialect, each with the rule that has to report it.

A kind takes a source of chance and a dialect and returns the edited dialect, or None where the dialect has nothing to
edit in that way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from opspec.diff.order import is_positional
from opspec.diff.rules.parameters import is_required as is_required_parameter
from opspec.model.constraints import (
    AllTypesMatch,
    AnyConstraint,
    AnyOf,
    ArrayOf,
    Attribute,
    AttributeKind,
    Builtin,
    Confined,
    Effect,
    EnumReference,
    HasParent,
    IntegerOf,
    ListOf,
    Multiplicity,
    NamedTrait,
    OpaqueConstraint,
    Parameter,
    ParameterKind,
    Projection,
    ProjectionKind,
    Refinement,
    RegionConstraint,
    Shaped,
    TypesMatchWith,
    Value,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import (
    Argument,
    AttributeDefinition,
    Definition,
    Dialect,
    Doc,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedConstraint,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
    Successor,
    TypeDefinition,
)
from opspec.model.names import ChosenName, Names
from opspec.model.sample import Sample
from opspec.naming.policy import policy_of
from opspec.pyview.inference import infer_results

Chance = random.Random
_T = TypeVar("_T")
Edit = Callable[[Chance, Dialect], Dialect | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of edit: its name, the rule and variant that report it, and the edit."""

    name: str
    rule: str
    variant: str
    edit: Edit


KINDS: list[Kind] = []


def kind(rule: str, variant: str = "") -> Callable[[Edit], Edit]:
    def register(edit: Edit) -> Edit:
        KINDS.append(Kind(edit.__name__, rule, variant, edit))
        return edit

    return register


# --- choosing ---------------------------------------------------------------------------------------------------


def pick(chance: Chance, things: Sequence[_T]) -> _T | None:
    return chance.choice(list(things)) if things else None


def put(items: Sequence[_T], chance: Chance, item: _T) -> tuple[_T, ...]:
    """The items with one more, anywhere."""
    index = chance.randint(0, len(items))
    return (*items[:index], item, *items[index:])


def swapped(items: Sequence[_T], first: int, second: int) -> tuple[_T, ...]:
    made = list(items)
    made[first], made[second] = made[second], made[first]
    return tuple(made)


def with_operation(dialect: Dialect, old: Operation, new: Operation) -> Dialect:
    return replace(dialect, operations=tuple(new if o is old else o for o in dialect.operations))


def tied(operation: Operation) -> set[str]:
    """The parts that traits, contracts and other parts name: editing them is more than one edit."""
    names: set[str] = set()
    for trait in operation.traits:
        if isinstance(trait, AllTypesMatch):
            names |= set(trait.names)
        if isinstance(trait, TypesMatchWith):
            names |= {trait.target, trait.projection.source}
    if operation.contract is not None:
        names |= {getattr(operation.contract, key) for key in ("callee", "activity", "ret_activity", "width")}
    return names | {o.value.segments for o in (*operation.operands, *operation.results)}


def infers(dialect: Dialect, operation: Operation) -> bool:
    return infer_results(dialect, operation, policy_of("mnemonic").of_dialect(dialect)).is_possible


def plain(dialect: Dialect) -> list[Operation]:
    """Operations whose results are not inferred, so that a part more or less changes nothing about that."""
    return [o for o in dialect.operations if not infers(dialect, o)]


def edit_operation(
    chance: Chance, dialect: Dialect, fits: Callable[[Operation], bool], edit: Callable[[Operation], Operation]
) -> Dialect | None:
    operation = pick(chance, [o for o in plain(dialect) if fits(o)])
    return with_operation(dialect, operation, edit(operation)) if operation is not None else None


def edit_argument(
    chance: Chance, dialect: Dialect, fits: Callable[[Any], bool], edit: Callable[[Any], Argument]
) -> Dialect | None:
    found = [(o, a) for o in plain(dialect) for a in o.arguments if a.name not in tied(o) and fits(a)]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, argument = chosen
    arguments = tuple(edit(a) if a is argument else a for a in operation.arguments)
    return with_operation(dialect, operation, replace(operation, arguments=arguments))


def edit_result(
    chance: Chance, dialect: Dialect, fits: Callable[[NamedValue], bool], edit: Callable[[NamedValue], NamedValue]
) -> Dialect | None:
    found = [(o, r) for o in plain(dialect) for r in o.results if r.name not in tied(o) and fits(r)]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, result = chosen
    results = tuple(edit(r) if r is result else r for r in operation.results)
    return with_operation(dialect, operation, replace(operation, results=results))


def edit_region(
    chance: Chance, dialect: Dialect, fits: Callable[[Region], bool], edit: Callable[[Region], Region]
) -> Dialect | None:
    found = [(o, r) for o in dialect.operations for r in o.regions if r.name not in tied(o) and fits(r)]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, region = chosen
    regions = tuple(edit(r) if r is region else r for r in operation.regions)
    return with_operation(dialect, operation, replace(operation, regions=regions))


def edit_enum(
    chance: Chance, dialect: Dialect, fits: Callable[[Enum], bool], edit: Callable[[Enum], Enum]
) -> Dialect | None:
    enum = pick(chance, [e for e in dialect.enums if fits(e)])
    if enum is None:
        return None
    return replace(dialect, enums=tuple(edit(e) if e is enum else e for e in dialect.enums))


def edit_definition(
    chance: Chance, dialect: Dialect, fits: Callable[[Definition], bool], edit: Callable[[Definition], Definition]
) -> Dialect | None:
    definition = pick(chance, [d for d in dialect.definitions if fits(d)])
    if definition is None:
        return None
    made: Any = edit(definition)
    return replace(
        dialect,
        attributes=tuple(made if d is definition else d for d in dialect.attributes),
        types=tuple(made if d is definition else d for d in dialect.types),
    )


def named(operation: Operation, old: str, new: str) -> Operation:
    """The operation with a part renamed wherever its format names it."""
    text = operation.format
    return replace(operation, format=re.sub(rf"\${old}\b", f"${new}", text) if text else text)


def of_value(argument: Any, **changes: Any) -> NamedValue:
    return replace(argument, value=replace(argument.value, **changes))


def of_attribute(argument: Any, **changes: Any) -> NamedAttribute:
    return replace(argument, attribute=replace(argument.attribute, **changes))


def is_operand(argument: Any, *multiplicities: Multiplicity) -> bool:
    return isinstance(argument, NamedValue) and argument.value.multiplicity in multiplicities


ONE, OPTIONAL, VARIADIC = Multiplicity.ONE, Multiplicity.OPTIONAL, Multiplicity.VARIADIC


def is_required(argument: Any) -> bool:
    return isinstance(argument, NamedAttribute) and is_positional(argument)


def is_keyword(argument: Any) -> bool:
    return isinstance(argument, NamedAttribute) and not is_positional(argument)


def segmented(operation: Operation) -> bool:
    return operation.has_trait("AttrSizedOperandSegments")


# --- operations -------------------------------------------------------------------------------------------------

NEW = Operation("zz_new", "ZzNewOp", (NamedValue("zz_in", Value(IntegerOf("i", 77))),))


@kind("operation-added")
def add_operation(chance: Chance, dialect: Dialect) -> Dialect | None:
    return replace(dialect, operations=put(dialect.operations, chance, NEW))


@kind("operation-removed")
def remove_operation(chance: Chance, dialect: Dialect) -> Dialect | None:
    gone = pick(chance, dialect.operations)
    return replace(dialect, operations=tuple(o for o in dialect.operations if o is not gone)) if gone else None


@kind("operation-renamed")
def rename_operation(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    if operation is None:
        return None
    old, new = f"{dialect.name}.{operation.mnemonic}", f"{dialect.name}.{operation.mnemonic}_new"

    def fitting(other: Operation) -> Operation:
        traits = tuple(_renamed_in(trait, old, new) for trait in other.traits)
        regions = tuple(
            replace(r, terminator=f"{r.terminator}_new") if r.terminator == operation.mnemonic else r
            for r in other.regions
        )
        return replace(other, traits=traits, regions=regions)

    operations = tuple(
        replace(fitting(o), mnemonic=f"{o.mnemonic}_new") if o is operation else fitting(o) for o in dialect.operations
    )
    return replace(dialect, operations=operations)


def _renamed_in(trait: Any, old: str, new: str) -> Any:
    """A trait that names an operation, with its new name."""
    if isinstance(trait, HasParent):
        return HasParent(tuple(new if parent == old else parent for parent in trait.operations))
    if isinstance(trait, NamedTrait):
        return NamedTrait(trait.name, tuple(new if name == old else name for name in trait.arguments))
    return trait


@kind("class-renamed")
def rename_class(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    return with_operation(dialect, operation, replace(operation, class_name="ZzOp")) if operation else None


@kind("chosen-name-changed")
def rename_function(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    return (
        with_operation(dialect, operation, replace(operation, names=Names(ChosenName("zz_function"))))
        if operation
        else None
    )


@kind("results-made-keyword")
def make_results_keyword(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: bool(o.results) and not o.results_by_keyword,
        lambda o: replace(o, results_by_keyword=True),
    )


@kind("results-inferred")
def infer_by_interface(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: bool(o.results) and not o.regions and not o.results_by_keyword,
        lambda o: replace(o, interfaces=(*o.interfaces, "InferTypeOpInterface")),
    )


@kind("results-inferred", "by trait")
def infer_by_trait(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: (
            [r.value.multiplicity for r in o.results] == [ONE]
            and any(is_operand(a, ONE) for a in o.arguments)
            and not o.results_by_keyword
        ),
        lambda o: replace(o, traits=(*o.traits, NamedTrait("SameOperandsAndResultType"))),
    )


@kind("results-no-longer-inferred", "by trait")
def infer_no_more(chance: Chance, dialect: Dialect) -> Dialect | None:
    wanted = "SameOperandsAndResultType"
    operation = pick(chance, [o for o in dialect.operations if o.has_trait(wanted) and o.contract is None])
    if operation is None:
        return None
    bare = replace(operation, traits=tuple(t for t in operation.traits if t != NamedTrait(wanted)))
    return with_operation(dialect, operation, bare) if not infers(dialect, bare) and bare.results else None


# --- operands ---------------------------------------------------------------------------------------------------


def _more(chance: Chance, dialect: Dialect, value: Value, fits: Callable[[Operation], bool]) -> Dialect | None:
    return edit_operation(
        chance, dialect, fits, lambda o: replace(o, arguments=put(o.arguments, chance, NamedValue("zz_new", value)))
    )


@kind("operand-added")
def add_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _more(chance, dialect, Value(AnyConstraint()), lambda o: True)


@kind("optional-operand-added")
def add_optional_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _more(chance, dialect, Value(AnyConstraint(), OPTIONAL), lambda o: not segmented(o))


@kind("optional-operand-added", "segmented")
def add_optional_operand_to_segments(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _more(chance, dialect, Value(AnyConstraint(), OPTIONAL), segmented)


@kind("variadic-operand-added")
def add_variadic_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _more(chance, dialect, Value(AnyConstraint(), VARIADIC), lambda o: not segmented(o))


@kind("operand-removed")
def remove_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    found = [(o, a) for o in plain(dialect) for a in o.operands if a.name not in tied(o)]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, gone = chosen
    arguments = tuple(a for a in operation.arguments if a is not gone)
    return with_operation(dialect, operation, replace(operation, arguments=arguments))


def _renamed_argument(chance: Chance, dialect: Dialect, fits: Callable[[Any], bool]) -> Dialect | None:
    found = [(o, a) for o in plain(dialect) for a in o.arguments if fits(a)]
    chosen = pick(chance, [(o, a) for o, a in found if o.sample is None and a.name not in tied(o)])
    if chosen is None:
        return None
    operation, argument = chosen
    arguments = tuple(replace(a, name="zz_new") if a is argument else a for a in operation.arguments)
    return with_operation(dialect, operation, named(replace(operation, arguments=arguments), argument.name, "zz_new"))


@kind("operand-renamed")
def rename_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _renamed_argument(chance, dialect, lambda a: isinstance(a, NamedValue))


@kind("operand-renamed")
def rename_operand_that_traits_name(chance: Chance, dialect: Dialect) -> Dialect | None:
    found = [(o, t) for o in dialect.operations for t in o.traits if isinstance(t, AllTypesMatch) and o.sample is None]
    chosen = pick(chance, [(o, t) for o, t in found if t.names[0] in {a.name for a in o.operands}])
    if chosen is None:
        return None
    operation, trait = chosen
    old = trait.names[0]
    traits = tuple(
        AllTypesMatch(("zz_new", *trait.names[1:])) if t is trait else _following(t, old) for t in operation.traits
    )
    arguments = tuple(replace(a, name="zz_new") if a.name == old else a for a in operation.arguments)
    made = named(replace(operation, arguments=arguments, traits=traits), old, "zz_new")
    return with_operation(dialect, operation, made)


def _following(trait: Any, old: str) -> Any:
    if isinstance(trait, TypesMatchWith):
        projection = trait.projection
        source = "zz_new" if projection.source == old else projection.source
        target = "zz_new" if trait.target == old else trait.target
        return TypesMatchWith(target, replace(projection, source=source))
    return trait


def _neighbours(operation: Operation, fits: Callable[[Argument, Argument], bool]) -> list[int]:
    pairs = zip(operation.arguments, operation.arguments[1:], strict=False)
    return [index for index, (a, b) in enumerate(pairs) if fits(a, b)]


def _swap(chance: Chance, dialect: Dialect, fits: Callable[[Argument, Argument], bool]) -> Dialect | None:
    found = [(o, i) for o in plain(dialect) for i in _neighbours(o, fits)]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, index = chosen
    return with_operation(
        dialect, operation, replace(operation, arguments=swapped(operation.arguments, index, index + 1))
    )


@kind("operand-moved")
def move_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _swap(chance, dialect, lambda a, b: is_operand(a, ONE, VARIADIC) and is_operand(b, ONE, VARIADIC))


@kind("operand-moved", "optional")
def move_optional_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _swap(chance, dialect, lambda a, b: is_operand(a, ONE, VARIADIC) and is_operand(b, OPTIONAL))


@kind("argument-moved")
def move_argument(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _swap(
        chance,
        dialect,
        lambda a, b: is_positional(a) and is_positional(b) and NamedAttribute in (type(a), type(b)),
    )


@kind("keyword-argument-moved")
def move_keyword_argument(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _swap(chance, dialect, lambda a, b: is_keyword(a) or is_keyword(b))


@kind("operand-made-attribute")
def make_operand_an_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedValue),
        lambda a: NamedAttribute(a.name, Attribute(IntegerOf("i", 64)), a.doc),
    )


@kind("operand-made-optional")
def make_operand_optional(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, lambda a: is_operand(a, ONE), lambda a: of_value(a, multiplicity=OPTIONAL))


@kind("operand-made-required")
def make_operand_required(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, lambda a: is_operand(a, OPTIONAL), lambda a: of_value(a, multiplicity=ONE))


@kind("operand-made-variadic")
def make_operand_variadic(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, lambda a: is_operand(a, ONE), lambda a: of_value(a, multiplicity=VARIADIC))


@kind("operand-made-single")
def make_operand_single(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, lambda a: is_operand(a, VARIADIC), lambda a: of_value(a, multiplicity=ONE))


@kind("operand-regrouped")
def group_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: is_operand(a, VARIADIC),
        lambda a: of_value(a, multiplicity=Multiplicity.NESTED, segments="zz_sizes"),
    )


def _typed(rule_of_type: Callable[[Any], Any]) -> Callable[[Any], NamedValue]:
    return lambda a: of_value(a, type=rule_of_type(a.value.type))


def _is_specific(argument: Any) -> bool:
    return isinstance(argument, NamedValue) and isinstance(argument.value.type, (Builtin, IntegerOf, Shaped))


@kind("operand-type-widened")
def widen_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _is_specific, _typed(lambda old: AnyOf((old, IntegerOf("i", 77)))))


@kind("operand-type-widened")
def widen_operand_to_any(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _is_specific, _typed(lambda old: AnyConstraint()))


@kind("operand-type-narrowed")
def narrow_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedValue) and isinstance(a.value.type, AnyConstraint),
        _typed(lambda old: Shaped("tensor", Builtin("float"))),
    )


@kind("operand-type-changed")
def change_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _is_specific, _typed(lambda old: IntegerOf("ui", 77)))


@kind("operand-type-respelled")
def respell_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _is_specific, _typed(lambda old: AnyOf((old, old))))


@kind("operand-effects-changed")
def change_effects(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedValue) and Effect.FREE not in a.value.effects,
        lambda a: of_value(a, effects=(*a.value.effects, Effect.FREE)),
    )


# --- attributes -------------------------------------------------------------------------------------------------


def _attribute(chance: Chance, dialect: Dialect, attribute: Attribute) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: True,
        lambda o: replace(o, arguments=put(o.arguments, chance, NamedAttribute("zz_new", attribute))),
    )


@kind("attribute-added")
def add_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _attribute(chance, dialect, Attribute(IntegerOf("i", 64)))


@kind("optional-attribute-added")
def add_optional_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _attribute(chance, dialect, Attribute(IntegerOf("i", 64), optional=True))


@kind("optional-attribute-added")
def add_attribute_with_default(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _attribute(chance, dialect, Attribute(AttributeKind.BOOL, default=False))


@kind("optional-attribute-added")
def add_flag(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _attribute(chance, dialect, Attribute(AttributeKind.UNIT))


@kind("attribute-removed")
def remove_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    chosen = pick(chance, [(o, a) for o in plain(dialect) for a in o.attributes if a.name not in tied(o)])
    if chosen is None:
        return None
    operation, gone = chosen
    arguments = tuple(a for a in operation.arguments if a is not gone)
    return with_operation(dialect, operation, replace(operation, arguments=arguments))


@kind("attribute-renamed")
def rename_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _renamed_argument(chance, dialect, is_required)


@kind("attribute-renamed", "optional")
def rename_optional_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _renamed_argument(chance, dialect, is_keyword)


@kind("attribute-made-operand")
def make_attribute_an_operand(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedAttribute),
        lambda a: NamedValue(a.name, Value(AnyConstraint()), a.doc),
    )


@kind("attribute-made-optional")
def make_attribute_optional(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, is_required, lambda a: of_attribute(a, optional=True))


@kind("attribute-made-required")
def make_attribute_required(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: is_keyword(a) and a.attribute.constraint is not AttributeKind.UNIT,
        lambda a: of_attribute(a, optional=False, default=None),
    )


def _is_number(argument: Any) -> bool:
    return isinstance(argument, NamedAttribute) and isinstance(argument.attribute.constraint, IntegerOf)


@kind("attribute-default-added")
def add_default(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance, dialect, lambda a: is_required(a) and _is_number(a), lambda a: of_attribute(a, default=3)
    )


@kind("attribute-default-added", "was optional")
def add_default_to_optional(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedAttribute) and a.attribute.optional and a.attribute.default is None,
        lambda a: of_attribute(a, default="text"),
    )


def _has_default(argument: Any) -> bool:
    return isinstance(argument, NamedAttribute) and argument.attribute.default is not None


@kind("attribute-default-removed")
def remove_default(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _has_default, lambda a: of_attribute(a, default=None, optional=True))


@kind("attribute-default-changed")
def change_default(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: _has_default(a) and isinstance(a.attribute.default, (bool, int)),
        lambda a: of_attribute(
            a, default=not a.attribute.default if isinstance(a.attribute.default, bool) else a.attribute.default + 1
        ),
    )


@kind("attribute-default-changed")
def change_default_in_kind(chance: Chance, dialect: Dialect) -> Dialect | None:
    """`1` to `true`: equal for Python, and not the same."""
    return edit_argument(
        chance,
        dialect,
        lambda a: _has_default(a) and a.attribute.default.__class__ is bool,
        lambda a: of_attribute(a, default=int(a.attribute.default)),
    )


@kind("attribute-storage-changed")
def make_property(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedAttribute),
        lambda a: of_attribute(a, is_property=not a.attribute.is_property),
    )


def _constrained(edit: Callable[[Any], Any]) -> Callable[[Any], NamedAttribute]:
    return lambda a: of_attribute(a, constraint=edit(a.attribute.constraint))


@kind("attribute-constraint-narrowed")
def confine_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance, dialect, _is_number, _constrained(lambda old: Confined(old, (Refinement("min", (2,)),)))
    )


@kind("attribute-constraint-widened")
def free_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedAttribute) and isinstance(a.attribute.constraint, Confined),
        _constrained(lambda old: old.base),
    )


@kind("attribute-constraint-widened", "recast")
def widen_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _is_number, _constrained(lambda old: AttributeKind.INTEGER))


@kind("attribute-constraint-changed")
def change_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(
        chance,
        dialect,
        lambda a: isinstance(a, NamedAttribute) and not isinstance(a.attribute.constraint, (IntegerOf, AnyConstraint)),
        _constrained(lambda old: IntegerOf("ui", 7)),
    )


@kind("attribute-constraint-respelled")
def respell_attribute(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, _is_number, _constrained(lambda old: AnyOf((old, old))))


# --- results ----------------------------------------------------------------------------------------------------


@kind("result-added")
def add_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: bool(o.results),
        lambda o: replace(o, results=(*o.results, NamedValue("zz_new", Value(IntegerOf("i", 77))))),
    )


@kind("result-added", "may be none")
def add_variadic_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: bool(o.results) and not o.has_trait("AttrSizedResultSegments"),
        lambda o: replace(o, results=(*o.results, NamedValue("zz_new", Value(IntegerOf("i", 77), VARIADIC)))),
    )


@kind("result-removed")
def remove_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: bool(o.results) and not tied(o) & {r.name for r in o.results},
        lambda o: replace(o, results=o.results[:-1]),
    )


@kind("result-renamed")
def rename_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    def edit(operation: Operation) -> Operation:
        old = operation.results[0].name
        results = (replace(operation.results[0], name="zz_new"), *operation.results[1:])
        return named(replace(operation, results=results), old, "zz_new")

    return edit_operation(
        chance, dialect, lambda o: bool(o.results) and o.results[0].name not in tied(o) and o.sample is None, edit
    )


@kind("result-moved")
def move_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance, dialect, lambda o: len(o.results) > 1, lambda o: replace(o, results=swapped(o.results, 0, 1))
    )


def _changed(multiplicity: Multiplicity) -> Callable[[NamedValue], NamedValue]:
    return lambda r: of_value(r, multiplicity=multiplicity)


@kind("result-count-widened")
def make_result_variadic(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_result(chance, dialect, lambda r: r.value.multiplicity is ONE, _changed(VARIADIC))


@kind("result-count-narrowed")
def make_result_single(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_result(chance, dialect, lambda r: r.value.multiplicity is VARIADIC, _changed(ONE))


@kind("result-type-widened")
def widen_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_result(chance, dialect, _is_specific, _typed(lambda old: AnyOf((old, IntegerOf("i", 77)))))


@kind("result-type-narrowed")
def narrow_result(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_result(
        chance,
        dialect,
        lambda r: isinstance(r.value.type, AnyConstraint),
        _typed(lambda old: Shaped("memref", AnyConstraint())),
    )


@kind("result-type-narrowed", "only in C++")
def hide_result_type(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_result(
        chance, dialect, lambda r: isinstance(r.value.type, AnyConstraint), _typed(lambda old: OpaqueConstraint("Zz"))
    )


@kind("result-effects-changed")
def change_result_effects(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_result(
        chance,
        dialect,
        lambda r: Effect.FREE not in r.value.effects,
        lambda r: of_value(r, effects=(*r.value.effects, Effect.FREE)),
    )


# --- regions and successors -------------------------------------------------------------------------------------


@kind("region-added")
def add_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_operation(
        chance,
        dialect,
        lambda o: True,
        lambda o: replace(o, regions=(*o.regions, Region("zz_region", RegionConstraint(7)))),
    )


@kind("region-removed")
def remove_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.regions and not tied(o) & {r.name for r in o.regions}])
    return with_operation(dialect, operation, replace(operation, regions=operation.regions[:-1])) if operation else None


@kind("region-renamed")
def rename_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(
        chance,
        [o for o in dialect.operations if o.regions and o.sample is None and o.regions[0].name not in tied(o)],
    )
    if operation is None:
        return None
    old = operation.regions[0].name
    regions = (replace(operation.regions[0], name="zz_new"), *operation.regions[1:])
    return with_operation(dialect, operation, named(replace(operation, regions=regions), old, "zz_new"))


@kind("region-moved")
def move_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if len(o.regions) > 1])
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, regions=swapped(operation.regions, 0, 1)))


def _blocks(constraint: RegionConstraint) -> Callable[[Region], Region]:
    return lambda r: replace(r, constraint=replace(constraint, multiplicity=r.constraint.multiplicity))


@kind("region-blocks-narrowed")
def narrow_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_region(chance, dialect, lambda r: r.constraint.blocks is None, _blocks(RegionConstraint(3, True)))


@kind("region-blocks-widened")
def widen_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_region(chance, dialect, lambda r: r.constraint.blocks is not None, _blocks(RegionConstraint()))


@kind("region-blocks-changed")
def change_region(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_region(
        chance,
        dialect,
        lambda r: r.constraint.blocks == 1 and not r.constraint.minimum and not r.constraint.maximum,
        _blocks(RegionConstraint(5)),
    )


@kind("region-made-variadic")
def make_region_variadic(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_region(
        chance,
        dialect,
        lambda r: r.constraint.multiplicity is ONE,
        lambda r: replace(r, constraint=replace(r.constraint, multiplicity=VARIADIC)),
    )


@kind("successor-added")
def add_successor(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    if operation is None:
        return None
    made = replace(operation, successors=(*operation.successors, Successor("zz_new", VARIADIC)))
    return with_operation(dialect, operation, made)


def _of_successors(
    chance: Chance, dialect: Dialect, edit: Callable[[tuple[Successor, ...]], tuple[Successor, ...]]
) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.successors])
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, successors=edit(operation.successors)))


@kind("successor-removed")
def remove_successor(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _of_successors(chance, dialect, lambda all_: all_[:-1])


@kind("successor-renamed")
def rename_successor(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _of_successors(chance, dialect, lambda all_: (replace(all_[0], name="zz_new"), *all_[1:]))


@kind("successor-count-widened")
def make_successor_variadic(chance: Chance, dialect: Dialect) -> Dialect | None:
    if not any(o.successors and o.successors[0].multiplicity is ONE for o in dialect.operations):
        return None
    return _of_successors(chance, dialect, lambda all_: (replace(all_[0], multiplicity=VARIADIC), *all_[1:]))


# --- traits, interfaces, formats --------------------------------------------------------------------------------


def _trait(chance: Chance, dialect: Dialect, trait: Any) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if not o.has_trait(getattr(trait, "name", ""))])
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, traits=put(operation.traits, chance, trait)))


def _without(chance: Chance, dialect: Dialect, names: tuple[str, ...]) -> Dialect | None:
    found = [(o, t) for o in dialect.operations for t in o.traits if isinstance(t, NamedTrait) and t.name in names]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, gone = chosen
    traits = tuple(t for t in operation.traits if t is not gone)
    return with_operation(dialect, operation, replace(operation, traits=traits))


@kind("trait-added")
def add_trait(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _trait(chance, dialect, NamedTrait("ZzTrait"))


@kind("trait-removed")
def remove_trait(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _without(chance, dialect, ("Pure", "ReturnLike", "AutomaticAllocationScope", "AffineScope"))


@kind("structure-trait-added")
def isolate(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _trait(chance, dialect, NamedTrait("IsolatedFromAbove"))


@kind("structure-trait-removed")
def end_no_block(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _without(chance, dialect, ("Terminator",))


@kind("segments-added")
def add_segments(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _trait(chance, dialect, NamedTrait("AttrSizedOperandSegments"))


@kind("segments-removed")
def remove_segments(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _without(chance, dialect, ("AttrSizedOperandSegments",))


@kind("type-relation-added")
def relate_types(chance: Chance, dialect: Dialect) -> Dialect | None:
    found = [o for o in plain(dialect) if len(o.operands) > 1]
    operation = pick(chance, found)
    if operation is None:
        return None
    names = tuple(o.name for o in operation.operands[:2])
    if any(isinstance(t, AllTypesMatch) and set(t.names) & set(names) for t in operation.traits):
        return None
    made = replace(operation, traits=(*operation.traits, AllTypesMatch(names)))
    return with_operation(dialect, operation, made)


@kind("type-relation-removed")
def relate_types_no_more(chance: Chance, dialect: Dialect) -> Dialect | None:
    found = [(o, t) for o in dialect.operations for t in o.traits if isinstance(t, TypesMatchWith) and not o.results]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, gone = chosen
    return with_operation(
        dialect, operation, replace(operation, traits=tuple(t for t in operation.traits if t is not gone))
    )


@kind("trait-arguments-changed", "of types")
def change_projection(chance: Chance, dialect: Dialect) -> Dialect | None:
    found = [
        (o, t)
        for o in dialect.operations
        for t in o.traits
        if isinstance(t, TypesMatchWith) and not o.results and t.projection.kind is not ProjectionKind.SAME
    ]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, old = chosen
    new = TypesMatchWith(old.target, Projection(ProjectionKind.SAME, old.projection.source))
    traits = tuple(new if t is old else t for t in operation.traits)
    return with_operation(dialect, operation, replace(operation, traits=traits))


def _parents(
    chance: Chance, dialect: Dialect, edit: Callable[[tuple[str, ...]], tuple[str, ...]], least: int
) -> Dialect | None:
    found = [
        (o, t) for o in dialect.operations for t in o.traits if isinstance(t, HasParent) and len(t.operations) >= least
    ]
    chosen = pick(chance, found)
    if chosen is None:
        return None
    operation, old = chosen
    parents = edit(old.operations)
    traits = tuple(t for t in operation.traits if t is not old) + ((HasParent(parents),) if parents else ())
    return with_operation(dialect, operation, replace(operation, traits=traits))


@kind("parent-added")
def add_parent(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _parents(chance, dialect, lambda all_: put(all_, chance, "scf.zz"), 1)


@kind("parent-removed")
def remove_parent(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _parents(chance, dialect, lambda all_: all_[1:], 2)


@kind("parent-restriction-removed")
def free_from_parent(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _parents(chance, dialect, lambda all_: (), 1)


@kind("parent-restriction-added")
def bind_to_parent(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if not any(isinstance(t, HasParent) for t in o.traits)])
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, traits=(*operation.traits, HasParent(("scf.zz",)))))


@kind("interface-added")
def add_interface(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, interfaces=(*operation.interfaces, "ZzInterface")))


@kind("interface-removed")
def remove_interface(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(
        chance, [o for o in dialect.operations if o.interfaces and o.interfaces[-1] != "InferTypeOpInterface"]
    )
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, interfaces=operation.interfaces[:-1]))


@kind("format-added")
def add_format(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.format is None])
    return with_operation(dialect, operation, replace(operation, format="attr-dict")) if operation else None


@kind("format-removed")
def remove_format(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.format is not None])
    return with_operation(dialect, operation, replace(operation, format=None)) if operation else None


@kind("format-changed")
def change_format(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.format is not None])
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, format=f"`zz` {operation.format}"))


# --- enums ------------------------------------------------------------------------------------------------------


def _prefix(enum: Enum) -> str:
    first = enum.cases[0].symbol.partition("_")[0] + "_"
    shared = all(c.symbol.startswith(first) and c.symbol != first for c in enum.cases)
    return first if shared and len(enum.cases) > 1 else ""


@kind("enum-added")
def add_enum(chance: Chance, dialect: Dialect) -> Dialect | None:
    return replace(dialect, enums=put(dialect.enums, chance, Enum("ZzEnum", "i32", (EnumCase("zz", 77, "zz"),))))


@kind("case-added")
def add_case(chance: Chance, dialect: Dialect) -> Dialect | None:
    def edit(enum: Enum) -> Enum:
        symbol = f"{_prefix(enum)}zz"
        return replace(enum, cases=put(enum.cases, chance, EnumCase(symbol, 7777, symbol)))

    return edit_enum(chance, dialect, lambda e: len(e.cases) > 1, edit)


@kind("case-added", "renames others")
def add_case_without_prefix(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(
        chance,
        dialect,
        lambda e: len(e.cases) > 1 and bool(_prefix(e)),
        lambda e: replace(e, cases=put(e.cases, chance, EnumCase("other", 7777, "other"))),
    )


@kind("case-removed")
def remove_case(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(chance, dialect, lambda e: len(e.cases) > 3, lambda e: replace(e, cases=e.cases[:-1]))


@kind("case-renamed")
def rename_case(chance: Chance, dialect: Dialect) -> Dialect | None:
    def edit(enum: Enum) -> Enum:
        index = chance.randrange(len(enum.cases))
        symbol = f"{_prefix(enum)}zz"
        cases = list(enum.cases)
        cases[index] = replace(cases[index], symbol=symbol, text=symbol)
        return replace(enum, cases=tuple(cases))

    def fits(enum: Enum) -> bool:
        used = str(dialect.operations)  # a default that names the case would need the same edit
        return len(enum.cases) > 1 and not any(f"'{case.symbol}'" in used for case in enum.cases)

    return edit_enum(chance, dialect, fits, edit)


@kind("case-renumbered")
def renumber_case(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(
        chance,
        dialect,
        lambda e: bool(e.cases),
        lambda e: replace(e, cases=(replace(e.cases[0], value=7777), *e.cases[1:])),
    )


@kind("case-text-changed")
def change_case_text(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(
        chance,
        dialect,
        lambda e: bool(e.cases),
        lambda e: replace(e, cases=(replace(e.cases[0], text="zz text"), *e.cases[1:])),
    )


@kind("enum-storage-changed")
def change_storage(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(chance, dialect, lambda e: True, lambda e: replace(e, storage="i17"))


@kind("enum-made-flags")
def make_flags(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(chance, dialect, lambda e: not e.bits, lambda e: replace(e, bits=True, separator="|"))


@kind("enum-made-plain")
def make_plain(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(chance, dialect, lambda e: e.bits, lambda e: replace(e, bits=False, separator=""))


@kind("enum-separator-changed")
def change_separator(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(chance, dialect, lambda e: e.bits, lambda e: replace(e, separator=" zz "))


@kind("enum-home-changed")
def change_home(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_enum(chance, dialect, lambda e: True, lambda e: replace(e, dialect="zz"))


@kind("enum-renamed")
def rename_enum(chance: Chance, dialect: Dialect) -> Dialect | None:
    enum = pick(chance, dialect.enums)
    if enum is None:
        return None

    def constraint(old: Any) -> Any:
        if old == EnumReference(enum.name):
            return EnumReference("ZzEnum")
        if isinstance(old, (ArrayOf, ListOf)):
            return replace(old, element=constraint(old.element))
        return replace(old, base=constraint(old.base)) if isinstance(old, Confined) else old

    def argument(old: Argument) -> Argument:
        if isinstance(old, NamedValue):
            return old
        return of_attribute(old, constraint=constraint(old.attribute.constraint))

    def definition(old: Any) -> Any:
        parameters = tuple(
            replace(p, parameter=replace(p.parameter, constraint=constraint(p.parameter.constraint)))
            for p in old.parameters
        )
        return replace(old, parameters=parameters)

    return replace(
        dialect,
        enums=tuple(replace(e, name="ZzEnum") if e is enum else e for e in dialect.enums),
        attributes=tuple(definition(d) for d in dialect.attributes),
        types=tuple(definition(d) for d in dialect.types),
        operations=tuple(replace(o, arguments=tuple(argument(a) for a in o.arguments)) for o in dialect.operations),
    )


# --- definitions ------------------------------------------------------------------------------------------------


@kind("definition-added")
def add_type(chance: Chance, dialect: Dialect) -> Dialect | None:
    return replace(dialect, types=put(dialect.types, chance, TypeDefinition("Zz", "ZzType", (), None)))


@kind("definition-added")
def add_attribute_definition(chance: Chance, dialect: Dialect) -> Dialect | None:
    made = AttributeDefinition("zz", "ZzAttr", (), None)
    return replace(dialect, attributes=put(dialect.attributes, chance, made))


@kind("definition-removed")
def remove_definition(chance: Chance, dialect: Dialect) -> Dialect | None:
    used = str(dialect.operations)
    gone = pick(chance, [d for d in dialect.types if f"mnemonic='{d.mnemonic}'" not in used])
    return replace(dialect, types=tuple(d for d in dialect.types if d is not gone)) if gone else None


@kind("definition-class-renamed")
def rename_definition_class(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_definition(chance, dialect, lambda d: True, lambda d: replace(d, class_name="ZzClass"))


@kind("definition-format-changed")
def change_definition_format(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_definition(
        chance, dialect, lambda d: bool(d.format) and not is_opaque(d), lambda d: replace(d, format=f"`zz` {d.format}")
    )


@kind("definition-format-closed")
def close_definition(chance: Chance, dialect: Dialect) -> Dialect | None:
    used = " ".join(str(o.traits) for o in dialect.operations)
    return edit_definition(
        chance,
        dialect,
        lambda d: not is_opaque(d) and d.mnemonic not in used,
        lambda d: replace(d, format="custom"),
    )


@kind("parameter-added")
def add_parameter(chance: Chance, dialect: Dialect) -> Dialect | None:
    more = NamedParameter("zz_new", Parameter(ParameterKind.DOUBLE))
    return edit_definition(
        chance,
        dialect,
        lambda d: d.format is not None and not is_opaque(d),
        lambda d: replace(d, parameters=(*d.parameters, more)),
    )


@kind("parameter-removed")
def remove_parameter(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_definition(
        chance,
        dialect,
        lambda d: bool(d.parameters) and not is_opaque(d),
        lambda d: replace(d, parameters=d.parameters[:-1]),
    )


@kind("parameter-renamed")
def rename_parameter(chance: Chance, dialect: Dialect) -> Dialect | None:
    used = " ".join(str(o.traits) for o in dialect.operations)

    def edit(definition: Definition) -> Definition:
        first, *rest = definition.parameters
        text = definition.format.replace(f"${first.name}", "$zz_new") if definition.format else None
        return replace(definition, parameters=(replace(first, name="zz_new"), *rest), format=text)

    return edit_definition(
        chance, dialect, lambda d: bool(d.parameters) and not is_opaque(d) and f"'{d.mnemonic}'" not in used, edit
    )


@kind("parameter-moved")
def move_parameter(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_definition(
        chance,
        dialect,
        lambda d: len(d.parameters) > 1 and not is_opaque(d) and all(map(is_required_parameter, d.parameters)),
        lambda d: replace(d, parameters=swapped(d.parameters, 0, 1)),
    )


def _first_parameter(**changes: Any) -> Callable[[Definition], Definition]:
    def edit(definition: Definition) -> Definition:
        first, *rest = definition.parameters
        return replace(definition, parameters=(replace(first, parameter=replace(first.parameter, **changes)), *rest))

    return edit


@kind("parameter-kind-changed")
def change_parameter(chance: Chance, dialect: Dialect) -> Dialect | None:
    used = " ".join(repr(a.attribute) for o in dialect.operations for a in o.attributes if a.attribute.default)
    return edit_definition(
        chance,
        dialect,
        lambda d: bool(d.parameters) and not is_opaque(d) and f"'{d.mnemonic}'" not in used,
        _first_parameter(constraint=ParameterKind.DOUBLE),
    )


@kind("parameter-made-optional")
def make_parameter_optional(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_definition(
        chance,
        dialect,
        lambda d: bool(d.parameters) and not is_opaque(d) and is_required_parameter(d.parameters[0]),
        _first_parameter(optional=True),
    )


@kind("parameter-default-added")
def add_parameter_default(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_definition(
        chance,
        dialect,
        lambda d: bool(d.parameters) and not is_opaque(d) and is_required_parameter(d.parameters[0]),
        _first_parameter(default=7777),
    )


# --- named constraints ------------------------------------------------------------------------------------------


@kind("constraint-name-added")
def add_constraint(chance: Chance, dialect: Dialect) -> Dialect | None:
    return replace(dialect, constraints=(*dialect.constraints, NamedConstraint("Zz", IntegerOf("i", 77))))


def _constraint(chance: Chance, dialect: Dialect, edit: Callable[[Any], Any]) -> Dialect | None:
    used = str(dialect.operations)
    simple = [c for c in dialect.constraints if isinstance(c.constraint, (AnyOf, IntegerOf, Shaped))]
    chosen = pick(chance, [c for c in simple if f"ConstraintReference(name='{c.name}')" in used])
    if chosen is None:
        return None
    made = replace(chosen, constraint=edit(chosen.constraint))
    return replace(dialect, constraints=tuple(made if c is chosen else c for c in dialect.constraints))


@kind("constraint-widened")
def widen_constraint(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _constraint(chance, dialect, lambda old: AnyOf((old, Builtin("token"))))


@kind("constraint-changed")
def change_constraint(chance: Chance, dialect: Dialect) -> Dialect | None:
    return _constraint(chance, dialect, lambda old: Builtin("token"))


# --- words ------------------------------------------------------------------------------------------------------


@kind("documentation-added")
def add_words(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.doc == Doc()])
    return with_operation(dialect, operation, replace(operation, doc=Doc("Zz"))) if operation else None


@kind("documentation-changed")
def change_words(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.doc.summary])
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, doc=replace(operation.doc, summary="Zz")))


@kind("documentation-removed")
def remove_words(chance: Chance, dialect: Dialect) -> Dialect | None:
    return edit_argument(chance, dialect, lambda a: a.doc != Doc(), lambda a: replace(a, doc=Doc()))


@kind("sample-changed")
def change_sample(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    if operation is None:
        return None
    return with_operation(dialect, operation, replace(operation, sample=Sample(setup="zz")))


@kind("correction-changed")
def change_correction(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, dialect.operations)
    return with_operation(dialect, operation, replace(operation, correction="zz")) if operation else None


@kind("contract-removed")
def remove_contract(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.contract is not None and o.results])
    return with_operation(dialect, operation, replace(operation, contract=None)) if operation else None


@kind("contract-changed")
def change_contract(chance: Chance, dialect: Dialect) -> Dialect | None:
    operation = pick(chance, [o for o in dialect.operations if o.contract is not None and o.contract.width])
    if operation is None or operation.contract is None:
        return None
    return with_operation(dialect, operation, replace(operation, contract=replace(operation.contract, width="")))


@kind("contract-rule-changed")
def change_contract_rule(chance: Chance, dialect: Dialect) -> Dialect | None:
    rules = {o.contract.rule.name: o.contract.rule for o in dialect.operations if o.contract is not None}
    rule = pick(chance, list(rules.values()))
    if rule is None:
        return None
    made = replace(rule, pairs=(*rule.pairs, rule.roles[0].name))

    def fitting(operation: Operation) -> Operation:
        contract = operation.contract
        if contract is None or contract.rule.name != rule.name:
            return operation
        return replace(operation, contract=replace(contract, rule=made))

    return replace(dialect, operations=tuple(fitting(o) for o in dialect.operations))
