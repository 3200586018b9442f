"""What a learner tries: texts that MLIR reads as attributes and types, one for each kind of parameter."""

from __future__ import annotations

import pytest

from opspec.learn import definitions
from opspec.learn.hints import FURTHER_VALUES
from opspec.learn.lattice import CORE, LATTICE
from opspec.model.constraints import AttributeParameter, ParameterKind
from opspec.probe.repair import VALUES
from opspec.tablegen.parameters import constraint_of

mlir = pytest.importorskip("mlir.ir")

OF_OTHERS = {
    *("tensor<tuple<f64>>", "tensor<4xnone>"),
    *(text for text in LATTICE if text.startswith("vector") and "complex" in text),
}
"""What this MLIR does not take for a type, and a binary with another one may."""


@pytest.mark.parametrize("text", sorted({*VALUES, *FURTHER_VALUES, *definitions._OTHERS} - {"()"}))
def test_a_value_is_an_attribute(text: str) -> None:
    with mlir.Context() as context:
        context.allow_unregistered_dialects = True
        mlir.Attribute.parse(text)


@pytest.mark.parametrize("text", sorted({*CORE, *LATTICE} - OF_OTHERS))
def test_a_type_is_a_type(text: str) -> None:
    with mlir.Context() as context:
        context.allow_unregistered_dialects = True
        mlir.Type.parse(text)


@pytest.mark.parametrize(
    "cpp",
    [
        *("bool", "::llvm::StringRef", "::mlir::Type", "float", "double", "::mlir::Attribute"),
        *("StringAttr", "SymbolRefAttr", "FlatSymbolRefAttr", "ArrayAttr", "DictionaryAttr", "BoolAttr"),
        *("FloatAttr", "IntegerAttr", "TypeAttr", "AffineMapAttr"),
    ],
)
def test_each_kind_of_parameter_has_a_text_to_begin_with(cpp: str) -> None:
    constraint = constraint_of(cpp, lambda _: False, lambda _: None)
    assert isinstance(constraint, (AttributeParameter, ParameterKind))
    text = definitions._SAMPLES[constraint]
    with mlir.Context():
        (mlir.Type if constraint is ParameterKind.TYPE else mlir.Attribute).parse(text)
