"""Single edits of operands, attributes, results, regions and successors, each with the rule that has to report it."""

from __future__ import annotations

from dataclasses import replace

from opspec.diff.order import is_positional
from opspec.diff.sections import (
    ATTRIBUTE,
    OPERAND,
    REGION,
    RESULT,
    SUCCESSOR,
)
from opspec.model.constraints import (
    AnyConstraint,
    Attribute,
    AttributeKind,
    Builtin,
    Confined,
    Effect,
    IntegerOf,
    Multiplicity,
    OpaqueConstraint,
    Refinement,
    RegionConstraint,
    Shaped,
    Value,
)
from opspec.model.dialect import (
    NamedAttribute,
    NamedValue,
    Region,
    Successor,
)
from opspec.notation import print_region
from tests.diff import renames
from tests.diff.edits import (
    ODD,
    ONE,
    OPTIONAL,
    VARIADIC,
    Kind,
    attribute,
    blocks,
    both,
    either,
    entry,
    fields,
    has_default,
    is_any,
    is_keyword,
    is_number,
    is_operand,
    is_required,
    is_segmented,
    is_specific,
    negated,
    or_odd,
    owner,
    times,
    value,
    within,
)
from tests.diff.places import add, change, move, remove, rename

__all__ = ["PARTS"]


ARGUMENT = Attribute(IntegerOf("i", 64))

