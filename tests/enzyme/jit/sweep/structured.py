"""`linalg`: every named operation, on memory and on tensors."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .forms import both
from .program import COMPLEX, FLOATS, TYPES, Program, array, values
from .regions import regions

__all__ = ["STRUCTURED"]

PRODUCTS = {
    "dot": "k, k -> ",
    "matvec": "m k, k -> m",
    "vecmat": "k, k n -> n",
    "matmul": "m k, k n -> m n",
    "batch_matmul": "b m k, b k n -> b m n",
    "batch_matvec": "b m k, b k -> b m",
    "batch_vecmat": "b k, b k n -> b n",
    "batch_reduce_matmul": "b m k, b k n -> m n",
    "mmt4d": "m k i l, n k j l -> m n i j",
    "batch_mmt4d": "b m k i l, b n k j l -> b m n i j",
    "conv_1d": "w+x, x -> w",
    "conv_2d": "h+y w+x, y x -> h w",
    "conv_3d": "d+z h+y w+x, z y x -> d h w",
    "conv_1d_nwc_wcf": "n w+x c, x c f -> n w f",
    "conv_1d_ncw_fcw": "n c w+x, f c x -> n f w",
    "conv_2d_nhwc_hwcf": "n h+y w+x c, y x c f -> n h w f",
    "conv_2d_nhwc_fhwc": "n h+y w+x c, f y x c -> n h w f",
    "conv_2d_nchw_fchw": "n c h+y w+x, f c y x -> n f h w",
    "conv_2d_ngchw_fgchw": "n g c h+y w+x, f g c y x -> n g f h w",
    "conv_2d_ngchw_gfchw": "n g c h+y w+x, g f c y x -> n g f h w",
    "conv_2d_nhwgc_gfhwc": "n h+y w+x g c, g f y x c -> n h w g f",
    "conv_3d_ndhwc_dhwcf": "n d+z h+y w+x c, z y x c f -> n d h w f",
    "conv_3d_ncdhw_fcdhw": "n c d+z h+y w+x, f c z y x -> n f d h w",
    "depthwise_conv_1d_nwc_wc": "n w+x c, x c -> n w c",
    "depthwise_conv_1d_ncw_cw": "n c w+x, c x -> n c w",
    "depthwise_conv_1d_nwc_wcm": "n w+x c, x c m -> n w c m",
    "depthwise_conv_2d_nhwc_hwc": "n h+y w+x c, y x c -> n h w c",
    "depthwise_conv_2d_nchw_chw": "n c h+y w+x, c y x -> n c h w",
    "depthwise_conv_2d_nhwc_hwcm": "n h+y w+x c, y x c m -> n h w c m",
    "depthwise_conv_3d_ndhwc_dhwc": "n d+z h+y w+x c, z y x c -> n d h w c",
    "depthwise_conv_3d_ncdhw_cdhw": "n c d+z h+y w+x, c z y x -> n c d h w",
    "depthwise_conv_3d_ndhwc_dhwcm": "n d+z h+y w+x c, z y x c m -> n d h w c m",
}
"""Sums of products: where the two operands are read, and where the result is written, for each point of the loops."""

QUANTIZED = {
    "quantized_matmul": "m k, k n -> m n",
    "quantized_batch_matmul": "b m k, b k n -> b m n",
    "conv_2d_nhwc_hwcf_q": "n h+y w+x c, y x c f -> n h w f",
    "conv_2d_nhwc_fhwc_q": "n h+y w+x c, f y x c -> n h w f",
    "conv_2d_nchw_fchw_q": "n c h+y w+x, f c y x -> n f h w",
    "conv_2d_nhwgc_gfhwc_q": "n h+y w+x g c, g f y x c -> n h w g f",
    "conv_2d_ngchw_gfchw_q": "n g c h+y w+x, g f c y x -> n g f h w",
    "conv_3d_ndhwc_dhwcf_q": "n d+z h+y w+x c, z y x c f -> n d h w f",
    "depthwise_conv_2d_nhwc_hwc_q": "n h+y w+x c, y x c -> n h w c",
    "depthwise_conv_2d_nhwc_hwcm_q": "n h+y w+x c, y x c m -> n h w c m",
}
"""The same of `i8`, with zeros of their own, in `i32`."""

POOLINGS = {
    "pooling_nwc": "n w+x c, x -> n w c",
    "pooling_ncw": "n c w+x, x -> n c w",
    "pooling_nhwc": "n h+y w+x c, y x -> n h w c",
    "pooling_nchw": "n c h+y w+x, y x -> n c h w",
    "pooling_ndhwc": "n d+z h+y w+x c, z y x -> n d h w c",
}
POOLED = {
    "pooling_nwc": ("sum", "max", "min", "max_unsigned", "min_unsigned"),
    "pooling_ncw": ("sum", "max"),
    "pooling_nhwc": ("sum", "max", "min", "max_unsigned", "min_unsigned"),
    "pooling_nchw": ("sum", "max"),
    "pooling_ndhwc": ("sum", "max", "min"),
}

SIZES = dict.fromkeys("bmnkijlwhdxyzcfg", 2) | {"n": 1, "k": 3}


def _read(spec: str) -> tuple[list[list[str]], str]:
    """The indices of the operands and of the result, and the letters that are gone through."""
    left, right = spec.split("->")
    operands = [part.split() for part in (*left.split(","), right)]
    letters = "".join(dict.fromkeys("".join("".join(part) for part in operands).replace("+", "")))
    return operands, letters


def _shape(indices: Sequence[str]) -> tuple[int, ...]:
    return tuple(sum(SIZES[letter] for letter in index.split("+")) - index.count("+") for index in indices)


def _points(spec: str) -> Iterator[list[tuple[int, ...]]]:
    """For each point of the loops the places in the operands and in the result."""
    operands, letters = _read(spec)
    for point in itertools.product(*(range(SIZES[letter]) for letter in letters)):
        at = dict(zip(letters, point, strict=True))
        yield [tuple(sum(at[letter] for letter in index.split("+")) for index in part) for part in operands]


def _attributes(name: str) -> str:
    rank = next((int(name[at - 1]) for at in [name.find("d_")] if at > 0 and name[at - 1].isdigit()), 0)
    if name.startswith("pooling"):
        rank = {"w": 1, "h": 2, "d": 3}[name[9:].replace("n", "").replace("c", "")[0]]
    if not rank or name in ("conv_1d", "conv_2d", "conv_3d"):
        return ""
    ones = f"dense<1> : tensor<{rank}xi64>"
    return f"{{dilations = {ones}, strides = {ones}}} "


def _plus(type_: str, a: Any, b: Any) -> Any:
    return a or b if type_ == "i1" else a + b


def _times(type_: str, a: Any, b: Any) -> Any:
    return a and b if type_ == "i1" else a * b


def _python(type_: str, value: Any) -> Any:
    return (
        complex(value)
        if type_ in COMPLEX
        else float(value)
        if type_ in FLOATS
        else bool(value)
        if type_ == "i1"
        else int(value)
    )


def _products() -> Iterator[Program]:
    for name, spec in PRODUCTS.items():
        (one, other, out), _ = _read(spec)
        for type_ in TYPES:
            a, b, c = array(type_, _shape(one)), array(type_, _shape(other), 1), array(type_, _shape(out), 2)
            total = np.vectorize(lambda v, t=type_: _python(t, v), otypes=[object])(c)
            for x, y, z in _points(spec):
                total[z] = _plus(type_, total[z], _times(type_, _python(type_, a[x]), _python(type_, b[y])))
            wanted = _wrapped(total, c.dtype)
            tolerance = 64.0
            yield from both(name, type_, [(type_, a), (type_, b)], (type_, c), wanted, _attributes(name), tolerance)
    for name, spec in QUANTIZED.items():
        (one, other, out), _ = _read(spec)
        a, b, c = array("i8", _shape(one)), array("i8", _shape(other), 1), array("i32", _shape(out), 2)
        wanted = c.copy()
        for x, y, z in _points(spec):
            wanted[z] += (int(a[x]) - 2) * (int(b[y]) - 3)
        yield from both(
            name, "i8", [("i8", a), ("i8", b), ("i32", 2), ("i32", 3)], ("i32", c), wanted, _attributes(name)
        )


def _wrapped(numbers: np.ndarray[Any, Any], dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    """Python's numbers as a type's; integers wrap around."""
    if dtype.kind == "i":
        numbers = np.vectorize(
            lambda v: (
                (int(v) + 2 ** (8 * dtype.itemsize - 1)) % 2 ** (8 * dtype.itemsize) - 2 ** (8 * dtype.itemsize - 1)
            ),
            otypes=[object],
        )(numbers)
    return np.asarray(numbers).astype(dtype)


def _poolings() -> Iterator[Program]:
    for base, spec in POOLINGS.items():
        (one, window, out), _ = _read(spec)
        for how in POOLED[base]:
            types = [each for each in TYPES if each not in COMPLEX and ("unsigned" not in how or each not in FLOATS)]
            for type_ in types:
                a, w, c = array(type_, _shape(one)), array(type_, _shape(window)), array(type_, _shape(out), 1)
                wanted = c.copy()
                for x, _, z in _points(spec):
                    p, q = _python(type_, wanted[z]), _python(type_, a[x])
                    key: Any = (lambda v: v % 2**64) if "unsigned" in how or type_ == "i1" else None
                    chosen = max if "max" in how else min
                    if type_ == "i1" and how in ("max", "min"):  # true is -1
                        chosen = min if how == "max" else max
                    new = _plus(type_, p, q) if how == "sum" else chosen(p, q, key=key)
                    wanted[z] = _wrapped(np.array(new, object), c.dtype)
                name = f"{base}_{how}"
                yield from both(name, type_, [(type_, a), (type_, w)], (type_, c), wanted, _attributes(name), 64.0)


UNARY: dict[str, Any] = {
    "abs": abs,
    "ceil": math.ceil,
    "erf": math.erf,
    "exp": math.exp,
    "floor": math.floor,
    "negf": lambda x: -x,
    "reciprocal": lambda x: 1 / x,
    "round": lambda x: math.copysign(math.floor(abs(x) + 0.5), x),
    "square": lambda x: x * x,
    "tanh": math.tanh,
}
POSITIVE: dict[str, Any] = {"log": math.log, "rsqrt": lambda x: 1 / math.sqrt(x), "sqrt": math.sqrt}
BINARY: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "max": max,
    "min": min,
}


def _elementwise() -> Iterator[Program]:
    for type_ in FLOATS:
        a = array(type_, (2, 3))
        for name, compute in (UNARY | POSITIVE).items():
            given = np.abs(a) if name in POSITIVE else a
            wanted = np.vectorize(lambda v, f=compute: f(float(v)))(given).astype(a.dtype)
            yield from both(name, type_, [(type_, given)], (type_, np.zeros_like(a)), wanted)
        b = np.abs(array(type_, (2, 3), 2))
        power = np.vectorize(lambda v, w: math.pow(abs(float(v)), float(w)))(a, b).astype(a.dtype)
        yield from both(
            "powf", type_, [(type_, np.abs(a)), (type_, b)], (type_, np.zeros_like(a)), power, tolerance=8.0
        )
    for type_ in TYPES:
        a, b = array(type_, (2, 3)), array(type_, (2, 3), 2)
        zero = np.zeros_like(a)
        binary = BINARY if type_ not in COMPLEX else {name: BINARY[name] for name in ("add", "sub", "mul")}
        for name, compute in binary.items():
            if type_ == "i1":
                compute = {
                    "add": lambda p, q: p or q,
                    "mul": lambda p, q: p and q,
                    "max": lambda p, q: p and q,
                    "min": lambda p, q: p or q,
                }.get(name)
                if compute is None:
                    continue
            wanted = np.vectorize(lambda v, w, f=compute, t=type_: f(_python(t, v), _python(t, w)), otypes=[object])(
                a, b
            )
            yield from both(name, type_, [(type_, a), (type_, b)], (type_, zero), _wrapped(wanted, a.dtype))
        if type_ not in ("i1", "index"):
            quotient = np.trunc(a / b) if a.dtype.kind == "i" else a / b
            yield from both(
                "div", type_, [(type_, a), (type_, b)], (type_, zero), quotient.astype(a.dtype), tolerance=16.0
            )
        if a.dtype.kind == "i":
            unsigned = (a.view(f"u{a.itemsize}") // b.view(f"u{a.itemsize}")).view(a.dtype)
            yield from both("div_unsigned", type_, [(type_, a), (type_, b)], (type_, zero), unsigned)
        yield from both("copy", type_, [(type_, a)], (type_, zero), a)
        chosen = array("i1", (2, 3))
        yield from both(
            "select", type_, [("i1", chosen), (type_, a), (type_, b)], (type_, zero), np.where(chosen, a, b)
        )
        (x,) = values(type_, 1, 3)
        yield from both("fill", type_, [(type_, x)], (type_, a), np.full_like(a, x))


STRUCTURED = [*_products(), *_poolings(), *_elementwise(), *regions()]
"""All of these programs."""
