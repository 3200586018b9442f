"""Functions of complex numbers with their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Z = "complex<f64>"
INDICES = (
    "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c2 = arith.constant 2 : index "
    "%c3 = arith.constant 3 : index %k = complex.constant [1.5, -0.5] : complex<f64> %zero = arith.constant 0.0 : f64\n"
)
K = 1.5 - 0.5j
POINT, OTHER = 0.7 + 0.4j, -0.3 + 1.1j


@dataclass(frozen=True, slots=True)
class Analytic:
    """An analytic function `@f` of one or two complex numbers, `%z` and `%w`."""

    name: str
    body: str
    value: Callable[..., Any]
    slopes: Callable[..., Any]
    """The complex derivative by each argument."""
    points: tuple[tuple[complex, ...], ...] = ((POINT,),)
    others: str = ""
    kind: str = Z
    tolerance: float = 1e-13

    @property
    def arity(self) -> int:
        """How many arguments it has."""
        return len(self.points[0])

    @property
    def text(self) -> str:
        """The function."""
        takes = ", ".join(f"%{name}: {self.kind}" for name in "zw"[: self.arity])
        return (
            f"{self.others}func.func @f({takes}) -> {self.kind} {{\n{INDICES}{self.body}\nreturn %r : {self.kind}\n}}\n"
        )


EVERYWHERE = ((0.7 + 0.4j,), (-0.7 + 0.4j,), (-0.7 - 0.4j,), (2.0 + 0j,), (1j,), (3 - 2j,), (-1e-3 + 2e-3j,))
FAR = ((1e200 + 2e200j,), (-1e-200 + 2e-200j,))


def operation(name: str, value: Callable[..., Any], slope: Callable[..., Any], points: Any = EVERYWHERE) -> Analytic:
    """An operation on one complex number."""
    return Analytic(name, f"%r = complex.{name} %z : {Z}", value, lambda z: (slope(z),), points)


def both(name: str, value: Any, slopes: Any, *points: tuple[complex, complex]) -> Analytic:
    """An operation on two complex numbers."""
    return Analytic(name, f"%r = complex.{name} %z, %w : {Z}", value, slopes, points or ((POINT, OTHER),))


def flow(name: str, body: str, value: Any, *slopes: Any, others: str = "") -> Analytic:
    """A function with control flow or memory; as many arguments as derivatives."""
    points = ((POINT, OTHER)[: len(slopes)],)
    return Analytic(name, body, value, lambda *given: [each(*given) for each in slopes], points, others)


def power(exponent: int) -> Analytic:
    """A power with a whole number."""
    return Analytic(
        f"powi {exponent}",
        f"%n = arith.constant {exponent} : i32 %r = complex.powi %z, %n : {Z}, i32",
        lambda z: z**exponent,
        lambda z: (exponent * z ** (exponent - 1),),
        EVERYWHERE[:3],
    )


OPERATIONS = (
    operation("neg", lambda z: -z, lambda z: -1, EVERYWHERE[:1]),
    operation("exp", np.exp, np.exp),
    operation("expm1", lambda z: np.exp(z) - 1, np.exp, EVERYWHERE[:6]),
    operation("log", np.log, lambda z: 1 / z, EVERYWHERE + FAR),
    operation("log1p", np.log1p, lambda z: 1 / (1 + z)),
    operation("sin", np.sin, np.cos),
    operation("cos", np.cos, lambda z: -np.sin(z)),
    operation("tan", np.tan, lambda z: 1 / np.cos(z) ** 2, (*EVERYWHERE, (3 - 20j,))),
    operation("tanh", np.tanh, lambda z: 1 / np.cosh(z) ** 2, (*EVERYWHERE, (20 - 3j,))),
    operation("sqrt", np.sqrt, lambda z: 0.5 / np.sqrt(z), EVERYWHERE + FAR),
    operation("rsqrt", lambda z: 1 / np.sqrt(z), lambda z: -0.5 / (z * np.sqrt(z)), EVERYWHERE),
    both("add", lambda z, w: z + w, lambda z, w: (1, 1)),
    both("sub", lambda z, w: z - w, lambda z, w: (1, -1)),
    both("mul", lambda z, w: z * w, lambda z, w: (w, z)),
    both(
        "div",
        lambda z, w: z / w,
        lambda z, w: (1 / w, -z / w / w),
        (POINT, OTHER),
        (POINT, 2 + 0j),
        (POINT, 2j),
        (1e200 + 2e200j, 1e200 - 1e200j),
        (1e-200 + 2e-200j, 1e-100 - 1e-100j),
    ),
    both("pow", lambda z, w: z**w, lambda z, w: (w * z ** (w - 1), z**w * np.log(z))),
    both(
        "atan2",
        lambda y, x: np.arctan(y / x),
        lambda y, x: (x / (x * x + y * y), -y / (x * x + y * y)),
        (POINT, 1.1 + 0.3j),
    ),
    power(3),
    power(-2),
    Analytic(
        "half as many digits",
        "%r = complex.sin %z : complex<f32>",
        np.sin,
        lambda z: (np.cos(z),),
        kind="complex<f32>",
        tolerance=1e-6,
    ),
)

POWER = f"""func.func private @power(%x: {Z}, %n: index) -> {Z} {{
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %one = complex.constant [1.0, 0.0] : {Z}
  %p = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %p -> ({Z}) {{ scf.yield %one : {Z} }} else {{
    %m = arith.subi %n, %c1 : index %q = func.call @power(%x, %m) : ({Z}, index) -> {Z}
    %w = complex.mul %q, %x : {Z} scf.yield %w : {Z} }}
  return %r : {Z}
}}
"""
MEMORY = "memref<2xcomplex<f64>>"
TENSOR = "tensor<2xcomplex<f64>>"


def iterated(z: complex, w: complex) -> tuple[complex, complex, complex]:
    """Three times z = sin(z w), with the derivatives."""
    dz, dw = 1 + 0j, 0j
    for _ in range(3):
        slope = np.cos(z * w)
        z, dz, dw = np.sin(z * w), slope * w * dz, slope * (w * dw + z)
    return z, dz, dw


FLOWS = (
    flow(
        "arithmetic",
        f"%a = complex.mul %z, %z : {Z} %b = complex.add %a, %k : {Z} %r = complex.div %a, %b : {Z}",
        lambda z: z * z / (z * z + K),
        lambda z: 2 * z * K / (z * z + K) ** 2,
    ),
    flow(
        "arith.select",
        f"""%a = complex.abs %z : {Z} %b = complex.abs %w : {Z} %c = arith.cmpf ogt, %a, %b : f64
        %r = arith.select %c, %z, %w : {Z}""",
        lambda z, w: w,
        lambda z, w: 0,
        lambda z, w: 1,
    ),
    flow(
        "comparisons",
        f"""%c = complex.eq %z, %w : {Z} %d = complex.neq %z, %k : {Z} %e = arith.andi %c, %d : i1
        %r = arith.select %e, %k, %w : {Z}""",
        lambda z, w: w,
        lambda z, w: 0,
        lambda z, w: 1,
    ),
    flow(
        "scf.if",
        f"""%x = complex.re %z : {Z} %c = arith.cmpf ogt, %x, %zero : f64
        %r = scf.if %c -> ({Z}) {{ %m = complex.mul %z, %z : {Z} scf.yield %m : {Z} }} else {{ scf.yield %k : {Z} }}""",
        lambda z: z * z,
        lambda z: 2 * z,
    ),
    flow(
        "scf.for",
        f"""%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %z) -> ({Z}) {{
          %m = complex.mul %a, %w : {Z} %s = complex.sin %m : {Z} scf.yield %s : {Z} }}""",
        lambda z, w: iterated(z, w)[0],
        lambda z, w: iterated(z, w)[1],
        lambda z, w: iterated(z, w)[2],
    ),
    flow(
        "scf.for from a constant",
        f"""%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %k) -> ({Z}) {{
          %m = complex.mul %a, %z : {Z} scf.yield %m : {Z} }}""",
        lambda z: K * z**3,
        lambda z: 3 * K * z**2,
    ),
    flow(
        "scf.while",
        f"""%r, %n = scf.while (%a = %z, %i = %c0) : ({Z}, index) -> ({Z}, index) {{
          %q = arith.cmpi slt, %i, %c3 : index scf.condition(%q) %a, %i : {Z}, index
        }} do {{ ^bb0(%a: {Z}, %i: index):
          %m = complex.mul %a, %z : {Z} %j = arith.addi %i, %c1 : index scf.yield %m, %j : {Z}, index }}""",
        lambda z: z**4,
        lambda z: 4 * z**3,
    ),
    flow(
        "affine.for",
        f"""%r = affine.for %i = 0 to 3 iter_args(%a = %z) -> ({Z}) {{
          %m = complex.mul %a, %w : {Z} affine.yield %m : {Z} }}""",
        lambda z, w: z * w**3,
        lambda z, w: w**3,
        lambda z, w: 3 * z * w**2,
    ),
    flow(
        "several blocks",
        f"""%x = complex.re %z : {Z} %c = arith.cmpf ogt, %x, %zero : f64 cf.cond_br %c, ^a, ^b(%k : {Z})
        ^a: %m = complex.mul %z, %z : {Z} cf.br ^b(%m : {Z})
        ^b(%r: {Z}):""",
        lambda z: z * z,
        lambda z: 2 * z,
    ),
    flow(
        "a call",
        f"%r = func.call @h(%z, %w) : ({Z}, {Z}) -> {Z}",
        lambda z, w: z * w,
        lambda z, w: w,
        lambda z, w: z,
        others=f"func.func private @h(%x: {Z}, %y: {Z}) -> {Z} {{ %r = complex.mul %x, %y : {Z} return %r : {Z} }}\n",
    ),
    flow(
        "recursion",
        f"%r = func.call @power(%z, %c3) : ({Z}, index) -> {Z}",
        lambda z: z**3,
        lambda z: 3 * z**2,
        others=POWER,
    ),
    flow(
        "memory of its own",
        f"""%m = memref.alloc() : {MEMORY} memref.store %z, %m[%c0] : {MEMORY} memref.store %k, %m[%c1] : {MEMORY}
        %x = memref.load %m[%c0] : {MEMORY} %y = memref.load %m[%c1] : {MEMORY}
        %t = complex.mul %x, %y : {Z} %r = complex.mul %t, %x : {Z}""",
        lambda z: K * z * z,
        lambda z: 2 * K * z,
    ),
    flow(
        "a view and a copy of memory",
        f"""%m = memref.alloc() : memref<4xcomplex<f64>> %n = memref.alloc() : {MEMORY}
        %v = memref.subview %m[1] [2] [1] : memref<4xcomplex<f64>> to memref<2xcomplex<f64>, strided<[1], offset: 1>>
        memref.store %z, %v[%c0] : memref<2xcomplex<f64>, strided<[1], offset: 1>>
        memref.store %z, %v[%c1] : memref<2xcomplex<f64>, strided<[1], offset: 1>>
        memref.copy %v, %n : memref<2xcomplex<f64>, strided<[1], offset: 1>> to {MEMORY}
        %x = memref.load %n[%c1] : {MEMORY} %r = complex.mul %x, %x : {Z}""",
        lambda z: z * z,
        lambda z: 2 * z,
    ),
    flow(
        "structured operations",
        f"""%m = memref.alloc() : {MEMORY} linalg.fill ins(%z : {Z}) outs(%m : {MEMORY})
        linalg.mul ins(%m, %m : {MEMORY}, {MEMORY}) outs(%m : {MEMORY}) %r = memref.load %m[%c1] : {MEMORY}""",
        lambda z: z * z,
        lambda z: 2 * z,
    ),
    flow(
        "constant global memory",
        f"%m = memref.get_global @g : {MEMORY} %x = memref.load %m[%c1] : {MEMORY} %r = complex.mul %x, %z : {Z}",
        lambda z: (3 + 4j) * z,
        lambda z: 3 + 4j,
        others=f'memref.global "private" constant @g : {MEMORY} = dense<[(1.0, 2.0), (3.0, 4.0)]>\n',
    ),
    flow(
        "global memory",
        f"""%m = memref.get_global @g : {MEMORY} memref.store %z, %m[%c1] : {MEMORY}
        %x = memref.load %m[%c1] : {MEMORY} %r = complex.mul %x, %z : {Z}""",
        lambda z: z * z,
        lambda z: 2 * z,
        others=f'memref.global "private" @g : {MEMORY} = uninitialized\n',
    ),
    flow(
        "a tensor of elements",
        f"""%t = tensor.from_elements %z, %w : {TENSOR} %x = tensor.extract %t[%c0] : {TENSOR}
        %y = tensor.extract %t[%c1] : {TENSOR} %r = complex.mul %x, %y : {Z}""",
        lambda z, w: z * w,
        lambda z, w: w,
        lambda z, w: z,
    ),
    flow(
        "a constant tensor",
        f"""%t = arith.constant dense<[(1.0, 2.0), (0.5, -1.0)]> : {TENSOR}
        %x = tensor.extract %t[%c1] : {TENSOR} %r = complex.mul %x, %z : {Z}""",
        lambda z: (0.5 - 1j) * z,
        lambda z: 0.5 - 1j,
    ),
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A function of the plane, which need not be analytic, with its Jacobian: rows of results, columns of arguments."""

    name: str
    body: str
    takes: tuple[str, ...]
    gives: str
    jacobian: Callable[..., Any]
    points: tuple[tuple[Any, ...], ...] = (
        (0.7 + 0.4j,),
        (-0.7 - 0.4j,),
        (2.0 + 0j,),
        (1e200 - 2e200j,),
        (1e-200 + 1e-200j,),
    )

    @property
    def text(self) -> str:
        """The function, of `%a0` and so on."""
        takes = ", ".join(f"%a{position}: {kind}" for position, kind in enumerate(self.takes))
        return f"func.func @f({takes}) -> {self.gives} {{\n{INDICES}{self.body}\nreturn %r : {self.gives}\n}}\n"


