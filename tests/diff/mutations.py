"""Single edits of a dialect, each with the rule that has to report it."""

from __future__ import annotations

from dataclasses import replace

from opspec.diff.rules.parameters import is_required as is_given_by_position
from opspec.diff.sections import (
    ATTRIBUTE,
    ATTRIBUTE_DEFINITION,
    CASE,
    CONSTRAINT,
    ENUM,
    OPERAND,
    OPERATION,
    PARAMETER,
    RESULT,
    TYPE_DEFINITION,
)
from opspec.model.constraints import (
    AllTypesMatch,
    AnyOf,
    Builtin,
    HasParent,
    NamedTrait,
    Parameter,
    ParameterKind,
    Projection,
    ProjectionKind,
    TypesMatchWith,
    Value,
)
from opspec.model.dialect import (
    AttributeDefinition,
    Doc,
    Enum,
    EnumCase,
    NamedConstraint,
    NamedParameter,
    NamedValue,
    Operation,
    TypeDefinition,
)
from opspec.model.names import ChosenName, Names
from opspec.model.sample import Sample
from tests.diff import renames
from tests.diff.edits import (
    ODD,
    Kind,
    can_infer,
    can_tie,
    case_like,
    entry,
    fields,
    first_two,
    given_first,
    is_known_constraint,
    is_projected,
    is_unheld,
    is_unused_constraint,
    more,
    of_plain,
    owner,
    parameter,
    parents,
    prefix,
    required_parameter,
    traits,
    with_trait,
    within,
    without,
)
from tests.diff.mutations_of_parts import PARTS
from tests.diff.places import add, anywhere, change, move, open_definition, remove, rename, used

__all__ = ["KINDS"]


