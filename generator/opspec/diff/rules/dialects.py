"""Rules about what a dialect defines: operations, enums, definitions, named constraints, come and gone and renamed."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.facts import definition_facts, enum_facts, operation_facts
from opspec.diff.rule import B, C, Example, Found, Variant, levels, on
from opspec.diff.scopes import ConstraintPair, DefinitionPair, DialectPair, EnumPair, OperationPair, definition_key
from opspec.model.constraints import EnumReference
from opspec.notation import print_type

_COPY = "copy: {class: CopyOp, arguments: {from: any, to: any, size: attr i64}, results: {done: i1}}"
_MOVE = "move: {class: MoveOp, arguments: {from: any, to: any, size: attr i64}, results: {done: i1}}"
_MODE = "Mode: {storage: i32, cases: {fast: 0, safe: 1}}"
_BOX = "Box: {class: BoxType, parameters: {content: type}, format: '`<` $content `>`'}"
_KIND = "kind: {class: KindAttr, parameters: {value: enum Mode}, format: '`<` $value `>`'}"
_SPAN = "span: {class: SpanAttr, parameters: {first: int64, last: int64}, format: '`<` $first `,` $last `>`'}"


@on(
    DialectPair,
    "operation",
    "added",
    verdicts=levels(source=C, ir=C),
    meaning="The dialect has an operation that it did not have. Its function and class are new; nothing else changes.",
    advice="Nothing to do. Give it words and a sample in the overlay.",
    mirror="removed",
    compares=("Dialect.operations",),
    examples=(Example("{}", f"operations: {{{_COPY}}}"),),
)
def operation_added(pair: DialectPair) -> Iterator[Found]:
    """Operations that only the new side has."""
    for operation in pair.operations.added:
        place = pair.new_place("operations", operation.mnemonic)
        yield Found(None, Side(place, operation_facts(operation)))


@on(
    DialectPair,
    "operation",
    "removed",
    verdicts=levels(source=B, ir=B),
    meaning="""The dialect no longer has the operation. Its function and class are gone from the Python module, and a
    module that holds it is refused.""",
    advice="Stop using `{name}`; look for an operation that was added at the same time and does its work.",
    mirror="added",
    examples=(Example(f"operations: {{{_COPY}}}", "{}"),),
)
def operation_removed(pair: DialectPair) -> Iterator[Found]:
    """Operations that only the old side has."""
    for operation in pair.operations.removed:
        place = pair.old_place("operations", operation.mnemonic)
        yield Found(Side(place, operation_facts(operation)), None)


@on(
    OperationPair,
    "operation",
    "renamed",
    verdicts=levels(source=B, ir=B),
    meaning="""An operation is gone and one that is much like it is new: probably the same under another name. That is a
    guess from the likeness of parts, class and name; the report says why. Parts that differ besides are reported
    each.""",
    advice="Write `{new_name}` for `{old_name}`. If they are not the same, treat `{old_name}` as removed.",
    mirror="renamed",
    compares=("Operation.mnemonic",),
    examples=(Example(f"operations: {{{_COPY}}}", f"operations: {{{_COPY.replace('copy', 'copy_all')}}}"),),
)
def operation_renamed(pair: OperationPair) -> Iterator[Found]:
    """Operations that are paired by likeness."""
    if pair.candidate is not None:
        old, new = (Side(place, place.name) for place in (pair.old_place(), pair.new_place()))
        yield Found(old, new, candidate=pair.candidate)


@on(
    DialectPair,
    "enum",
    "added",
    verdicts=levels(source=C, ir=C),
    meaning="The dialect has an enum that it did not have; it becomes a class of the Python module.",
    advice="Nothing to do. Give it words in the overlay.",
    mirror="removed",
    compares=("Dialect.enums",),
    examples=(Example("{}", f"enums: {{{_MODE}}}"),),
)
def enum_added(pair: DialectPair) -> Iterator[Found]:
    """Enums that only the new side has."""
    for enum in pair.enums.added:
        yield Found(None, Side(pair.new_place("enums", enum.name), enum_facts(enum)))


@on(
    DialectPair,
    "enum",
    "removed",
    verdicts=levels(source=B),
    meaning="""The enum's class is gone from the Python module. What became of the attributes that held its cases is
    reported with them.""",
    advice="Stop importing `{name}`.",
    mirror="added",
    examples=(Example(f"enums: {{{_MODE}}}", "{}"),),
)
def enum_removed(pair: DialectPair) -> Iterator[Found]:
    """Enums that only the old side has."""
    for enum in pair.enums.removed:
        yield Found(Side(pair.old_place("enums", enum.name), enum_facts(enum)), None)


@on(
    EnumPair,
    "enum",
    "renamed",
    verdicts=levels(source=B),
    meaning="""An enum is gone and one with nearly the same cases is new: probably the same under another name. The IR
    holds numbers or cases, not the enum's name.""",
    advice="Write `{new_name}` for `{old_name}`.",
    mirror="renamed",
    compares=("Enum.name",),
    examples=(Example(f"enums: {{{_MODE}}}", f"enums: {{{_MODE.replace('Mode', 'CopyMode')}}}"),),
)
def enum_renamed(pair: EnumPair) -> Iterator[Found]:
    """Enums that are paired by likeness."""
    if pair.candidate is not None:
        old, new = (Side(place, place.name) for place in (pair.old_place(), pair.new_place()))
        yield Found(old, new, candidate=pair.candidate)


