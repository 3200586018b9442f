"""Numbers, lists and texts of every size."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme, enzymexla, impulse, tessera

from .case import UNSURE, Misuse, Surroundings

NUMBERS: list[tuple[str, Any, Any]] = [
    ("2^62", 2**62, None),
    ("-2^63", -(2**63), None),
    ("2^63", 2**63, None),
    ("2^64", 2**64, ValueError),
    ("-2^63-1", -(2**63) - 1, ValueError),
    ("2^200", 2**200, ValueError),
    ("-2^20000", -(2**20000), ValueError),
    ("NumPy's int8", np.int8(-7), None),
    ("NumPy's uint64", np.uint64(2**64 - 1), None),
    ("an array of no dimension", np.array(3), None),
    ("an array of one item", np.array([3]), UNSURE),
    ("NumPy's float", np.float64(1.0), UNSURE),
    ("NumPy's bool", np.bool_(True), UNSURE),
    ("NumPy's time", np.datetime64("2020-01-01"), UNSURE),
    ("infinity", math.inf, UNSURE),
    ("no number", math.nan, UNSURE),
]

INTEGERS: list[tuple[str, Any]] = [
    ("enzyme.extract: index", lambda s, n: enzyme.extract(s.f64, s.tensor, n)),
    ("enzymexla.rotate: amount", lambda s, n: enzymexla.rotate(s.tensor, n, 0)),
]


def _numbers() -> list[Misuse]:
    found: list[Misuse] = []
    for where, make in INTEGERS:
        for name, number, error in NUMBERS:
            if error is None and where.startswith("enzymexla"):
                continue  # whether a rotation takes so much is not the matter here
            found.append(Misuse(f"{name}, {where}", error, where, _with(make, number)))
    return found


def _with(make: Any, given: Any) -> Any:
    return lambda s: make(s, given)


LONG = "x" * 20_000_000


def _many(s: Surroundings) -> Any:
    return enzyme.concat(s.tensor.type, [s.x] * 100_000)


def _many_results(s: Surroundings) -> Any:
    return impulse.sample([s.f64] * 20_000, "square", [s.x])


CASES: list[Misuse] = [
    *_numbers(),
    Misuse("a width of zero", ValueError, "enzyme.autodiff: width", lambda s: s.autodiff(width=0)),
    Misuse("a negative width", ValueError, "enzyme.autodiff: width", lambda s: s.autodiff(width=-1)),
    Misuse("a width of 2^62", ValueError, "enzyme.autodiff", lambda s: s.autodiff(width=2**62)),
    Misuse("a width of 2^62, inferred", ValueError, "enzyme.autodiff", lambda s: s.autodiff(width=2**62, results=None)),
    Misuse("a width of 2^63, inferred", ValueError, "enzyme.autodiff", lambda s: s.autodiff(width=2**63, results=None)),
    Misuse("a negative width, inferred", ValueError, "enzyme.autodiff", lambda s: s.autodiff(width=-2, results=None)),
    Misuse("a batch of negative size", ValueError, "enzyme.batch", lambda s: enzyme.batch("square", [s.tensor], [-4])),
    Misuse("a batch of size 2^62", ValueError, "enzyme.batch", lambda s: enzyme.batch("square", [s.tensor], [2**62])),
    Misuse(
        "a batch of size 2^64",
        ValueError,
        "enzyme.batch: batch_shape",
        lambda s: enzyme.batch("square", [s.tensor], [2**64]),
    ),
    Misuse("a batch of no shape", ValueError, "enzyme.batch", lambda s: enzyme.batch("square", [s.tensor], [])),
    Misuse(
        "a batch of the least size",
        ValueError,
        "enzyme.batch",
        lambda s: enzyme.batch("square", [s.tensor], [-(2**63)]),
    ),
    Misuse("a broadcast to a negative shape", None, "", lambda s: enzyme.broadcast(s.tensor.type, s.tensor, [-5])),
    Misuse("a broadcast to the least size", None, "", lambda s: enzyme.broadcast(s.tensor.type, s.tensor, [-(2**63)])),
    Misuse(
        "a broadcast to 10000 dimensions", None, "", lambda s: enzyme.broadcast(s.tensor.type, s.tensor, [1] * 10_000)
    ),
    Misuse(
        "a number beyond a list",
        ValueError,
        "impulse.slice: strides[0]",
        lambda s: impulse.slice_(s.tensor.type, s.tensor, [0], [4], [2**63]),
    ),
    Misuse("no items of a slice", None, "", lambda s: impulse.slice_(s.tensor.type, s.tensor, [], [], [])),
    Misuse(
        "a slice with a NumPy array of floats",
        UNSURE,
        "impulse.slice",
        lambda s: impulse.slice_(s.tensor.type, s.tensor, np.ones(3), [4], [1]),
    ),
    Misuse("an ordering of 2^40", ValueError, "enzyme.atomic_rmw: ordering", lambda s: s.atomic_rmw(ordering=2**40)),
    Misuse("an ordering of -1", ValueError, "enzyme.atomic_rmw: ordering", lambda s: s.atomic_rmw(ordering=-1)),
    Misuse("flags of 2^100", ValueError, "enzyme.atomic_rmw: fastmath", lambda s: s.atomic_rmw(fastmath=2**100)),
    Misuse("flags of -1", ValueError, "enzyme.atomic_rmw: fastmath", lambda s: s.atomic_rmw(fastmath=-1)),
    Misuse("an alignment of 2^63", ValueError, "enzyme.atomic_rmw: alignment", lambda s: s.atomic_rmw(alignment=2**63)),
    Misuse(
        "regions less than none", UNSURE, "enzymexla.alternatives: num_regions", lambda s: enzymexla.alternatives(-1)
    ),
    Misuse("2^70 regions", UNSURE, "enzymexla.alternatives: num_regions", lambda s: enzymexla.alternatives(2**70)),
    Misuse("2^33 regions", UNSURE, "enzymexla.alternatives: num_regions", lambda s: enzymexla.alternatives(2**33)),
    Misuse("2^23 regions", UNSURE, "enzymexla.alternatives: num_regions", lambda s: enzymexla.alternatives(2**23)),
    Misuse(
        "2^31-1 regions", UNSURE, "enzymexla.alternatives: num_regions", lambda s: enzymexla.alternatives(2**31 - 1)
    ),
    Misuse("no regions", None, "", lambda s: enzymexla.alternatives(0)),
    Misuse("a region by truth", UNSURE, "enzymexla.alternatives: num_regions", lambda s: enzymexla.alternatives(True)),
    Misuse(
        "a wide attribute",
        ValueError,
        "enzyme.autodiff: width",
        lambda s: s.autodiff(width=ir.Attribute.parse("1 : i200")),
    ),
    Misuse(
        "a float attribute",
        UNSURE,
        "enzyme.autodiff: width",
        lambda s: s.autodiff(width=ir.Attribute.parse("1.0 : f64")),
    ),
    Misuse(
        "an index attribute",
        ValueError,
        "enzyme.autodiff: width",
        lambda s: s.autodiff(width=ir.Attribute.parse("1 : index")),
    ),
    Misuse(
        "a wide number in a list of numbers",
        UNSURE,
        "impulse.infer: selection",
        lambda s: impulse.infer(*[s.tensor.type] * 8, [s.x], [[ir.Attribute.parse(f"{2**100} : i128")]], []),
    ),
    Misuse(
        "a number beyond 64 bits among any attributes",
        ValueError,
        "impulse.infer: selection",
        lambda s: impulse.infer(*[s.tensor.type] * 8, [s.x], [[2**100]], []),
    ),
    Misuse("no activities", ValueError, "enzyme.autodiff", lambda s: s.autodiff(activity=[])),
    Misuse("no operands", ValueError, "enzyme.autodiff", lambda s: s.autodiff(inputs=[])),
    Misuse("no operands, inferred", ValueError, "enzyme.autodiff", lambda s: s.autodiff(inputs=[], results=None)),
    Misuse("no results", ValueError, "enzyme.autodiff", lambda s: s.autodiff(results=[])),
    Misuse("10000 activities", ValueError, "enzyme.autodiff", lambda s: s.autodiff(activity=["active"] * 10_000)),
    Misuse("100000 operands", None, "", _many),
    Misuse("20000 results", None, "", _many_results),
    Misuse("NUL in a symbol", ValueError, "enzyme.autodiff: fn", lambda s: s.autodiff(fn="squ\0are")),
    Misuse("NUL in a label", None, "", lambda s: enzyme.dump(s.x, "a\0b")),
    Misuse(
        "half of a surrogate pair in a label",
        ValueError,
        "enzyme.dump: label",
        lambda s: enzyme.dump(s.x, "\udc80"),
    ),
    Misuse(
        "half of a surrogate pair in a symbol", ValueError, "enzyme.autodiff: fn", lambda s: s.autodiff(fn="\ud800")
    ),
    Misuse(
        "half of a surrogate pair in an activity",
        ValueError,
        "enzyme.autodiff: activity[0]",
        lambda s: s.autodiff(activity=["\ud800"]),
    ),
    Misuse(
        "half of a surrogate pair in a path",
        ValueError,
        "enzymexla.jit_call: fn",
        lambda s: enzymexla.jit_call(s.f64, ["a", "\udfff"], [s.x]),
    ),
    Misuse(
        "half of a surrogate pair as a name",
        ValueError,
        "enzymexla.jit_call",
        lambda s: enzymexla.jit_call(s.f64, "square", [s.x], arg_attrs=[{"\ud800": 1}]),
    ),
    Misuse("NUL as a name", None, "", lambda s: enzymexla.jit_call(s.f64, "square", [s.x], arg_attrs=[{"\0": 1}])),
    Misuse(
        "no name",
        ValueError,
        "enzymexla.jit_call",
        lambda s: enzymexla.jit_call(s.f64, "square", [s.x], arg_attrs=[{"": 1}]),
    ),
    Misuse("an enormous label", None, "", lambda s: enzyme.dump(s.x, LONG)),
    Misuse("an enormous symbol", ValueError, "enzyme.autodiff: fn", lambda s: s.autodiff(fn=LONG[:100_000])),
    Misuse(
        "an enormous activity",
        ValueError,
        "enzyme.autodiff: activity[0]",
        lambda s: s.autodiff(activity=[LONG[:10_000]]),
    ),
    Misuse("a symbol of brackets", ValueError, "enzyme.autodiff: fn", lambda s: s.autodiff(fn='"> @x')),
    Misuse(
        "half of a surrogate pair in a definition",
        ValueError,
        "ArgumentOriginAttr",
        lambda s: enzyme.ArgumentOriginAttr.get("\ud800", 0),
    ),
    Misuse(
        "a number beyond a definition",
        ValueError,
        "ArgumentOriginAttr",
        lambda s: enzyme.ArgumentOriginAttr.get("f", 2**70),
    ),
    Misuse("text that is no definition", ValueError, "ActivityAttr", lambda s: enzyme.ActivityAttr.parse("\0")),
    Misuse(
        "deep brackets in a definition",
        ValueError,
        "CacheType",
        lambda s: enzyme.CacheType.parse("!enzyme.Cache<" * 2000),
    ),
    Misuse(
        "a list that holds itself",
        ValueError,
        "tessera.define: by_ref_types",
        lambda s: tessera.define("f", ir.FunctionType.get([], []), True, _nested(0)),
    ),
    Misuse(
        "a deep list",
        ValueError,
        "tessera.define: by_ref_types",
        lambda s: tessera.define("f", ir.FunctionType.get([], []), True, _nested(100_000)),
    ),
    Misuse("a deep type", None, "", lambda s: _deep_type(s)),
]


def _nested(depth: int) -> list[Any]:
    """Lists in lists, so deep; without an end for a depth of 0."""
    found: list[Any] = []
    if not depth:
        found.append(found)
    for _ in range(depth):
        found = [found]
    return found


def _deep_type(s: Surroundings) -> Any:
    found: Any = s.f64
    for _ in range(50):
        found = enzyme.CacheType.get(found)
    return enzyme.init(found)