KINDS = (
    *PARTS,
    # Operations.
    Kind("operation-added", add(OPERATION, Operation("zz_new", "ZzNewOp", (NamedValue("zz_in", Value(ODD)),))), 40),
    Kind("operation-removed", remove(OPERATION), 90),
    Kind("operation-renamed", renames.operation, 90),
    Kind("class-renamed", change(OPERATION, fields(class_name="ZzOp")), 90),
    Kind("chosen-name-changed", change(OPERATION, fields(names=Names(ChosenName("zz_function")))), 90),
    Kind("results-made-keyword", change(OPERATION, fields(results_by_keyword=True), of_plain(given_first)), 40),
    Kind(
        "results-inferred",
        change(
            OPERATION,
            more("interfaces", "InferTypeOpInterface"),
            of_plain(lambda o: given_first(o) and not (o.regions or o.extras.results)),
        ),
        40,
    ),
    Kind(
        "results-inferred",
        change(OPERATION, more("traits", NamedTrait("SameOperandsAndResultType")), of_plain(can_infer)),
        20,
        "by trait",
    ),
    Kind("results-no-longer-inferred", renames.infer_no_more, 5, "by trait"),
    # Traits, interfaces, formats.
    Kind("trait-added", with_trait("ZzTrait"), 90),
    Kind("trait-removed", without("Pure", "ReturnLike", "AutomaticAllocationScope", "AffineScope"), 10),
    Kind("structure-trait-added", with_trait("IsolatedFromAbove"), 90),
    Kind("structure-trait-removed", without("Terminator"), 5),
    Kind("segments-added", with_trait("AttrSizedOperandSegments"), 90),
    Kind("segments-removed", without("AttrSizedOperandSegments"), 10),
    Kind(
        "type-relation-added",
        change(OPERATION, lambda o: replace(o, traits=(*o.traits, AllTypesMatch(first_two(o)))), of_plain(can_tie)),
        20,
    ),
    Kind("type-relation-removed", traits(is_projected, lambda trait: ()), 1),
    Kind(
        "trait-arguments-changed",
        traits(
            lambda o, t: is_projected(o, t) and t.projection.kind is not ProjectionKind.SAME,
            lambda t: (TypesMatchWith(t.target, Projection(ProjectionKind.SAME, t.projection.source)),),
        ),
        1,
        "of types",
    ),
    Kind("parent-added", parents(1, lambda names: ("scf.zz", *names)), 5),
    Kind("parent-removed", parents(2, lambda names: names[1:]), 1),
    Kind("parent-restriction-removed", parents(1, lambda names: ()), 5),
    Kind(
        "parent-restriction-added",
        change(
            OPERATION,
            more("traits", HasParent(("scf.zz",))),
            entry(lambda o: not any(isinstance(trait, HasParent) for trait in o.traits)),
        ),
        50,
    ),
    Kind("interface-added", change(OPERATION, more("interfaces", "ZzInterface")), 90),
    Kind(
        "interface-removed",
        change(
            OPERATION,
            lambda o: replace(o, interfaces=o.interfaces[:-1]),
            entry(lambda o: bool(o.interfaces) and o.interfaces[-1] != "InferTypeOpInterface"),
        ),
        20,
    ),
    Kind("format-added", change(OPERATION, fields(format="attr-dict"), entry(lambda o: o.format is None)), 10),
    Kind("format-removed", change(OPERATION, fields(format=None), entry(lambda o: o.format is not None)), 50),
    Kind(
        "format-changed",
        change(OPERATION, lambda o: replace(o, format=f"`zz` {o.format}"), entry(lambda o: o.format is not None)),
        50,
    ),
    # Enums.
    Kind("enum-added", add(ENUM, Enum("ZzEnum", "i32", (EnumCase("zz", 77, "zz"),))), 20),
    Kind("enum-renamed", renames.enum, 10),
    Kind("case-added", add(CASE, case_like("zz"), owner(lambda e: len(e.cases) > 1)), 20),
    Kind(
        "case-added",
        add(CASE, EnumCase("other", 7777, "other"), owner(lambda e: bool(prefix(e)))),
        10,
        "renames others",
    ),
    Kind("case-removed", remove(CASE, owner(lambda e: len(e.cases) > 3), last=True), 5),
    Kind("case-renamed", renames.case, 10),
    Kind("case-renumbered", change(CASE, fields(value=7777)), 20),
    Kind("case-text-changed", change(CASE, fields(text="zz text")), 20),
    Kind("enum-storage-changed", change(ENUM, fields(storage="i17")), 10),
    Kind("enum-made-flags", change(ENUM, fields(bits=True, separator="|"), entry(lambda e: not e.bits)), 10),
    Kind("enum-made-plain", change(ENUM, fields(bits=False, separator=""), entry(lambda e: e.bits)), 1),
    Kind("enum-separator-changed", change(ENUM, fields(separator=" zz "), entry(lambda e: e.bits)), 1),
    Kind("enum-home-changed", change(ENUM, fields(dialect="zz")), 10),
    # Definitions and named constraints.
    Kind("definition-added", add(TYPE_DEFINITION, TypeDefinition("Zz", "ZzType", (), None)), 20),
    Kind("definition-added", add(ATTRIBUTE_DEFINITION, AttributeDefinition("zz", "ZzAttr", (), None)), 20),
    Kind(
        "definition-removed",
        remove(TYPE_DEFINITION, lambda place: f"mnemonic='{place.entry.mnemonic}'" not in used(place.dialect)),
        1,
    ),
    *(
        Kind(rule, change(section, edit, fits), 5)
        for section in (ATTRIBUTE_DEFINITION, TYPE_DEFINITION)
        for rule, edit, fits in (
            ("definition-class-renamed", fields(class_name="ZzClass"), anywhere),
            (
                "definition-format-changed",
                lambda d: replace(d, format=f"`zz` {d.format}"),
                lambda place: bool(place.entry.format) and open_definition(place),
            ),
            ("definition-format-closed", fields(format="custom"), open_definition),
        )
    ),
    Kind(
        "parameter-added",
        add(
            PARAMETER,
            NamedParameter("zz_new", Parameter(ParameterKind.DOUBLE)),
            lambda place: place.owner.format is not None and open_definition(place),
            last=True,
        ),
        10,
    ),
    Kind("parameter-removed", remove(PARAMETER, open_definition, last=True), 10),
    Kind("parameter-renamed", rename(PARAMETER, open_definition), 10),
    Kind(
        "parameter-moved",
        move(PARAMETER, lambda place: open_definition(place) and all(map(is_given_by_position, place.entries))),
        2,
    ),
    Kind("parameter-kind-changed", change(PARAMETER, parameter(constraint=ParameterKind.DOUBLE), is_unheld), 5),
    Kind("parameter-made-optional", change(PARAMETER, parameter(optional=True), required_parameter), 5),
    Kind("parameter-default-added", change(PARAMETER, parameter(default=7777), required_parameter), 5),
    Kind("constraint-name-added", add(CONSTRAINT, NamedConstraint("Zz", ODD), last=True), 10),
    Kind("constraint-name-removed", remove(CONSTRAINT, is_unused_constraint), 1),
    Kind(
        "constraint-widened",
        change(
            CONSTRAINT, lambda c: replace(c, constraint=AnyOf((c.constraint, Builtin("token")))), is_known_constraint
        ),
        2,
    ),
    Kind("constraint-changed", change(CONSTRAINT, fields(constraint=Builtin("token")), is_known_constraint), 2),
    # Words and contracts.
    *(
        Kind(rule, change(section, fields(doc=doc), entry(fits)), least)
        for section, least in ((OPERATION, 20), (OPERAND, 5), (ATTRIBUTE, 5), (RESULT, 5), (ENUM, 1), (CASE, 2))
        for rule, doc, fits in (
            ("documentation-added", Doc("Zz"), lambda thing: thing.doc == Doc()),
            ("documentation-changed", Doc("Zz"), lambda thing: bool(thing.doc.summary)),
            ("documentation-removed", Doc(), lambda thing: thing.doc != Doc()),
        )
    ),
    Kind("sample-changed", change(OPERATION, fields(sample=Sample(setup="zz"))), 90),
    Kind("correction-changed", change(OPERATION, fields(correction="zz")), 90),
    Kind(
        "contract-removed",
        change(OPERATION, fields(contract=None), entry(lambda o: o.contract is not None and o.results)),
        1,
    ),
    Kind(
        "contract-changed",
        change(OPERATION, within("contract", width=""), entry(lambda o: o.contract is not None and o.contract.width)),
        1,
    ),
    Kind("contract-rule-changed", renames.contract_rule, 1),
)