PARTS = (
    # Operands.
    Kind("operand-added", add(OPERAND, NamedValue("zz_new", Value(AnyConstraint()))), 90),
    Kind(
        "optional-operand-added",
        add(OPERAND, NamedValue("zz_new", Value(AnyConstraint(), OPTIONAL)), owner(lambda o: not is_segmented(o))),
        90,
    ),
    Kind(
        "optional-operand-added",
        add(OPERAND, NamedValue("zz_new", Value(AnyConstraint(), OPTIONAL)), owner(is_segmented)),
        20,
        "segmented",
    ),
    Kind(
        "variadic-operand-added",
        add(OPERAND, NamedValue("zz_new", Value(AnyConstraint(), VARIADIC)), owner(lambda o: not is_segmented(o))),
        90,
    ),
    Kind(
        "variadic-operand-added",
        add(OPERAND, NamedValue("zz_new", Value(AnyConstraint(), VARIADIC)), owner(is_segmented)),
        20,
        "segmented",
    ),
    Kind("operand-removed", remove(OPERAND), 90),
    Kind("operand-renamed", rename(OPERAND), 50),
    Kind("operand-renamed", renames.operand_that_traits_name, 2),
    Kind(
        "operand-moved",
        move(OPERAND, both(lambda a, b: is_operand(b, ONE, VARIADIC) and not is_operand(a, OPTIONAL))),
        40,
    ),
    Kind(
        "operand-moved",
        move(OPERAND, both(lambda a, b: is_operand(b, OPTIONAL) and not is_operand(a, OPTIONAL))),
        4,
        "optional",
    ),
    Kind("operand-made-attribute", change(OPERAND, lambda a: NamedAttribute(a.name, ARGUMENT, a.doc)), 90),
    Kind("operand-made-optional", change(OPERAND, value(multiplicity=OPTIONAL), times(ONE)), 90),
    Kind("operand-made-required", change(OPERAND, value(multiplicity=ONE), times(OPTIONAL)), 10),
    Kind("operand-made-variadic", change(OPERAND, value(multiplicity=VARIADIC), times(ONE, OPTIONAL)), 90),
    Kind("operand-made-single", change(OPERAND, value(multiplicity=ONE), times(VARIADIC)), 20),
    Kind("operand-made-single", change(OPERAND, value(multiplicity=OPTIONAL), times(VARIADIC)), 20),
    Kind(
        "operand-regrouped",
        change(OPERAND, value(multiplicity=Multiplicity.NESTED, segments="zz_sizes"), times(VARIADIC)),
        20,
    ),
    Kind("operand-type-widened", change(OPERAND, value(type=or_odd), is_specific), 20),
    Kind("operand-type-widened", change(OPERAND, value(type=AnyConstraint()), is_specific), 20),
    Kind("operand-type-narrowed", change(OPERAND, value(type=Shaped("tensor", Builtin("float"))), is_any), 20),
    Kind("operand-type-narrowed", change(OPERAND, value(type=OpaqueConstraint("Zz")), is_any), 20, "only in C++"),
    Kind("operand-type-changed", change(OPERAND, value(type=IntegerOf("ui", 77)), is_specific), 20),
    Kind("operand-type-respelled", change(OPERAND, value(type=either), is_specific), 20),
    *(
        Kind(
            "operand-effects-changed",
            change(OPERAND, value(effects=(effect,)), entry(lambda a: not a.value.effects)),
            50,
        )
        for effect in Effect
    ),
    # Attributes.
    Kind("attribute-added", add(ATTRIBUTE, NamedAttribute("zz_new", ARGUMENT)), 90),
    *(
        Kind("optional-attribute-added", add(ATTRIBUTE, NamedAttribute("zz_new", made)), 90)
        for made in (
            replace(ARGUMENT, optional=True),
            Attribute(AttributeKind.BOOL, default=False),
            Attribute(AttributeKind.UNIT),
        )
    ),
    Kind("attribute-removed", remove(ATTRIBUTE), 50),
    Kind("attribute-renamed", rename(ATTRIBUTE, entry(is_required)), 20),
    Kind("attribute-renamed", rename(ATTRIBUTE, entry(is_keyword)), 20, "optional"),
    Kind("argument-moved", move(OPERAND, both(lambda a, b: is_operand(a, ONE, VARIADIC) and is_required(b))), 5),
    Kind("argument-moved", move(ATTRIBUTE, both(lambda a, b: is_required(a) and is_positional(b))), 10),
    Kind("keyword-argument-moved", move(ATTRIBUTE, both(lambda a, b: is_keyword(a) or is_keyword(b))), 20),
    Kind("attribute-made-operand", change(ATTRIBUTE, lambda a: NamedValue(a.name, Value(AnyConstraint()), a.doc)), 50),
    Kind("attribute-made-optional", change(ATTRIBUTE, attribute(optional=True), entry(is_required)), 30),
    Kind(
        "attribute-made-required",
        change(
            ATTRIBUTE,
            attribute(optional=False, default=None),
            entry(lambda a: is_keyword(a) and a.attribute.constraint is not AttributeKind.UNIT),
        ),
        20,
    ),
    Kind(
        "attribute-default-added",
        change(ATTRIBUTE, attribute(default=3), entry(lambda a: is_required(a) and is_number(a))),
        4,
    ),
    Kind(
        "attribute-default-added",
        change(
            ATTRIBUTE,
            attribute(default="text"),
            entry(lambda a: a.attribute.optional and a.attribute.default is None),
        ),
        10,
        "was optional",
    ),
    Kind(
        "attribute-default-removed",
        change(ATTRIBUTE, attribute(default=None, optional=True), entry(lambda a: a.attribute.default is not None)),
        20,
    ),
    Kind("attribute-default-changed", change(ATTRIBUTE, attribute(default=negated), has_default(bool, int)), 20),
    # `1` and `true` are equal for Python, and not the same.
    Kind("attribute-default-changed", change(ATTRIBUTE, attribute(default=int), has_default(bool)), 10),
    Kind("attribute-storage-changed", change(ATTRIBUTE, attribute(is_property=lambda old: not old)), 50),
    Kind(
        "attribute-constraint-narrowed",
        change(
            ATTRIBUTE, attribute(constraint=lambda old: Confined(old, (Refinement("min", (2,)),))), entry(is_number)
        ),
        20,
    ),
    Kind(
        "attribute-constraint-widened",
        change(
            ATTRIBUTE,
            attribute(constraint=lambda old: old.base),
            entry(lambda a: isinstance(a.attribute.constraint, Confined)),
        ),
        5,
    ),
    Kind(
        "attribute-constraint-widened",
        change(ATTRIBUTE, attribute(constraint=AttributeKind.INTEGER), entry(is_number)),
        20,
        "recast",
    ),
    Kind(
        "attribute-constraint-changed",
        change(
            ATTRIBUTE,
            attribute(constraint=IntegerOf("ui", 7)),
            entry(
                lambda a: (
                    not isinstance(a.attribute.constraint, (IntegerOf, AnyConstraint))
                    and a.attribute.constraint is not AttributeKind.INTEGER
                )
            ),
        ),
        40,
    ),
    Kind("attribute-constraint-respelled", change(ATTRIBUTE, attribute(constraint=either), entry(is_number)), 20),
    # Results.
    Kind(
        "result-added", add(RESULT, NamedValue("zz_new", Value(ODD)), owner(lambda o: bool(o.results)), last=True), 50
    ),
    Kind(
        "result-added",
        add(
            RESULT,
            NamedValue("zz_new", Value(ODD, VARIADIC)),
            owner(lambda o: bool(o.results) and not o.has_trait("AttrSizedResultSegments")),
            last=True,
        ),
        50,
        "may be none",
    ),
    Kind("result-removed", remove(RESULT, last=True), 40),
    Kind("result-renamed", rename(RESULT), 20),
    Kind("result-moved", move(RESULT), 5),
    Kind("result-count-widened", change(RESULT, value(multiplicity=VARIADIC), times(ONE, OPTIONAL)), 40),
    Kind("result-count-narrowed", change(RESULT, value(multiplicity=ONE), times(VARIADIC, OPTIONAL)), 10),
    Kind("result-type-widened", change(RESULT, value(type=or_odd), is_specific), 10),
    Kind("result-type-narrowed", change(RESULT, value(type=Shaped("memref", AnyConstraint())), is_any), 10),
    Kind("result-type-narrowed", change(RESULT, value(type=OpaqueConstraint("Zz")), is_any), 10, "only in C++"),
    Kind("result-type-changed", change(RESULT, value(type=IntegerOf("ui", 77)), is_specific), 10),
    Kind("result-type-respelled", change(RESULT, value(type=either), is_specific), 10),
    Kind(
        "result-effects-changed",
        change(RESULT, value(effects=(Effect.FREE,)), entry(lambda r: not r.value.effects)),
        40,
    ),
    # Regions and successors.
    Kind("region-added", add(REGION, Region("zz_region", RegionConstraint(7)), last=True), 90),
    Kind(
        "region-added",
        add(REGION, Region("zz_region", RegionConstraint(7, multiplicity=VARIADIC)), last=True),
        90,
        "variadic",
    ),
    Kind("region-removed", remove(REGION, last=True), 5),
    Kind("region-renamed", rename(REGION), 5),
    Kind("region-moved", move(REGION), 1),
    Kind(
        "region-blocks-narrowed",
        change(REGION, blocks(RegionConstraint(3, True)), entry(lambda r: r.constraint.blocks is None)),
        5,
    ),
    Kind(
        "region-blocks-widened",
        change(REGION, blocks(RegionConstraint()), entry(lambda r: r.constraint.blocks is not None)),
        5,
    ),
    Kind(
        "region-blocks-changed",
        change(REGION, blocks(RegionConstraint(5)), entry(lambda r: print_region(r.constraint) == "blocks 1")),
        5,
    ),
    Kind(
        "region-made-variadic",
        change(
            REGION,
            within("constraint", multiplicity=VARIADIC),
            entry(lambda r: r.constraint.multiplicity is ONE),
        ),
        5,
    ),
    Kind("successor-added", add(SUCCESSOR, Successor("zz_new", VARIADIC), last=True), 90),
    Kind("successor-removed", remove(SUCCESSOR, last=True), 1),
    Kind("successor-renamed", rename(SUCCESSOR), 1),
    Kind("successor-moved", move(SUCCESSOR), 1),
    Kind(
        "successor-count-widened",
        change(SUCCESSOR, fields(multiplicity=VARIADIC), entry(lambda s: s.multiplicity is ONE)),
        1,
    ),
)
