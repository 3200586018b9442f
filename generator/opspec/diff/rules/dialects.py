"""Rules about what a dialect defines: operations, enums, definitions, named constraints, come and gone and renamed."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.finds import added, moved_away, removed, renamed
from opspec.diff.pairs import ConstraintPair, DefinitionPair, DialectPair, EnumPair, OperationPair
from opspec.diff.rule import B, C, Example, Found, Variant, levels, on, rule
from opspec.diff.sections import ATTRIBUTE_DEFINITION, CONSTRAINT, ENUM, OPERATION, TYPE_DEFINITION
from opspec.diff.witness_definitions import definition_class, definition_helper
from opspec.diff.witness_operations import class_call
from opspec.model.constraints import EnumReference

_COPY = "copy: {class: CopyOp, arguments: {from: any, to: any, size: attr i64}, results: {done: i1}}"
_MOVE = "move: {class: MoveOp, arguments: {from: any, to: any, size: attr i64}, results: {done: i1}}"
_MODE = "Mode: {storage: i32, cases: {fast: 0, safe: 1}}"
_BOX = "Box: {class: BoxType, parameters: {content: type}, format: '`<` $content `>`'}"
_KIND = "kind: {class: KindAttr, parameters: {value: enum Mode}, format: '`<` $value `>`'}"
_SPAN = "span: {class: SpanAttr, parameters: {first: int64, last: int64}, format: '`<` $first `,` $last `>`'}"


operation_added = rule(
    DialectPair,
    "operation: added",
    find=added(OPERATION),
    verdicts=levels(source=C, ir=C),
    meaning="The dialect has an operation that it did not have. Its function and class are new; nothing else changes.",
    advice="Nothing to do. Give it words and a sample in the overlay.",
    mirror="removed",
    compares=("Dialect.operations",),
    examples=(Example("{}", f"operations: {{{_COPY}}}"),),
)


operation_removed = rule(
    DialectPair,
    "operation: removed",
    find=removed(OPERATION),
    verdicts=levels(source=B, ir=B),
    meaning="""The dialect no longer has the operation. Its function and class are gone from the Python module, and a
    module that holds it is refused.""",
    advice="Stop using `{name}`; look for an operation that was added at the same time and does its work.",
    mirror="added",
    examples=(Example(f"operations: {{{_COPY}}}", "{}"),),
)


operation_renamed = rule(
    OperationPair,
    "operation: renamed",
    find=renamed(),
    verdicts=levels(source=B, ir=B),
    meaning="""An operation is gone and one that is much like it is new: probably the same under another name. That is a
    guess from the likeness of parts, class and name; the report says why. Parts that differ besides are reported
    each.""",
    advice="Write `{new_name}` for `{old_name}`. If they are not the same, treat `{old_name}` as removed.",
    mirror="renamed",
    compares=("Operation.mnemonic",),
    examples=(Example(f"operations: {{{_COPY}}}", f"operations: {{{_COPY.replace('copy', 'copy_all')}}}"),),
)


operation_moved = rule(
    OperationPair,
    "operation: moved",
    find=moved_away(),
    verdicts=levels(source=B, ir=B),
    meaning="""A dialect lacks an operation now that another dialect has: probably the same, under the other dialect's
    name. That is a guess from the likeness of parts, class and name; the report says why. Parts that differ besides are
    reported each.""",
    advice="""Write `{new}` for `{old}`, with the module of its new dialect. If they are not the same, treat `{old}` as
    removed.""",
    mirror="moved",
    examples=(
        Example(
            f"dialect: toy\noperations: {{{_COPY}}}\n---\ndialect: extra",
            f"dialect: toy\n---\ndialect: extra\noperations: {{{_COPY}}}",
        ),
    ),
)


enum_added = rule(
    DialectPair,
    "enum: added",
    find=added(ENUM),
    verdicts=levels(source=C, ir=C),
    meaning="The dialect has an enum that it did not have; it becomes a class of the Python module.",
    advice="Nothing to do. Give it words in the overlay.",
    mirror="removed",
    compares=("Dialect.enums",),
    examples=(Example("{}", f"enums: {{{_MODE}}}"),),
)


enum_removed = rule(
    DialectPair,
    "enum: removed",
    find=removed(ENUM),
    verdicts=levels(source=B),
    meaning="""The enum's class is gone from the Python module. What became of the attributes that held its cases is
    reported with them.""",
    advice="Stop importing `{name}`.",
    mirror="added",
    examples=(Example(f"enums: {{{_MODE}}}", "{}"),),
)


enum_renamed = rule(
    EnumPair,
    "enum: renamed",
    find=renamed(),
    verdicts=levels(source=B),
    meaning="""An enum is gone and one with nearly the same cases is new: probably the same under another name. The IR
    holds numbers or cases, not the enum's name.""",
    advice="Write `{new_name}` for `{old_name}`.",
    mirror="renamed",
    compares=("Enum.name",),
    examples=(Example(f"enums: {{{_MODE}}}", f"enums: {{{_MODE.replace('Mode', 'CopyMode')}}}"),),
)


