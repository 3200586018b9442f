"""Calls with arguments that are missing, unknown, or in the wrong place."""

from __future__ import annotations

from enzyme_mlir import Value, building, ir
from enzyme_mlir.dialects import enzyme


def wrong(x: Value, f64: ir.Type) -> None:
    enzyme.autodiff("f", [x], ["active"], results=f64)  # E: Missing positional argument "ret_activity"
    enzyme.AutoDiffOp("f", [x], ["active"], results=f64)  # E: Missing positional argument "ret_activity"
    enzyme.broadcast(f64, x)  # E: Missing positional argument "shape"
    enzyme.autodiff("f", [x], ["active"], ["active"], f64)  # E: Too many positional arguments for "autodiff"
    enzyme.push(x)  # E: Missing positional argument "value"
    enzyme.init()  # E: Missing positional argument "result_type"
    enzyme.init(f64, None)  # E: Too many positional arguments for "init"
    enzyme.autodiff("f", [x], [], [], results=f64, widht=2)  # E: Unexpected keyword argument "widht"
    enzyme.ArgumentOriginAttr.get("f")  # E: Missing positional argument "arg_number"
    enzyme.no_such_operation(x)  # E: Module has no attribute "no_such_operation"
    with building("end"):  # E: Argument 1 to "building" has incompatible type "str"
        pass
    with building(None, None):  # E: Too many positional arguments for "building"
        pass