@on(
    DialectPair,
    "definition",
    "added",
    verdicts=levels(source=C, ir=C),
    meaning="The dialect defines an attribute or a type that it did not; it becomes a class of the Python module.",
    advice="Nothing to do. Give it words in the overlay.",
    mirror="removed",
    compares=("Dialect.attributes", "Dialect.types"),
    examples=(Example("{}", f"types: {{{_BOX}}}"), Example("{}", f"attributes: {{{_SPAN}}}")),
)
def definition_added(pair: DialectPair) -> Iterator[Found]:
    """Definitions that only the new side has."""
    for section, definitions in (("attributes", pair.attributes), ("types", pair.types)):
        for definition in definitions.added:
            place = pair.new_place(section, definition_key(definition))
            yield Found(None, Side(place, definition_facts(definition)))


@on(
    DialectPair,
    "definition",
    "removed",
    verdicts=levels(source=B, ir=B),
    meaning="""The dialect no longer defines the attribute or type: its class is gone from the Python module, and a
    module that holds one is refused.""",
    advice="Stop using `{name}`.",
    mirror="added",
    examples=(Example(f"types: {{{_BOX}}}", "{}"), Example(f"attributes: {{{_SPAN}}}", "{}")),
)
def definition_removed(pair: DialectPair) -> Iterator[Found]:
    """Definitions that only the old side has."""
    for section, definitions in (("attributes", pair.attributes), ("types", pair.types)):
        for definition in definitions.removed:
            place = pair.old_place(section, definition_key(definition))
            yield Found(Side(place, definition_facts(definition)), None)


@on(
    DefinitionPair,
    "definition",
    "renamed",
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
)
def definition_renamed(pair: DefinitionPair) -> Iterator[Found]:
    """Definitions that are paired by likeness."""
    if pair.candidate is not None:
        old, new = (Side(place, place.name) for place in (pair.old_place(), pair.new_place()))
        only = [named.parameter.constraint for named in pair.old.parameters]
        has_helpers = pair.section == "attributes" and len(only) == 1 and isinstance(only[0], EnumReference)
        yield Found(old, new, "with helpers" * has_helpers, pair.candidate)


@on(
    DialectPair,
    "constraint name",
    "added",
    verdicts=levels(docs=C),
    meaning="The spec has a name for a constraint that it did not have. A name alone accepts and refuses nothing.",
    advice="Nothing to do.",
    mirror="removed",
    compares=("Dialect.constraints",),
    examples=(Example("{}", "constraints: {Number: i32 | i64}"),),
)
def constraint_name_added(pair: DialectPair) -> Iterator[Found]:
    """Named constraints that only the new side has."""
    for named in pair.constraints.added:
        yield Found(None, Side(pair.new_place("constraints", named.name), print_type(named.constraint)))


@on(
    DialectPair,
    "constraint name",
    "removed",
    verdicts=levels(docs=C),
    meaning="""The spec no longer has a name for a constraint. What the parts that used it accept now is reported with
    them.""",
    advice="Nothing to do.",
    mirror="added",
    examples=(Example("constraints: {Number: i32 | i64}", "{}"),),
)
def constraint_name_removed(pair: DialectPair) -> Iterator[Found]:
    """Named constraints that only the old side has."""
    for named in pair.constraints.removed:
        yield Found(Side(pair.old_place("constraints", named.name), print_type(named.constraint)), None)


@on(
    ConstraintPair,
    "constraint name",
    "changed",
    verdicts=levels(docs=C),
    meaning="A constraint that parts refer to by name has another name, and means the same.",
    advice="Nothing to do.",
    mirror="changed",
    compares=("NamedConstraint.name",),
    examples=(Example("constraints: {Number: i32 | i64}", "constraints: {AnyNumber: i32 | i64}"),),
)
def constraint_name_changed(pair: ConstraintPair) -> Iterator[Found]:
    """Named constraints that are paired by likeness."""
    if pair.candidate is not None:
        old = pair.within.old_place("constraints", pair.old.name)
        new = pair.within.new_place("constraints", pair.new.name)
        yield Found(Side(old, old.name), Side(new, new.name), candidate=pair.candidate)


_OPERATION = "operations: {{copy: {{class: {0}}}}}"


@on(
    OperationPair,
    "class",
    "renamed",
    verdicts=levels(source=B),
    meaning="""The operation's C++ class, and with it the Python class, has another name. The IR knows the operation by
    its mnemonic.""",
    advice="Write `{new}` for `{old}`.",
    mirror="renamed",
    subjects="classes",
    compares=("Operation.class_name",),
    examples=(Example(_OPERATION.format("CopyOp"), _OPERATION.format("CopyBytesOp")),),
)
def class_renamed(pair: OperationPair) -> Iterator[Found]:
    """Operations whose class has another Python name; where the operation is renamed too, that says enough."""
    if pair.candidate is not None:
        return
    old = pair.within.old_naming.operation_class(pair.old)
    new = pair.within.new_naming.operation_class(pair.new)
    if pair.old.class_name != pair.new.class_name:
        yield Found(Side(pair.old_place("class"), old), Side(pair.new_place("class"), new))