enum_moved = rule(
    EnumPair,
    "enum: moved",
    find=moved_away(),
    verdicts=levels(source=B),
    meaning="""A dialect lacks an enum now that another dialect has: probably the same. Its class is in another Python
    module. The IR holds numbers or cases, not the enum's name.""",
    advice="Import `{new_name}` from the module of its new dialect: `{new}` for `{old}`.",
    mirror="moved",
    examples=(
        Example(
            f"dialect: toy\nenums: {{{_MODE}}}\n---\ndialect: extra",
            f"dialect: toy\n---\ndialect: extra\nenums: {{{_MODE}}}",
        ),
    ),
)


definition_added = rule(
    DialectPair,
    "definition: added",
    find=added(ATTRIBUTE_DEFINITION, TYPE_DEFINITION),
    verdicts=levels(source=C, ir=C),
    meaning="The dialect defines an attribute or a type that it did not; it becomes a class of the Python module.",
    advice="Nothing to do. Give it words in the overlay.",
    mirror="removed",
    compares=("Dialect.attributes", "Dialect.types"),
    examples=(Example("{}", f"types: {{{_BOX}}}"), Example("{}", f"attributes: {{{_SPAN}}}")),
)


definition_removed = rule(
    DialectPair,
    "definition: removed",
    find=removed(ATTRIBUTE_DEFINITION, TYPE_DEFINITION),
    verdicts=levels(source=B, ir=B),
    meaning="""The dialect no longer defines the attribute or type: its class is gone from the Python module, and a
    module that holds one is refused.""",
    advice="Stop using `{name}`.",
    mirror="added",
    examples=(Example(f"types: {{{_BOX}}}", "{}"), Example(f"attributes: {{{_SPAN}}}", "{}")),
    witness=definition_class,
)


def _with_helpers(pair: DefinitionPair) -> str:
    only = [named.parameter.constraint for named in pair.old.parameters]
    has_helpers = pair.section is ATTRIBUTE_DEFINITION and len(only) == 1 and isinstance(only[0], EnumReference)
    return "with helpers" if has_helpers else ""


definition_renamed = rule(
    DefinitionPair,
    "definition: renamed",
    find=renamed(_with_helpers),
    verdicts=levels(ir=B),
    variants=(
        Variant("with helpers", "the module has functions that are called after the mnemonic", levels(source=B, ir=B)),
    ),
    meaning="""An attribute or type is gone and one with the same parameters is new: probably the same with another
    mnemonic. The IR spells it otherwise. The Python class has a name of its own; if that changed, another rule says so.
    An attribute that holds one enum also has functions in the module, which are called after its mnemonic.""",
    advice="Write `{new_name}` for `{old_name}` in IR text.",
    mirror="renamed",
    compares=("Definition.mnemonic", "Definition.dialect"),
    examples=(
        Example(f"types: {{{_BOX}}}", f"types: {{{_BOX.replace('Box:', 'Boxed:')}}}"),
        Example(
            f"enums: {{{_MODE}}}\nattributes: {{{_KIND}}}",
            f"enums: {{{_MODE}}}\nattributes: {{{_KIND.replace('kind:', 'kinds:')}}}",
            variant="with helpers",
        ),
    ),
    witness=definition_helper,
)


