"""Type constraints out of records, by decoding their predicates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    IntegerOf,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.records import Record

__all__ = ["TypeReader"]

_INTEGER = re.compile(r"\$_self\.is(Signless|Signed|Unsigned)Integer\((\d*)\)")
_PREFIX = {"Signless": "i", "Signed": "si", "Unsigned": "ui"}
_CLASSES = {
    "IndexType": "index",
    "NoneType": "none",
    "FunctionType": "function",
    "IntegerType": "integer",
    "FloatType": "float",
    "ComplexType": "complex",
    "TupleType": "tuple",
    "BFloat16Type": "bf16",
    "Float16Type": "f16",
    "FloatTF32Type": "tf32",
    "Float32Type": "f32",
    "Float64Type": "f64",
    "Float80Type": "f80",
    "Float128Type": "f128",
}
_CONTAINERS = {
    "ShapedType": "shaped",
    "TensorType": "tensor",
    "RankedTensorType": "ranked_tensor",
    "UnrankedTensorType": "unranked_tensor",
    "MemRefType": "memref",
    "UnrankedMemRefType": "unranked_memref",
    "BaseMemRefType": "ranked_or_unranked_memref",
    "VectorType": "vector",
}
_EXPRESSIONS: dict[str, TypeConstraint] = {
    "true": AnyConstraint(),
    "$_self.isIndex()": Builtin("index"),
    "$_self.isSignlessIntOrIndex()": AnyOf((Builtin("signless_integer"), Builtin("index"))),
    "$_self.isIntOrIndex()": AnyOf((Builtin("integer"), Builtin("index"))),
    "$_self.isIntOrFloat()": AnyOf((Builtin("integer"), Builtin("float"))),
    "$_self.isSignlessIntOrFloat()": AnyOf((Builtin("signless_integer"), Builtin("float"))),
    "$_self.isIntOrIndexOrFloat()": AnyOf((Builtin("integer"), Builtin("index"), Builtin("float"))),
    "$_self.isSignlessIntOrIndexOrFloat()": AnyOf(
        (Builtin("signless_integer"), Builtin("index"), Builtin("float")),
    ),
}
_ISA = re.compile(r"(?:::)?(?:llvm|mlir)::isa<(?:::)?mlir::(\w+)>\(\$_self\)")
_FLOAT = re.compile(r"\$_self\.isF(16|32|64|80|128)\(\)")
_ELEMENT = re.compile(r".*::llvm::cast<::mlir::(?:Shaped|Complex)Type>\(\$_self\)\.getElementType\(\)\)?")


def _bare(expression: str) -> str:
    """The expression without the parentheses around all of it."""
    text = expression.strip()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    return text if text.count("(") == text.count(")") else expression.strip().strip("()") + ")"


class TypeReader:
    """Reads type constraints; what it cannot decode becomes an `OpaqueConstraint`."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def read(self, record: Record) -> TypeConstraint:
        """The constraint that a `TypeConstraint` record states."""
        if record.isa("TypeDef"):
            reference = self._definitions.reference(record)
            if reference is not None:
                return reference
        if record.isa("AnyTypeOf"):
            return _union(self.read(option) for option in record.list("allowedTypes"))
        predicate = record.record("predicate")
        found = self._predicate(predicate) if predicate is not None else None
        return found if found is not None else OpaqueConstraint(record.stable_name)

    def _predicate(self, predicate: Record) -> TypeConstraint | None:
        if predicate.isa("CPred"):
            return self._expression(predicate.text("predExpr"))
        if predicate.isa("Or"):
            options = [self._predicate(child) for child in predicate.list("children")]
            known = [option for option in options if option is not None]
            return _union(known) if len(known) == len(options) else None
        if predicate.isa("And"):
            return self._conjunction(predicate.list("children"))
        if predicate.isa("SubstLeaves"):
            (child,) = predicate.list("children")
            return self._predicate(child)
        return None

    def _conjunction(self, children: tuple[Record, ...]) -> TypeConstraint | None:
        """A container and what its elements are."""
        if len(children) == 1:
            return self._predicate(children[0])
        containers = [word for child in children if (word := self._container(child)) is not None]
        elements = [child for child in children if self._container(child) is None]
        if len(containers) != 1 or len(elements) != 1:
            return None
        element = self._element(elements[0])
        return Shaped(containers[0], element) if element is not None else None

    def _container(self, predicate: Record) -> str | None:
        if predicate.isa("CPred"):
            match = _ISA.fullmatch(_bare(predicate.text("predExpr")))
            return _CONTAINERS.get(match[1]) if match else None
        children = predicate.list("children")
        return self._container(children[0]) if predicate.isa("And") and len(children) == 1 else None

    def _element(self, predicate: Record) -> TypeConstraint | None:
        """What `Concat("[](Type elementType) { return ", ..., "; }(... getElementType())")` asks of elements."""
        if not predicate.isa("Concat") or not _ELEMENT.fullmatch(predicate.text("suffix")):
            return None
        (child,) = predicate.list("children")
        return self._predicate(child)

    def _expression(self, expression: str) -> TypeConstraint | None:
        bare = _bare(expression)
        if bare in _EXPRESSIONS:
            return _EXPRESSIONS[bare]
        if match := _INTEGER.fullmatch(bare):
            if match[2]:
                return IntegerOf(_PREFIX[match[1]], int(match[2]))
            return Builtin(f"{match[1].lower()}_integer")
        if match := _FLOAT.fullmatch(bare):
            return Builtin(f"f{match[1]}")
        definition = self._definitions.of_predicate(bare)
        if definition is not None:
            return self._definitions.reference(definition)
        match = _ISA.fullmatch(bare)
        if match is None:
            return None
        if match[1] in _CONTAINERS:
            return Shaped(_CONTAINERS[match[1]], AnyConstraint())
        return Builtin(_CLASSES[match[1]]) if match[1] in _CLASSES else None


def _union(options: Iterable[TypeConstraint]) -> TypeConstraint:
    """One of several constraints, flat and without repetition."""
    flat: list[TypeConstraint] = []
    for option in options:
        for part in option.options if isinstance(option, AnyOf) else (option,):
            if part not in flat:
                flat.append(part)  # type: ignore[arg-type]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))
