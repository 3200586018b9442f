"""Words that are none of those that are accepted."""

from __future__ import annotations

from enzyme_mlir import grad, hvp, jacobian, jvp, lowering, value_and_grad, vjp, vmap
from enzyme_mlir.dialects import enzyme, impulse
from enzyme_mlir.testing import check_gradient

TEXT = ""


def wrong() -> None:
    grad(TEXT, unsound="refused")  # E: Argument "unsound" to "grad" has incompatible type "Literal['refused']"
    value_and_grad(TEXT, unsound="no")  # E: Argument "unsound" to "value_and_grad" has incompatible type
    vjp(TEXT, unsound=False)  # E: Argument "unsound" to "vjp" has incompatible type "Literal[False]"
    jvp(TEXT, unsound="Warn")  # E: Argument "unsound" to "jvp" has incompatible type "Literal['Warn']"
    hvp(TEXT, unsound=0)  # E: Argument "unsound" to "hvp" has incompatible type "Literal[0]"
    vmap(TEXT, unsound="alow")  # E: Argument "unsound" to "vmap" has incompatible type "Literal['alow']"
    lowering.run(TEXT, unsound="ignore")  # E: Argument "unsound" to "run" has incompatible type "Literal['ignore']"
    jacobian(TEXT, mode="backward")  # E: Argument "mode" to "jacobian" has incompatible type "Literal['backward']"
    check_gradient(TEXT, at=(1.0,), modes="both")  # E: Argument "modes" to "check_gradient" has incompatible type
    check_gradient(TEXT, at=(1.0,), modes=["forwards"])  # E: List item 0 has incompatible type "Literal['forwards']"
    print(grad(TEXT).ir("lowerd"))  # E: Argument 1 to "ir" of "Derived" has incompatible type "Literal['lowerd']"
    print(vmap(TEXT).ir("raw"))  # E: Argument 1 to "ir" of "Batched" has incompatible type "Literal['raw']"
    ordering: enzyme.AtomicOrderingText = "monotone"  # E: Incompatible types in assignment
    kind: enzyme.AtomicRMWKindText = "add"  # E: Incompatible types in assignment
    print(impulse.SupportAttr.get("intervall"), ordering, kind)  # E: Argument 1 to "get" of "SupportAttr"
