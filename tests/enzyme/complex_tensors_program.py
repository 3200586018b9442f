"""Derivatives of StableHLO on tensors of complex numbers beside JAX's, on the host `jaxlib.mlir`; a line for each."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from enzyme_mlir import ir, jit, lowering, verify
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.lowering.contexts import full_context

KIND = "tensor<2xcomplex<f32>>"
FUNCTION = f"""
func.func @f(%a: {KIND}, %b: {KIND}) -> {KIND} {{
  %0 = "stablehlo.multiply"(%a, %b) : ({KIND}, {KIND}) -> {KIND}
  %1 = "stablehlo.exponential"(%0) : ({KIND}) -> {KIND}
  %2 = "stablehlo.multiply"(%1, %a) : ({KIND}, {KIND}) -> {KIND}
  return %2 : {KIND}
}}
func.func private @length(%a: {KIND}) -> tensor<2xf32> {{
  %0 = "stablehlo.abs"(%a) : ({KIND}) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}}
"""
A = np.array([1 + 0.5j, -0.3 + 0.2j], np.complex64)
B = np.array([0.2 - 0.7j, 1.1 + 0.1j], np.complex64)
S = np.array([1 + 0.25j, 0.5 - 2j], np.complex64)
T = np.array([0.5, 2], np.float32)


def function(a: jax.Array, b: jax.Array) -> jax.Array:
    """The function `f` in JAX."""
    return jnp.exp(a * b) * a


def compiled(name: str, arguments: str, build: str, pipeline: str = "stablehlo") -> jit.Compiled:
    """A caller with these arguments whose body `build` builds, differentiated by the real Enzyme and compiled."""
    with full_context(), ir.Location.unknown():
        module = ir.Module.parse(f"{FUNCTION}\nfunc.func @main({arguments}) {{ return }}")
        caller = list(module.body.operations)[-1]
        block = caller.regions[0].blocks[0]
        (end,) = block.operations
        with ir.InsertionPoint(end):
            made = eval(build, {"enzyme": enzyme, "x": list(block.arguments)})
            values = [made] if isinstance(made, ir.Value) else list(made)
            ir.Operation.create("func.return", operands=values)
        end.operation.erase()
        kind = ir.FunctionType.get([each.type for each in block.arguments], [each.type for each in values])
        caller.attributes["function_type"] = ir.TypeAttr.get(kind)
        assert verify(module) == (), name
        return jit.compile(lowering.run(module, pipeline), "main")


def show(name: str, found: object, expected: object) -> None:
    """Prints whether two lists of arrays agree."""
    close = all(np.allclose(x, y, rtol=1e-5) for x, y in zip(found, expected, strict=True))  # type: ignore[call-overload]
    print(name, close or (found, expected))


reverse = compiled(
    "reverse",
    f"%a: {KIND}, %b: {KIND}, %s: {KIND}",
    'enzyme.autodiff("f", x, ["active", "active"], ["active"])',
)
value, back = jax.vjp(function, A, B)
show("reverse", reverse(A, B, S), [value, *(np.conj(each) for each in back(np.conj(S)))])

forward = compiled(
    "forward",
    f"%a: {KIND}, %t: {KIND}, %b: {KIND}, %u: {KIND}",
    'enzyme.fwddiff("f", x, ["dup", "dup"], ["dup"])',
)
show("forward", forward(A, S, B, S), jax.jvp(function, (A, B), (S, S)))

length = compiled(
    "length",
    f"%a: {KIND}, %s: tensor<2xf32>",
    'enzyme.autodiff("length", x, ["active"], ["active"])',
)
value, back = jax.vjp(jnp.abs, A)
show("a real function", length(A, T), [value, np.conj(back(T)[0])])

along = compiled("along", f"%a: {KIND}, %t: {KIND}", 'enzyme.fwddiff("length", x, ["dup"], ["dupnoneed"])')
show("a real function, forward", [along(A, S)], [jax.jvp(jnp.abs, (A,), (S,))[1]])
