"""What builders, operations and derivatives give, taken for something else."""

from __future__ import annotations

from enzyme_mlir import Value, grad, ir, jit, lowering, new_context, use_host, verification, verify
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample


def wrong(x: Value, f64: ir.Type, module: ir.Module) -> None:
    number: int = enzyme.push(x, x)  # E: Incompatible types in assignment
    enzyme.get(number)  # E: Argument 1 to "get" has incompatible type "int"
    enzyme.push(module, x)  # E: Argument 1 to "push" has incompatible type Module
    enzyme.init(module)  # E: Argument 1 to "init" has incompatible type Module
    print(enzyme.GetOp(x).output)  # E: "GetOp" has no attribute "output"
    print(enzyme.PushOp(x, x).operation.blok)  # E: has no attribute "blok"
    print(module.bdy)  # E: Module has no attribute "bdy"
    print(f64.width)  # E: "Type" has no attribute "width"
    text: str = lowering.run(module).body  # E: Incompatible types in assignment
    with new_context() as context, sample(context):  # E: Argument 1 to "sample" has incompatible type
        pass
    use_host(3)  # E: Argument 1 to "use_host" has incompatible type "int"
    for finding in verify(module):
        print(finding.mesage)  # E: "Finding" has no attribute "mesage"
    with verification("off"):  # E: Argument 1 to "verification" has incompatible type "str"
        print(text)
    jit.compile(module, 3)  # E: Argument 2 to "compile" has incompatible type "int"
    grad(module).iir()  # E: "Gradient" has no attribute "iir"
    print(enzyme.PopOp(x).cahce)  # E: "PopOp" has no attribute "cahce"
