"""Wrong kinds of values for the parameters of several operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme, enzymexla, impulse

from .case import UNSURE, Misuse, Surroundings


class Broken:
    """Of no kind at all: it cannot even be shown."""

    def __repr__(self) -> str:
        """Fails."""
        raise RuntimeError("no repr")

    def __iter__(self) -> Any:
        """Fails."""
        raise ZeroDivisionError("no items")


WRONG: list[tuple[str, Any]] = [
    ("nothing", lambda s: None),
    ("an object", lambda s: object()),
    ("a class", lambda s: ir.Operation),
    ("a complex number", lambda s: 1j),
    ("bytes", lambda s: b"\x00\xff"),
    ("a function", lambda s: s.__init__),
    ("a module", lambda s: s.module),
    ("a block", lambda s: s.module.body),
    ("a region", lambda s: s.function().regions[0]),
    ("a context", lambda s: s.f64.context),
]
"""Nothing takes these, but None where a parameter may be left out and what names a symbol."""

Make = Callable[[Surroundings, Any], Any]

TAKERS: list[tuple[str, str, Make]] = [
    ("operands", "enzyme.autodiff: inputs", lambda s, w: s.autodiff(inputs=w)),
    ("operands", "enzyme.autodiff: inputs[1]", lambda s, w: s.autodiff(inputs=[s.x, w])),
    ("symbol", "enzyme.autodiff: fn", lambda s, w: s.autodiff(fn=w)),
    ("enums", "enzyme.autodiff: activity", lambda s, w: s.autodiff(activity=w)),
    ("enum", "enzyme.autodiff: activity[0]", lambda s, w: s.autodiff(activity=[w])),
    ("int", "enzyme.autodiff: width", lambda s, w: s.autodiff(width=w)),
    ("bool", "enzyme.autodiff: strong_zero", lambda s, w: s.autodiff(strong_zero=w)),
    ("type", "enzyme.init: result_type", lambda s, w: enzyme.init(w)),
    ("operand", "enzyme.push: value", lambda s, w: enzyme.push(s.cache, w)),
    ("enum", "enzyme.atomic_rmw: kind", lambda s, w: s.atomic_rmw(kind=w)),
    ("flags", "enzyme.atomic_rmw: fastmath", lambda s, w: s.atomic_rmw(fastmath=w)),
    ("operands", "enzyme.atomic_rmw: indices", lambda s, w: s.atomic_rmw(indices=w)),
    ("ints", "enzyme.batch: batch_shape", lambda s, w: enzyme.batch("square", [s.x], w)),
    (
        "ints",
        "enzyme.load: static_sizes",
        lambda s, w: enzyme.load(s.memref, [s.index], [], w, results=s.f64),
    ),
    (
        "maps",
        "enzyme.genericAdjoint: indexing_maps",
        lambda s, w: enzyme.generic_adjoint([], [s.x], [s.memref], w, []),
    ),
    (
        "map",
        "enzyme.affine_atomic_rmw: map",
        lambda s, w: enzyme.affine_atomic_rmw(s.f64, "addf", s.x, s.memref, [s.index], w, "monotonic"),
    ),
    ("text", "enzyme.dump: label", lambda s, w: enzyme.dump(s.x, w)),
    ("types", "impulse.sample: outputs_types", lambda s, w: impulse.sample(w, "square", [s.x])),
    ("operand", "impulse.select: condition", lambda s, w: impulse.select(s.f64, w, s.x, s.x)),
    (
        "ints",
        "impulse.slice: strides",
        lambda s, w: impulse.slice_(s.tensor.type, s.tensor, [0], [4], w),
    ),
    (
        "lists of ints",
        "impulse.infer: selection",
        lambda s, w: impulse.infer(*[s.tensor.type] * 8, [s.x], w, []),
    ),
    ("symbol", "enzymexla.jit_call: fn", lambda s, w: enzymexla.jit_call(s.f64, w, [s.x])),
    ("int", "enzymexla.rotate: amount", lambda s, w: enzymexla.rotate(s.tensor, w, 0)),
    ("count", "enzymexla.alternatives: num_regions", lambda s, w: enzymexla.alternatives(w)),
    (
        "layouts",
        "enzymexla.jit_call: arg_attrs",
        lambda s, w: enzymexla.jit_call(s.f64, "square", [s.x], arg_attrs=w),
    ),
    ("location", "enzyme.ignore_derivatives: loc", lambda s, w: enzyme.ignore_derivatives(s.x, loc=w)),
    ("place", "enzyme.ignore_derivatives: ip", lambda s, w: enzyme.ignore_derivatives(s.x, ip=w)),
    ("body", "enzyme.autodiff_region: body", lambda s, w: s.region(w)),
    (
        "types",
        "enzyme.autodiff_region: body_arguments",
        lambda s, w: s.region(lambda *_: [s.x], body_arguments=w),
    ),
]

TAKEN = {
    ("nothing", "layouts"),
    ("nothing", "location"),
    ("nothing", "place"),
    ("nothing", "body"),
    ("a class", "body"),
    ("a function", "body"),
}
"""What one of these parameters takes."""


def _matrix() -> list[Misuse]:
    found: list[Misuse] = []
    for index, (parameter, where, make) in enumerate(TAKERS):
        # Three of the wrong kinds for each parameter, all of them in turn.
        for step in range(3):
            name, wrong = WRONG[(index + step * 3) % len(WRONG)]
            if (name, parameter) not in TAKEN:
                what = f"{name} as {parameter}, {where}"
                found.append(Misuse(what, UNSURE, where, _with(make, wrong)))
        what = f"what cannot be shown as {parameter}, {where}"
        error: Any = (*UNSURE, ZeroDivisionError)
        found.append(Misuse(what, error, "", _with(make, lambda s: Broken())))
    return found


def _with(make: Make, wrong: Any) -> Callable[[Surroundings], Any]:
    return lambda s: make(s, wrong(s))


CASES: list[Misuse] = [
    *_matrix(),
    Misuse("a context in a list of types", UNSURE, "results[0]", lambda s: s.autodiff(results=[s.f64.context])),
    Misuse("endless items", ZeroDivisionError, "", lambda s: s.autodiff(inputs=(1 / 0 for _ in "x"))),
    Misuse("an undefined operation", AttributeError, "nothing", lambda s: getattr(enzyme, "nothing")),  # noqa: B009
    Misuse("a class without arguments", TypeError, "AutoDiffOp", lambda s: enzyme.AutoDiffOp()),
    Misuse("an unknown argument", TypeError, "widht", lambda s: s.autodiff(widht=1)),
    Misuse("a list in itself as operands", UNSURE, "enzyme.autodiff", lambda s: s.autodiff(inputs=_nested())),
    Misuse(
        "a list in itself as attribute",
        UNSURE,
        "impulse.infer",
        lambda s: impulse.infer(*[s.f64] * 8, [s.x], _nested(), []),
    ),
    Misuse(
        "a mapping in itself as attribute",
        (*UNSURE, RecursionError),
        "",
        lambda s: enzymexla.jit_call(s.f64, "square", [s.x], operand_layouts=_nested_mapping()),
    ),
    Misuse(
        "the value of an operation with two results",
        ValueError,
        "enzyme.push: value",
        lambda s: enzyme.push(s.cache, ir.Operation.create("t.two", results=[s.f64, s.f64])),
    ),
]


def _nested() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


def _nested_mapping() -> dict[str, Any]:
    found: dict[str, Any] = {}
    found["self"] = found
    return found