def _of_a_third(pair: DefinitionPair) -> str:
    old, new = pair.old.dialect or pair.within.old.name, pair.new.dialect or pair.within.new.name
    return "of a third dialect" if old == new else ""


_THIRD = _BOX.replace("class:", "dialect: other, class:")

definition_moved = rule(
    DefinitionPair,
    "definition: moved",
    find=moved_away(_of_a_third),
    verdicts=levels(source=B, ir=B),
    variants=(
        Variant(
            "of a third dialect",
            "both specs describe the attribute or type of one and the same dialect",
            levels(source=B),
        ),
    ),
    meaning="""A spec lacks an attribute or type now that the spec of another dialect has: probably the same. Its class
    is in another Python module, and the IR spells it with the other dialect's name. Operations whose parts hold it are
    not reported for that.""",
    advice="""Import the class of `{new_name}` from the module of its new dialect, and write `{new}` for `{old}` in IR
    text.""",
    mirror="moved",
    examples=(
        Example(
            f"dialect: toy\ntypes: {{{_BOX}}}\n---\ndialect: extra",
            f"dialect: toy\n---\ndialect: extra\ntypes: {{{_BOX}}}",
        ),
        Example(
            f"dialect: toy\nattributes: {{{_SPAN}}}\n---\ndialect: extra",
            f"dialect: toy\n---\ndialect: extra\nattributes: {{{_SPAN}}}",
        ),
        Example(
            f"dialect: toy\ntypes: {{{_THIRD}}}\n---\ndialect: extra",
            f"dialect: toy\n---\ndialect: extra\ntypes: {{{_THIRD}}}",
            variant="of a third dialect",
        ),
    ),
    witness=definition_class,
)


constraint_name_added = rule(
    DialectPair,
    "constraint name: added",
    find=added(CONSTRAINT),
    verdicts=levels(docs=C),
    meaning="The spec has a name for a constraint that it did not have. A name alone accepts and refuses nothing.",
    advice="Nothing to do.",
    mirror="removed",
    compares=("Dialect.constraints",),
    examples=(Example("{}", "constraints: {Number: i32 | i64}"),),
)


constraint_name_removed = rule(
    DialectPair,
    "constraint name: removed",
    find=removed(CONSTRAINT),
    verdicts=levels(docs=C),
    meaning="""The spec no longer has a name for a constraint. What the parts that used it accept now is reported with
    them.""",
    advice="Nothing to do.",
    mirror="added",
    examples=(Example("constraints: {Number: i32 | i64}", "{}"),),
)


constraint_name_changed = rule(
    ConstraintPair,
    "constraint name: changed",
    find=renamed(),
    verdicts=levels(docs=C),
    meaning="A constraint that parts refer to by name has another name, and means the same.",
    advice="Nothing to do.",
    mirror="changed",
    compares=("NamedConstraint.name",),
    examples=(Example("constraints: {Number: i32 | i64}", "constraints: {AnyNumber: i32 | i64}"),),
)


_OPERATION = "operations: {{copy: {{class: {0}}}}}"


@on(
    OperationPair,
    "class: renamed",
    verdicts=levels(source=B),
    meaning="""The operation's C++ class, and with it the Python class, has another name. The IR knows the operation by
    its mnemonic.""",
    advice="Write `{new}` for `{old}`.",
    mirror="renamed",
    subjects="classes",
    compares=("Operation.class_name",),
    examples=(Example(_OPERATION.format("CopyOp"), _OPERATION.format("CopyBytesOp")),),
    witness=class_call,
)
def class_renamed(pair: OperationPair) -> Iterator[Found]:
    """Operations whose class has another Python name; where the operation is renamed too, that says enough."""
    if pair.names[0] != pair.names[1]:
        return
    old = pair.dialects.old_naming.operation_class(pair.old)
    new = pair.dialects.new_naming.operation_class(pair.new)
    if pair.old.class_name != pair.new.class_name:
        yield Found(Side(pair.old_place("class"), old), Side(pair.new_place("class"), new))
