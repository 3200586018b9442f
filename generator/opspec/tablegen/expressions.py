"""The C++ conditions of MLIR's type predicates that have a structural form."""

from __future__ import annotations

import re

from opspec.model.constraints import AnyConstraint, AnyOf, Builtin, IntegerOf, Modifier, TypeConstraint

__all__ = [
    "CONTAINER_CLASSES",
    "ELEMENT",
    "about_elements",
    "bare",
    "element_condition",
    "held_by",
    "is_scalable",
    "isa_classes",
    "modifier_of",
    "shape_of",
    "split_by",
    "word_of",
]

ELEMENT = re.compile(r"cast<(?:::)?mlir::\w+>\(\$_self\)\.getElementType\(\)")
"""The element type of a shaped or complex type."""

_HELD_BY = re.compile(r"cast<(?:::)?mlir::(\w+)>\(\$_self\)\.getElementType\(\)")

CONTAINER_CLASSES = {
    "ShapedType": "shaped",
    "TensorType": "tensor",
    "RankedTensorType": "ranked_tensor",
    "UnrankedTensorType": "unranked_tensor",
    "MemRefType": "memref",
    "UnrankedMemRefType": "unranked_memref",
    "BaseMemRefType": "ranked_or_unranked_memref",
    "VectorType": "vector",
    "FixedVectorType": "fixed_vector",
    "ScalableVectorType": "scalable_vector",
    "ComplexType": "complex",
    "TupleType": "tuple",
    "ValueSemantics": "value_semantics",
}

_WORDS = {
    "IndexType": "index",
    "NoneType": "none",
    "FunctionType": "function",
    "IntegerType": "integer",
    "FloatType": "float",
    "TokenType": "token",
    "BFloat16Type": "bf16",
    "Float16Type": "f16",
    "FloatTF32Type": "tf32",
    "Float32Type": "f32",
    "Float64Type": "f64",
    "Float80Type": "f80",
    "Float128Type": "f128",
}
_SMALL_FLOAT = re.compile(r"Float(\d+E\d+M\d+\w*)Type")
_CAST = r"(?:::)?(?:llvm::|mlir::)?cast<(?:::)?mlir::\w+>\(\$_self\)"
_INTEGER = re.compile(r"\$_self\.is(Signless|Signed|Unsigned)?Integer\((\d*)\)")
_PREFIX = {"Signless": "i", "Signed": "si", "Unsigned": "ui", None: "int"}
_FLOAT = re.compile(r"\$_self\.is(B?F\d+|TF32)\(\)")
_ISA = re.compile(r"(?:::)?(?:llvm::|mlir::)?isa<([^()]*)>\(\$_self\)")
_TRAIT = re.compile(r"\$_self\.hasTrait<(?:::)?mlir::(\w+)>\(\)")
_ELEMENT_ISA = re.compile(rf"((?:::)?(?:llvm::|mlir::)?isa<[^()]*>)\({_CAST}\.getElementType\(\)\)")
_ELEMENT_CALL = re.compile(rf"{_CAST}\.getElementType\(\)(\.is\w+\(\d*\))")
_ELEMENT_OF = re.compile(rf"{_CAST}\.getElementType\(\)")
_MODIFIERS = (
    (re.compile(rf"{_CAST}\.hasRank\(\)"), "ranked", 0),
    (re.compile(rf"{_CAST}\.hasStaticShape\(\)"), "static", 0),
    (re.compile(rf"{_CAST}\.getRank\(\) ?== ?(\d+)"), "rank", 0),
    (re.compile(rf"{_CAST}\.getShape\(\)\.size\(\) ?== ?(\d+)"), "rank", 0),
    (re.compile(rf"{_CAST}\.getRank\(\) ?>= ?(\d+)"), "min_rank", 0),
    (re.compile(rf"{_CAST}\.getRank\(\) ?> ?(\d+)"), "min_rank", 1),
    (re.compile(rf"{_CAST}\.getRank\(\) ?<= ?(\d+)"), "max_rank", 0),
    (re.compile(rf"{_CAST}\.getNumElements\(\) ?== ?(\d+)"), "length", 0),
    (re.compile(rf"{_CAST}\.getNumElements\(\) ?> ?(\d+)"), "min_length", 1),
)
_SHAPE = re.compile(rf"{_CAST}\.getShape\(\) ?== ?(?:::)?(?:llvm::)?ArrayRef<int64_t>\(\{{([\d, ]+)\}}\)")
_SCALABLE = re.compile(rf"{_CAST}\.(?:allDimsScalable\(\)|getScalableDims\(\)\.back\(\))")
_CALLS: dict[str, TypeConstraint] = {
    "true": AnyConstraint(),
    "$_self.isIndex()": Builtin("index"),
    "$_self.isSignlessIntOrIndex()": AnyOf((Builtin("signless_integer"), Builtin("index"))),
    "$_self.isIntOrIndex()": AnyOf((Builtin("integer"), Builtin("index"))),
    "$_self.isIntOrFloat()": AnyOf((Builtin("integer"), Builtin("float"))),
    "$_self.isSignlessIntOrFloat()": AnyOf((Builtin("signless_integer"), Builtin("float"))),
    "$_self.isIntOrIndexOrFloat()": AnyOf((Builtin("integer"), Builtin("index"), Builtin("float"))),
    "$_self.isSignlessIntOrIndexOrFloat()": AnyOf((Builtin("signless_integer"), Builtin("index"), Builtin("float"))),
}


