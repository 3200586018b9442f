"""A user's program in strict types: it must be clean under `mypy --strict` and pyright's strict mode, and it runs."""

from __future__ import annotations

from typing import Any

from enzyme_mlir import (
    Complaint,
    Finding,
    Findings,
    Shown,
    Value,
    building,
    complaint_of,
    from_py_func,
    ir,
    lowering,
    new_context,
    show,
    verify,
)
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import (
    Activity,
    ActivityAttr,
    ArgumentOriginAttr,
    AtomicOrdering,
    AtomicRMWKind,
    CacheType,
    FastMathFlags,
    GradientType,
)
from enzyme_mlir.dialects.impulse import HMCConfigAttr, SupportAttr, SupportKind
from enzyme_mlir.testing import printed, sample

SQUARE = "func.func @square(%x: f64) -> f64 { %y = arith.mulf %x, %x : f64 return %y : f64 }"


def same(value: Any) -> list[Any]:
    """A body that gives its argument back."""
    return [value]


def differentiate() -> str:
    """Both modes over functions, in every form that parameters take."""
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        f64: ir.Type = ir.F64Type.get()
        reverse = enzyme.autodiff(
            "square",
            [x, seed],
            activity=[Activity.ACTIVE],
            ret_activity=["enzyme_activenoneed"],
            results=f64,
        )
        enzyme.fwddiff("@square", (x, reverse), ["dup"], [3], results=[f64], width=1, strong_zero=True)
        reference = ir.FlatSymbolRefAttr.get("square")
        activities: ir.ArrayAttr = enzyme.activity_array_attribute([Activity.ACTIVE])
        both = enzyme.AutoDiffOp(reference, [x, seed], activities, activities, results=[f64, f64])
        outputs = both.outputs
        enzyme.jacobian(
            "square", outputs[:1], [ActivityAttr.get("active")], [Activity.ACTIVE], results=f64, verify=False
        )
        enzyme.batch("square", [x], [3], results=f64, loc=ir.Location.unknown(), verify=False)
        with building(ir.InsertionPoint.current, loc=ir.Location.unknown()) as place:
            there: ir.InsertionPoint = place
            with building(), building(there), building(ip=None, loc=None):
                enzyme.ignore_derivatives(x)
        return printed(module)


def cells() -> list[str]:
    """Gradients and caches, whose element types are inferred."""
    with sample("f64") as (_, x):
        f64 = ir.F64Type.get()
        gradient = enzyme.init(GradientType.get(f64))
        enzyme.set_(gradient, x)
        value = enzyme.get(gradient)
        cache = enzyme.InitOp(CacheType.get(f64))
        pushed: enzyme.PushOp = enzyme.push(cache, value)
        pushed.value = x
        popped = enzyme.PopOp(pushed.cache)
        held: ir.Type = CacheType(pushed.cache.type).type
        result: ir.Type = popped.output.type
        return [str(held), str(result)]


def regions() -> str:
    """Bodies as functions and as blocks."""
    with sample("f64", "f64") as (module, x, seed):
        f64 = ir.F64Type.get()
        enzyme.autodiff_region(
            [x, seed],
            [Activity.ACTIVE],
            [Activity.ACTIVENONEED],
            results=f64,
            body=same,
            body_arguments=[f64],
            fn="inner",
        )
        op = enzyme.ForwardDiffRegionOp([x, seed], ["dup"], ["dup"], results=[f64, f64])
        with op.build_body(f64) as (argument,):
            enzyme.yield_([argument])
        region: ir.Region = op.body
        assert len(list(region.blocks)) == 1
        name: ir.StringAttr | None = op.fn
        assert name is None

        @from_py_func(enzyme.autodiff_region, [x, seed], [Activity.ACTIVE], ["activenoneed"], results=[f64])
        def dx(value: Value) -> Value:
            return value

        derivative: Value = dx
        assert derivative.type == f64

        @from_py_func(enzyme.AutoDiffRegionOp, [x, seed], [Activity.ACTIVE], ["activenoneed"], results=f64)
        def open_op(value: Value) -> list[Value]:
            return [value]

        inner: ir.Region = open_op.body
        assert len(list(inner.blocks)) == 1
        later = enzyme.AutoDiffRegionOp([x, seed], ["active"], ["activenoneed"], results=f64)

        @later.build_body(f64)
        def kept(value: Value) -> Value:
            return value

        assert kept(x) == x
        return printed(module)


def accessors() -> list[object]:
    """Attributes of operations, read, set and deleted."""
    with sample("f64", "memref<4xf64>", "index") as (_, x, memref, index):
        op = enzyme.AtomicRMWOp(
            AtomicRMWKind.ADDF,
            AtomicOrdering.MONOTONIC,
            x,
            memref,
            [index],
            fastmath=FastMathFlags.NNAN | FastMathFlags.NINF,
            alignment=8,
        )
        flags: FastMathFlags = op.fastmath.value
        kind: int = op.kind.value
        alignment: ir.IntegerAttr | None = op.alignment
        aligned = None if alignment is None else alignment.value
        op.alignment = None
        del op.fastmath
        indices: list[ir.Type] = [value.type for value in op.indices]
        load = enzyme.LoadOp(memref, [index], [], [4])
        sizes: ir.DenseI64ArrayAttr | None = load.static_sizes
        return [flags, kind, aligned, op.fastmath.value, indices, sizes]


def attributes() -> tuple[Activity, str, int]:
    """Attribute classes."""
    with new_context():
        activity: Activity = enzyme.activity_attribute("dup").value
        origin = ArgumentOriginAttr.get("f", 2)
        text: str = Activity.DUP.text
        assert ArgumentOriginAttr.isinstance(origin)
        return activity, text, origin.arg_number


def settings_of_inference() -> tuple[SupportKind, float | None, bool]:
    """Attribute classes with defaults, and with parameters that may be missing."""
    with new_context():
        support = SupportAttr.get(SupportKind.INTERVAL, lower_bound=0.0, upper_bound=1.0)
        lower: ir.FloatAttr | None = support.lower_bound
        settings = HMCConfigAttr.get(trajectory_length=1.0, adapt_mass_matrix=False)
        length: ir.FloatAttr = settings.trajectory_length
        return support.kind, length.value if lower is not None else None, settings.adapt_step_size


def showing(module: ir.Module) -> list[str]:
    """What prompts show, and what errors and findings have as fields."""
    shown: Shown = show(module)
    found: Findings = verify(module)
    fields: list[str] = [finding.operation + finding.given + finding.hint for finding in found]
    told: Complaint | None = complaint_of(ValueError("no"))
    first: Finding | None = found[0] if found else None
    return [shown.text, found.summary, "" if told is None else told.wanted, str(first), *fields]


def lowered(text: str) -> ir.Module:
    """What Enzyme makes of a module."""
    results: list[tuple[str | None, str]] = lowering.run_all([text], "parse", timeout=60)
    first, message = results[0]
    if first is None:
        raise lowering.EnzymeError(message)
    return lowering.run(first, context=new_context())


def main() -> None:
    """Build everything."""
    print(differentiate(), cells(), regions(), accessors(), attributes(), settings_of_inference(), sep="\n")


if __name__ == "__main__":
    main()
