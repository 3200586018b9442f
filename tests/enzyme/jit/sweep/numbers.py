"""Operations on numbers, alone and on tensors element by element: `arith`, `math`, `complex`, `index`."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .program import COMPLEX, FLOATS, INTEGERS, Program, Reference, array, dtype_of, shaped

__all__ = ["NUMBERS"]

WHOLE = ("i8", "i16", "i32", "i64", "index")
BITS = {"i1": 1, "i8": 8, "i16": 16, "i32": 32, "i64": 64, "index": 64}


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on numbers."""

    name: str
    types: tuple[str, ...]
    compute: Reference
    """What it must give, from NumPy's float64, complex128 or Python's integers."""
    count: int = 2
    """How many operands it takes."""
    result: str = ""
    """The type of its result; its operands' by default."""
    detail: str = ""
    """What stands in front of the operands: a predicate."""
    suffix: str = "{0}"
    """What stands behind the colon, where it is more than the operands' type."""
    start: int = 0
    """The first of the samples to use."""
    positive: bool = False
    """Whether its operands must be positive, and below one."""
    above_one: bool = False
    """Whether its operands must be one or more."""
    tensors: bool = True
    """Whether it takes tensors."""
    tolerance: float = 4.0


def _signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if bits > 1 and value >> (bits - 1) else value


def _divide(a: int, b: int) -> int:
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def _cube_root(x: float) -> float:
    return math.copysign(abs(x) ** (1 / 3), x)


def _unsigned(compute: Reference) -> Any:
    """A reference for integers without a sign; it gets the number of bits as well."""

    def run(*values: int, bits: int) -> int:
        return int(compute(*(value & ((1 << bits) - 1) for value in values)))

    run.__name__ = "unsigned"
    return run


_PREDICATES = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def _comparison(name: str) -> Reference:
    return {
        "eq": lambda a, b: a == b,
        "ne": lambda a, b: a != b,
        "lt": lambda a, b: a < b,
        "le": lambda a, b: a <= b,
        "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b,
    }[name]