def _closes(text: str) -> int:
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index
    return -1


def bare(expression: str) -> str:
    """The expression on one line, without brackets around all of it."""
    text = " ".join(expression.split())
    while text.startswith("(") and text.endswith(")") and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def split_by(operator: str, expression: str) -> list[str]:
    """The parts of `a && b` (or `a || b`), where the operator stands outside brackets."""
    text = bare(expression)
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif depth == 0 and text.startswith(operator, index):
            parts.append(text[start:index])
            start = index + len(operator)
    return [bare(part) for part in (*parts, text[start:])]


def about_elements(expression: str) -> str | None:
    """A condition on the element type of `$_self`, as a condition on a type; None where it is about more."""
    found = _ELEMENT_OF.sub("$_self", expression)
    return found if found != expression else None


def isa_classes(expression: str) -> list[str]:
    """The classes of `isa<A, B>($_self)` or `$_self.hasTrait<A>()`, MLIR's own without their namespace."""
    text = bare(expression)
    if match := _TRAIT.fullmatch(text):
        return [match[1]]
    match = _ISA.fullmatch(text)
    if match is None:
        return []
    names = [name.strip().removeprefix("::") for name in match[1].split(",")]
    return [re.sub(r"^mlir::(?=\w+$)", "", name) for name in names]


def element_condition(expression: str) -> str | None:
    """A condition on the element type, as a condition on a type; None where it is none."""
    if match := _ELEMENT_ISA.fullmatch(expression):
        return f"{match[1]}($_self)"
    if match := _ELEMENT_CALL.fullmatch(expression):
        return f"$_self{match[1]}"
    return None


def shape_of(expression: str) -> tuple[int, ...]:
    """The extents that a condition wants; none where it is about something else."""
    match = _SHAPE.fullmatch(bare(expression))
    return tuple(map(int, match[1].split(","))) if match is not None else ()


def is_scalable(expression: str) -> bool:
    """Whether only scalable vectors meet a condition, which wants more of them."""
    return _SCALABLE.fullmatch(bare(expression)) is not None


def held_by(expression: str) -> str | None:
    """The container whose element type an expression takes, as far as that is one; None for all shaped types."""
    match = _HELD_BY.search(expression)
    return CONTAINER_CLASSES.get(match[1]) if match is not None and match[1] != "ShapedType" else None


def modifier_of(expression: str) -> Modifier | None:
    """A condition on rank, shape or length; None where it is none."""
    text = bare(expression)
    for pattern, word, offset in _MODIFIERS:
        if match := pattern.fullmatch(text):
            return Modifier(word, tuple(int(group) + offset for group in match.groups()))
    return None


def word_of(expression: str) -> TypeConstraint | None:
    """A builtin type or a family of them; None where the condition is about something else."""
    if expression in _CALLS:
        return _CALLS[expression]
    if match := _INTEGER.fullmatch(expression):
        if match[2]:
            return IntegerOf(_PREFIX[match[1]], int(match[2]))
        return Builtin(f"{match[1].lower()}_integer" if match[1] else "integer")
    if match := _FLOAT.fullmatch(expression):
        return Builtin(match[1].lower())
    classes = isa_classes(expression)
    if len(classes) == 1:
        if classes[0] in _WORDS:
            return Builtin(_WORDS[classes[0]])
        if match := _SMALL_FLOAT.fullmatch(classes[0]):
            return Builtin(f"f{match[1]}")
    return None