def sign_jacobian(z: complex) -> Any:
    """Of z / |z|."""
    u = z / abs(z)
    return np.array([[u.imag**2, -u.real * u.imag], [-u.real * u.imag, u.real**2]]) / abs(z)


def squared(x: float, y: float) -> Any:
    """Of the imaginary part of exp((x + i y)^2)."""
    slope = 2 * (x + 1j * y) * np.exp((x + 1j * y) ** 2)
    return [[slope.imag, slope.real]]


PLAIN = (
    Plain("conj", f"%r = complex.conj %a0 : {Z}", (Z,), Z, lambda z: [[1, 0], [0, -1]]),
    Plain("re", f"%r = complex.re %a0 : {Z}", (Z,), "f64", lambda z: [[1, 0]]),
    Plain("im", f"%r = complex.im %a0 : {Z}", (Z,), "f64", lambda z: [[0, 1]]),
    Plain("abs", f"%r = complex.abs %a0 : {Z}", (Z,), "f64", lambda z: [[z.real / abs(z), z.imag / abs(z)]]),
    Plain(
        "angle",
        f"%r = complex.angle %a0 : {Z}",
        (Z,),
        "f64",
        lambda z: [[-z.imag / abs(z) / abs(z), z.real / abs(z) / abs(z)]],
    ),
    Plain("sign", f"%r = complex.sign %a0 : {Z}", (Z,), Z, sign_jacobian),
    Plain(
        "create", f"%r = complex.create %a0, %a1 : {Z}", ("f64", "f64"), Z, lambda x, y: [[1, 0], [0, 1]], ((0.3, 0.4),)
    ),
    Plain(
        "complex numbers inside",
        f"""%z = complex.create %a0, %a1 : {Z} %m = complex.mul %z, %z : {Z} %e = complex.exp %m : {Z}
        %r = complex.im %e : {Z}""",
        ("f64", "f64"),
        "f64",
        squared,
        ((0.3, 0.4),),
    ),
    Plain(
        "a complex and a real number",
        f"%x = complex.re %a0 : {Z} %y = arith.mulf %x, %a1 : f64 %r = complex.create %y, %x : {Z}",
        (Z, "f64"),
        Z,
        lambda z, x: [[x, 0, z.real], [1, 0, 0]],
        ((POINT, 0.5),),
    ),
)