ARITHMETIC = (
    Operation("arith.addf", FLOATS, lambda a, b: a + b),
    Operation("arith.subf", FLOATS, lambda a, b: a - b),
    Operation("arith.mulf", FLOATS, lambda a, b: a * b),
    Operation("arith.divf", FLOATS, lambda a, b: a / b),
    Operation("arith.remf", FLOATS, math.fmod),
    Operation("arith.negf", FLOATS, lambda a: -a, 1),
    *(
        Operation(f"arith.{name}", FLOATS, compute)
        for name, compute in {"maximumf": max, "maxnumf": max, "minimumf": min, "minnumf": min}.items()
    ),
    *(
        Operation("arith.cmpf", FLOATS, _comparison(name), result="i1", detail=f"{order}{name}, ")
        for name in _PREDICATES
        for order in "ou"
    ),
    Operation("arith.addi", INTEGERS, lambda a, b: a + b),
    Operation("arith.subi", INTEGERS, lambda a, b: a - b),
    Operation("arith.muli", INTEGERS, lambda a, b: a * b),
    Operation("arith.andi", INTEGERS, lambda a, b: a & b),
    Operation("arith.ori", INTEGERS, lambda a, b: a | b),
    Operation("arith.xori", INTEGERS, lambda a, b: a ^ b),
    Operation("arith.divsi", WHOLE, _divide),
    Operation("arith.floordivsi", WHOLE, lambda a, b: a // b),
    Operation("arith.ceildivsi", WHOLE, lambda a, b: -(-a // b)),
    Operation("arith.remsi", WHOLE, lambda a, b: a - _divide(a, b) * b),
    Operation("arith.divui", WHOLE, _unsigned(lambda a, b: a // b)),
    Operation("arith.ceildivui", WHOLE, _unsigned(lambda a, b: -(-a // b))),
    Operation("arith.remui", WHOLE, _unsigned(lambda a, b: a % b)),
    Operation("arith.shli", WHOLE, lambda a, b: a << b, start=2),
    Operation("arith.shrsi", WHOLE, lambda a, b: a >> b, start=2),
    Operation("arith.shrui", WHOLE, _unsigned(lambda a, b: a >> b), start=2),
    Operation("arith.maxsi", WHOLE, max),
    Operation("arith.minsi", WHOLE, min),
    Operation("arith.maxsi", ("i1",), lambda a, b: a & b),
    Operation("arith.minsi", ("i1",), lambda a, b: a | b),
    Operation("arith.maxui", INTEGERS, _unsigned(max)),
    Operation("arith.minui", INTEGERS, _unsigned(min)),
    *(Operation("arith.cmpi", INTEGERS, _comparison(name), result="i1", detail=f"{name}, ") for name in ("eq", "ne")),
    *(
        Operation("arith.cmpi", WHOLE, _comparison(name), result="i1", detail=f"s{name}, ")
        for name in ("lt", "le", "gt", "ge")
    ),
    *(
        Operation("arith.cmpi", INTEGERS, _unsigned(_comparison(name)), result="i1", detail=f"u{name}, ")
        for name in ("lt", "le", "gt", "ge")
    ),
)

_INDEX: dict[str, Reference] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "divs": _divide,
    "floordivs": lambda a, b: a // b,
    "ceildivs": lambda a, b: -(-a // b),
    "rems": lambda a, b: a - _divide(a, b) * b,
    "divu": _unsigned(lambda a, b: a // b),
    "ceildivu": _unsigned(lambda a, b: -(-a // b)),
    "remu": _unsigned(lambda a, b: a % b),
    "maxs": max,
    "mins": min,
    "maxu": _unsigned(max),
    "minu": _unsigned(min),
}
INDEX = (
    *(Operation(f"index.{name}", ("index",), compute, suffix="", tensors=False) for name, compute in _INDEX.items()),
    Operation("index.shl", ("index",), lambda a, b: a << b, suffix="", start=2, tensors=False),
    Operation("index.shrs", ("index",), lambda a, b: a >> b, suffix="", start=2, tensors=False),
    Operation("index.shru", ("index",), _unsigned(lambda a, b: a >> b), suffix="", start=2, tensors=False),
    *(
        Operation("index.cmp", ("index",), _comparison(name), result="i1", detail=f"{mark}(", suffix=")", tensors=False)
        for mark, name in {"eq": "eq", "ne": "ne", "slt": "lt", "sle": "le", "sgt": "gt", "sge": "ge"}.items()
    ),
    *(
        Operation(
            "index.cmp",
            ("index",),
            _unsigned(_comparison(name)),
            result="i1",
            detail=f"u{name}(",
            suffix=")",
            tensors=False,
        )
        for name in ("lt", "le", "gt", "ge")
    ),
)

_UNARY: dict[str, Reference] = {
    "absf": abs,
    "atan": math.atan,
    "cbrt": _cube_root,
    "ceil": math.ceil,
    "cos": math.cos,
    "cosh": math.cosh,
    "erf": math.erf,
    "erfc": math.erfc,
    "exp": math.exp,
    "exp2": lambda x: 2.0**x,
    "expm1": math.expm1,
    "floor": math.floor,
    "round": lambda x: math.copysign(math.floor(abs(x) + 0.5), x),
    "roundeven": round,
    "sin": math.sin,
    "sinh": math.sinh,
    "asinh": math.asinh,
    "tan": math.tan,
    "tanh": math.tanh,
    "trunc": math.trunc,
}
_POSITIVE: dict[str, Reference] = {
    "acos": math.acos,
    "asin": math.asin,
    "atanh": math.atanh,
    "log": math.log,
    "log10": math.log10,
    "log1p": math.log1p,
    "log2": math.log2,
    "rsqrt": lambda x: 1 / math.sqrt(x),
    "sqrt": math.sqrt,
}
MATH = (
    *(Operation(f"math.{name}", FLOATS, compute, 1) for name, compute in _UNARY.items()),
    *(Operation(f"math.{name}", FLOATS, compute, 1, positive=True) for name, compute in _POSITIVE.items()),
    Operation("math.acosh", FLOATS, math.acosh, 1, above_one=True),
    *(
        Operation(f"math.{name}", FLOATS, compute, 1, result="i1")
        for name, compute in {
            "isfinite": math.isfinite,
            "isinf": math.isinf,
            "isnan": math.isnan,
            "isnormal": lambda x: x != 0,
        }.items()
    ),
    Operation("math.atan2", FLOATS, math.atan2),
    Operation("math.copysign", FLOATS, math.copysign),
    Operation("math.powf", FLOATS, math.pow, positive=True),
    Operation("math.fma", FLOATS, lambda a, b, c: a * b + c, 3),
    Operation("math.absi", WHOLE, abs, 1),
    Operation("math.ctpop", WHOLE, _unsigned(lambda a: a.bit_count()), 1),
    Operation("math.ipowi", WHOLE, lambda a, b: a**b, start=2),
)


def _sign(z: complex) -> complex:
    return z / abs(z)


_COMPLEX: dict[str, Reference] = {
    "cos": cmath.cos,
    "exp": cmath.exp,
    "expm1": lambda z: cmath.exp(z) - 1,
    "log": cmath.log,
    "log1p": lambda z: cmath.log(1 + z),
    "neg": lambda z: -z,
    "conj": lambda z: z.conjugate(),
    "rsqrt": lambda z: 1 / cmath.sqrt(z),
    "sign": _sign,
    "sin": cmath.sin,
    "sqrt": cmath.sqrt,
    "tan": cmath.tan,
    "tanh": cmath.tanh,
}
PART = {"complex<f32>": "f32", "complex<f64>": "f64"}
COMPLEXES = (
    *(
        Operation(f"complex.{name}", COMPLEX, compute, 1, tensors=False, tolerance=32)
        for name, compute in _COMPLEX.items()
    ),
    *(
        Operation(f"complex.{name}", (type_,), compute, 1, result=part, tensors=False, tolerance=32)
        for type_, part in PART.items()
        for name, compute in {
            "abs": abs,
            "angle": cmath.phase,
            "re": lambda z: z.real,
            "im": lambda z: z.imag,
        }.items()
    ),
    Operation("complex.add", COMPLEX, lambda a, b: a + b, tensors=False, tolerance=32),
    Operation("complex.sub", COMPLEX, lambda a, b: a - b, tensors=False, tolerance=32),
    Operation("complex.mul", COMPLEX, lambda a, b: a * b, tensors=False, tolerance=32),
    Operation("complex.div", COMPLEX, lambda a, b: a / b, tensors=False, tolerance=32),
    Operation("complex.pow", COMPLEX, lambda a, b: a**b, tensors=False, tolerance=32),
    Operation(
        "complex.atan2",
        COMPLEX,
        lambda a, b: -1j * cmath.log((b + 1j * a) / cmath.sqrt(a * a + b * b)),
        tensors=False,
        tolerance=32,
    ),
    Operation("complex.eq", COMPLEX, lambda a, b: a == b, tensors=False, result="i1"),
    Operation("complex.neq", COMPLEX, lambda a, b: a != b, tensors=False, result="i1"),
)


def _operands(operation: Operation, type_: str, number: int) -> list[np.ndarray[Any, Any]]:
    """Five values for each operand."""
    found: list[np.ndarray[Any, Any]] = []
    for position in range(operation.count):
        given = array(type_, (5,), operation.start + position + number)
        if operation.name.rpartition(".")[2] in ("shli", "shrsi", "shrui", "shl", "shrs", "shru", "ipowi") and position:
            given = np.abs(given) % 4
        if operation.positive:
            given = np.abs(given) / np.asarray(8, dtype_of(type_))
        if operation.above_one:
            given = np.abs(given) + np.asarray(1, dtype_of(type_))
        found.append(given.astype(dtype_of(type_)))
    return found


def _compute(operation: Operation, type_: str, operands: Sequence[Any]) -> Any:
    if type_ in BITS:
        values = [int(value) for value in operands]
        if getattr(operation.compute, "__name__", "") == "unsigned":
            found = operation.compute(*values, bits=BITS[type_])
        else:
            found = operation.compute(*values)
        return _signed(int(found), BITS[operation.result or type_])
    kind: Any = complex if type_ in COMPLEX else float
    return operation.compute(*(kind(value) for value in operands))


def _text(operation: Operation, kind: str, result: str) -> str:
    parameters = ", ".join(f"%{position}: {kind}" for position in range(operation.count))
    names = ", ".join(f"%{position}" for position in range(operation.count))
    suffix = operation.suffix.format(f" : {kind}")
    return f"""func.func @main({parameters}) -> {result} {{
      %r = {operation.name} {operation.detail}{names}{suffix}
      return %r : {result} }}"""


def _programs(operation: Operation) -> Iterator[Program]:
    what = f"{operation.name} {operation.detail.strip(', ')}".strip()
    for type_ in operation.types:
        result = operation.result or type_
        operands = _operands(operation, type_, 0)
        wanted = np.array([_compute(operation, type_, each) for each in zip(*operands, strict=True)]).astype(
            dtype_of(result)
        )
        for position in (0,) if operation.tensors else range(5):
            given = tuple(operand[position].item() for operand in operands)
            if type_ == "bf16":
                given = tuple(map(float, given))
            expected = wanted[position]
            yield Program(what, type_, _text(operation, type_, result), given, (expected,), (), operation.tolerance)
        if not operation.tensors:
            continue
        text = _text(operation, shaped("tensor", (None, 2), type_), shaped("tensor", (None, 2), result))
        given = tuple(operand[:4].reshape(2, 2) for operand in operands)
        results = (wanted[:4].reshape(2, 2),)
        yield Program(f"{what} on tensors,", type_, text, given, results, (), operation.tolerance)


NUMBERS = [program for operation in (*ARITHMETIC, *INDEX, *MATH, *COMPLEXES) for program in _programs(operation)]
"""All of these programs."""
