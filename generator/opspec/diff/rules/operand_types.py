"""Rules about what operands accept, and about the effects on them."""

from __future__ import annotations

from opspec.diff.relation import Relation
from opspec.diff.rule import B, C, D, Example, levels, ops, rule
from opspec.diff.rules.value_types import UNSEEN, effects_changed, related_types
from opspec.diff.sections import OPERAND
from opspec.diff.witness_operations import refused_type

operand_type_widened = rule(
    OPERAND,
    "operand type: widened",
    find=related_types(Relation.WIDENED),
    verdicts=levels(source=C, ir=C),
    meaning="The operand takes more types than before.",
    advice="Nothing to do.",
    mirror="narrowed",
    compares=("Value.type",),
    examples=(ops("arguments: {from: i32}", "arguments: {from: i32 | i64}"),),
)


operand_type_narrowed = rule(
    OPERAND,
    "operand type: narrowed",
    find=related_types(Relation.NARROWED),
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="The operand takes fewer types than before. Builders refuse the others, and so does the new Enzyme.",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="widened",
    examples=(
        ops("arguments: {from: i32 | i64}", "arguments: {from: i32}"),
        ops("arguments: {from: any}", "arguments: {from: opaque(Odd)}", variant="only in C++"),
    ),
    witness=refused_type,
)


operand_type_changed = rule(
    OPERAND,
    "operand type: changed",
    find=related_types(Relation.CHANGED),
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="""The operand takes other types than before; it cannot be shown that the new constraint contains the old
    one or the reverse.""",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="changed",
    examples=(
        ops("arguments: {from: i32}", "arguments: {from: f32}"),
        ops("arguments: {from: i32}", "arguments: {from: opaque(Odd)}", variant="only in C++"),
    ),
    witness=refused_type,
)


operand_type_respelled = rule(
    OPERAND,
    "operand type: respelled",
    find=related_types(Relation.RESPELLED),
    verdicts=levels(docs=C),
    meaning="The constraint is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(
        ops("arguments: {from: i32 | i64}", "arguments: {from: i64 | i32}"),
        Example(
            "constraints: {Number: i32 | i64}\noperations: {copy: {class: CopyOp, arguments: {from: i32 | i64}}}",
            "constraints: {Number: i32 | i64}\noperations: {copy: {class: CopyOp, arguments: {from: Number}}}",
        ),
    ),
)


operand_effects_changed = rule(
    OPERAND,
    "operand effects: changed",
    find=effects_changed,
    verdicts=levels(ir=D),
    meaning="""The operation is said to read, write, allocate or free the operand otherwise than before. Passes may move
    or delete it where they did not.""",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="changed",
    subjects="",
    compares=("Value.effects",),
    examples=(ops('arguments: {from: "memref<any> [read]"}', 'arguments: {from: "memref<any> [read, write]"}'),),
)
