"""Attributes of the wrong kind, enum cases that do not exist, and parameters of attributes and types."""

from __future__ import annotations

from enzyme_mlir import Value, ir
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import Activity, AtomicOrdering


def wrong(x: Value, f64: ir.Type) -> None:
    one = [Activity.DUP]
    enzyme.fwddiff(3, [x], one, one, results=f64)  # E: Argument 1 to "fwddiff" has incompatible type "int"
    enzyme.fwddiff("f", [x], [1.5], one, results=f64)  # E: List item 0 has incompatible type "float"
    enzyme.fwddiff("f", [x], Activity.DUP, one, results=f64)  # E: Argument 3 to "fwddiff"
    enzyme.fwddiff("f", [x], one, one, results=f64, width="2")  # E: Argument "width" to "fwddiff"
    enzyme.fwddiff("f", [x], one, one, results=f64, strong_zero=1)  # E: Argument "strong_zero" to "fwddiff"
    enzyme.fwddiff("f", [x], ["dpu"], one, results=f64)  # E: List item 0 has incompatible type "Literal['dpu']"
    enzyme.fwddiff("f", [x], "dup", one, results=f64)  # E: Argument 3 to "fwddiff" has incompatible type "str"
    enzyme.fwddiff("f", [x], one, ["enzyme_dupp"], results=f64)  # E: List item 0 has incompatible type
    text: enzyme.ActivityText = "activ"  # E: Incompatible types in assignment
    enzyme.activity_array_attribute([text, "dup", "costn"])  # E: List item 2 has incompatible type "Literal['costn']"
    enzyme.dump(x, 3)  # E: Argument 2 to "dump" has incompatible type "int"
    enzyme.broadcast(f64, x, ["3"])  # E: List item 0 has incompatible type "str"
    enzyme.extract(f64, x, 1.5)  # E: Argument 3 to "extract" has incompatible type "float"
    print(Activity.DUPP)  # E: "type[Activity]" has no attribute "DUPP"
    print(enzyme.Activty)  # E: Module has no attribute "Activty"
    found: Activity = AtomicOrdering.ACQUIRE  # E: Incompatible types in assignment
    number: str = found.value  # E: Incompatible types in assignment
    enzyme.ActivityAttr.get(1.5)  # E: Argument 1 to "get" of "ActivityAttr" has incompatible type "float"
    enzyme.ArgumentOriginAttr.get("f", number)  # E: Argument 2 to "get" of "ArgumentOriginAttr"
    enzyme.CacheType.get("f64")  # E: Argument 1 to "get" of "CacheType" has incompatible type "str"
