"""Building operations, beside the functions that mlir-tblgen writes for them, which check nothing.

Run as a program on one host, which `ENZYME_MLIR_HOST` names; its argument is the folder of `generated_arith`.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.peers import peer
from benchmarks.rows import Row, print_rows, row
from benchmarks.timing import in_turns, ratios
from enzyme_mlir import HOST, ir, new_context
from enzyme_mlir.dialects import enzyme, impulse
from enzyme_mlir.dialects.enzyme import Activity
from enzyme_mlir.releases import using_release

GROUP = "building"
UNIT = "of mlir-tblgen's function"
LIMIT = "Operation.create"
MODULE = """
func.func @square(%x: f64) -> f64 { return %x : f64 }
func.func @model(%a: tensor<2xui64>, %b: tensor<f64>) -> (tensor<2xui64>, tensor<f64>) {
  return %a, %b : tensor<2xui64>, tensor<f64>
}
func.func @caller(%x: f64, %s: f64, %i: i64, %n: index, %m: memref<4xf64>, %a: tensor<2xui64>, %b: tensor<f64>,
    %c: tensor<1x1xf64>) { return }
"""
PACKAGES = (("plain_arith", "mnemonic"), ("like_arith", "upstream"))
Way = Callable[[], Any]


def generated_arith(folder: Path) -> Path:
    """Modules for `arith` with the default convention and as drop-ins; where to import them from."""
    from opspec.tablegen.run import mlir_includes

    (includes,) = mlir_includes()
    definitions = includes / "mlir" / "Dialect" / "Arith" / "IR" / "ArithOps.td"
    facts = folder / "arith" / "dialect.yaml"
    opspec = [sys.executable, "-m", "opspec"]
    subprocess.run(
        [*opspec, "extract", definitions, "--dialect", "arith", "-o", facts], check=True, capture_output=True
    )
    for package, naming in PACKAGES:
        options: list[str] = [
            "--spec",
            str(facts),
            "--package",
            package,
            "--naming",
            naming,
            "--only",
            "python",
            "-o",
            str(folder / package),
        ]
        subprocess.run([*opspec, "generate", *options], check=True, capture_output=True)
    return folder


def compared(name: str, theirs: Way, ways: dict[str, tuple[Way, float | None]], clear: Way) -> Iterator[Row]:
    """A row for each way of ours, beside mlir-tblgen's."""
    taken = in_turns({"": theirs, **{each: way for each, (way, _) in ways.items()}}, between=clear)
    for each, (_, aim) in ways.items():
        yield row(GROUP, f"{name}, {each}", ratios(taken[each], taken[""]), unit=UNIT, host=HOST, aim=aim)


class Bench:
    """A block to build in, and the values and attributes that operations are built from."""

    def __init__(self) -> None:
        module = ir.Module.parse(MODULE)
        self.module = module
        caller = list(module.body.operations)[2]
        self.block = caller.regions[0].blocks[0]
        self.x, self.s, self.i, self.n, self.m, self.a, self.b, self.c = self.block.arguments
        self.end = list(self.block.operations)[-1]

    def clear(self) -> None:
        """Remove what was built."""
        for op in list(self.block.operations)[:-1]:
            op.operation.erase()

    def autodiff(self) -> Iterator[Row]:
        """`enzyme.autodiff` in all ways."""
        f64, operands = ir.F64Type.get(), [self.x, self.s]
        made = enzyme.autodiff("square", operands, ["enzyme_active"], ["enzyme_activenoneed"], results=f64).owner
        fn = ir.FlatSymbolRefAttr(made.attributes["fn"])
        activity, returned = (ir.ArrayAttr(made.attributes[name]) for name in ("activity", "ret_activity"))
        attributes: dict[str, ir.Attribute] = {"activity": activity, "fn": fn, "ret_activity": returned}
        active, seeded = [Activity.ACTIVE], [Activity.ACTIVENONEED]
        active_text: list[enzyme.ActivityText] = ["enzyme_active"]
        seeded_text: list[enzyme.ActivityText] = ["enzyme_activenoneed"]
        _, theirs = peer("enzyme.autodiff", [("inputs", "variadic")], [*attributes], None)

        def objects(**options: Any) -> Any:
            return enzyme.autodiff(fn, operands, activity, returned, **options)

        ways: dict[str, tuple[Way, float | None]] = {
            LIMIT: (lambda: ir.Operation.create("enzyme.autodiff", [f64], operands, attributes), None),
            "objects, verified": (lambda: objects(results=f64), 0.72),
            "objects, unverified": (lambda: objects(results=f64, verify=False), 0.48),
            "enums, verified": (lambda: enzyme.autodiff("square", operands, active, seeded, results=f64), 0.82),
            "texts, verified": (
                lambda: enzyme.autodiff("square", operands, active_text, seeded_text, results=f64),
                0.82,
            ),
            "enums, unverified": (
                lambda: enzyme.autodiff("square", operands, active, seeded, results=f64, verify=False),
                0.58,
            ),
            "results inferred, verified": (objects, 0.78),
            "class, verified": (lambda: enzyme.AutoDiffOp(fn, operands, activity, returned, results=f64), 0.82),
        }
        yield from compared("enzyme.autodiff", lambda: theirs([f64], operands, **attributes), ways, self.clear)
        yield from self.many(lambda: objects(results=f64), lambda: theirs([f64], operands, **attributes))

    def many(self, build: Way, theirs: Way) -> Iterator[Row]:
        """A loop at one place, that is looked at once."""
        import enzyme_mlir

        building = getattr(enzyme_mlir, "building", None)
        if building is None:
            return
        with building(ir.InsertionPoint(self.end)):
            yield from compared(
                "enzyme.autodiff in `building`", theirs, {"objects, verified": (build, 0.50)}, self.clear
            )

    def small(self) -> Iterator[Row]:
        """Operations of few parts."""
        f64 = ir.F64Type.get()
        kind = enzyme.GradientType.get(f64)
        init_at = ir.InsertionPoint.at_block_begin(self.block)
        with init_at:
            cell = enzyme.init(kind)

        def clear() -> None:
            for op in list(self.block.operations)[1:-1]:
                op.operation.erase()

        _, get = peer("enzyme.get", [("gradient", "one")])
        ways: dict[str, tuple[Way, float | None]] = {
            LIMIT: (lambda: ir.Operation.create("enzyme.get", [f64], [cell], {}), None),
            "verified": (lambda: enzyme.get(cell), 0.72),
        }
        yield from compared("enzyme.get", lambda: get(f64, cell), ways, clear)
        _, init = peer("enzyme.init", [])
        ways = {
            LIMIT: (lambda: ir.Operation.create("enzyme.init", [kind], [], {}), None),
            "verified": (lambda: enzyme.init(kind), 0.50),
        }
        yield from compared("enzyme.init", lambda: init(kind), ways, clear)
        clear()
        next(iter(self.block.operations)).operation.erase()

    def large(self) -> Iterator[Row]:
        """An operation with a region, one with groups of operands, one with ten attributes."""
        f64, operands = ir.F64Type.get(), [self.x, self.s]
        made = enzyme.autodiff("square", operands, ["enzyme_active"], ["enzyme_activenoneed"], results=f64).owner
        activity, returned = (ir.ArrayAttr(made.attributes[name]) for name in ("activity", "ret_activity"))
        _, region = peer(
            "enzyme.autodiff_region", [("inputs", "variadic")], ["activity", "ret_activity"], None, regions=1
        )
        yield from compared(
            "enzyme.autodiff_region (a region)",
            lambda: region([f64], operands, activity=activity, ret_activity=returned),
            {"verified": (lambda: enzyme.autodiff_region(operands, activity, returned, results=f64), 0.75)},
            self.clear,
        )
        groups = [("value", "one"), ("memref", "one"), ("indices", "variadic"), ("sizes", "variadic")]
        _, store = peer("enzyme.store", groups, ["static_sizes"], 0, is_sized=True)
        sizes = ir.DenseI64ArrayAttr.get([4])
        yield from compared(
            "enzyme.store (groups of operands)",
            lambda: store(self.x, self.m, [self.n], [], static_sizes=sizes),
            {"verified": (lambda: enzyme.store(self.x, self.m, [self.n], [], sizes), 0.75)},
            self.clear,
        )
        yield from self.infer()

    def infer(self) -> Iterator[Row]:
        """`impulse.infer`, as the spec has it."""
        texts = "1x1xf64 1xi1 2xui64 1x1xf64 1x1xf64 f64 f64 1xf64".split()
        types: Any = [ir.Type.parse(f"tensor<{text}>") for text in texts]
        symbols = ir.ArrayAttr(ir.Attribute.parse("[[#impulse.symbol<1>]]"))
        i64 = ir.IntegerType.get_signless(64)
        fn, zero, one = ir.FlatSymbolRefAttr.get("model"), ir.IntegerAttr.get(i64, 0), ir.IntegerAttr.get(i64, 1)
        config = ir.Attribute.parse("#impulse.nuts_config<max_tree_depth = 3>")
        counts: dict[str, Any] = {"num_warmup": zero, "num_samples": one, "thinning": one}
        rest = "inverse_mass_matrix step_size initial_position initial_gradient initial_potential_energy".split()
        operands = [("inputs", "variadic"), ("original_trace", "optional"), *((name, "optional") for name in rest)]
        names = ["fn", "selection", "all_addresses", *counts, "nuts_config", "autodiff_attrs", "name_"]
        _, theirs = peer("impulse.infer", operands, names, 8, is_sized=True)
        more = {"autodiff_attrs": ir.DictAttr.get({}), "name_": ir.StringAttr.get("")}
        given: dict[str, Any] = {"fn": fn, "nuts_config": config, **counts, **more}
        values = [self.a, self.b]
        infer: Any = impulse.infer  # no checker counts what `*types` are
        with using_release(None):
            yield from compared(
                "impulse.infer (ten attributes)",
                lambda: theirs(
                    *types,
                    values,
                    self.c,
                    None,
                    self.b,
                    None,
                    None,
                    None,
                    selection=symbols,
                    all_addresses=symbols,
                    **given,
                ),
                {
                    "verified": (
                        lambda: infer(
                            *types, values, symbols, symbols, original_trace=self.c, step_size=self.b, **given
                        ),
                        0.75,
                    )
                },
                self.clear,
            )

    def arith(self) -> Iterator[Row]:
        """Operations of upstream's, beside upstream's own functions."""
        theirs = importlib.import_module(f"{HOST}.dialects.arith")
        plain, like = (importlib.import_module(f"{package}.dialects.arith") for package, _ in PACKAGES)
        x, i, f64 = self.x, self.i, ir.F64Type.get()
        predicate = ir.Attribute.parse("0 : i64")
        ways: dict[str, tuple[Way, float | None]] = {
            LIMIT: (lambda: ir.Operation.create("arith.addf", [f64], [x, x], {}), None),
            "drop-in": (lambda: like.addf(x, x), 0.45),
            "drop-in class": (lambda: like.AddFOp(x, x), 0.50),
            "default convention, verified": (lambda: plain.addf(x, x), 0.60),
        }
        yield from compared("arith.addf", lambda: theirs.addf(x, x), ways, self.clear)
        i1 = ir.IntegerType.get_signless(1)
        ways = {
            LIMIT: (lambda: ir.Operation.create("arith.cmpi", [i1], [i, i], {"predicate": predicate}), None),
            "drop-in": (lambda: like.cmpi(0, i, i), 0.45),
            "default convention, verified": (lambda: plain.cmpi(0, i, i), 0.60),
        }
        yield from compared("arith.cmpi", lambda: theirs.cmpi(0, i, i), ways, self.clear)


def rows() -> Iterator[Row]:
    """All rows of this host."""
    with ExitStack() as stack:
        stack.enter_context(new_context())
        stack.enter_context(ir.Location.unknown())
        bench = Bench()
        stack.enter_context(ir.InsertionPoint(bench.end))
        yield from bench.autodiff()
        yield from bench.small()
        yield from bench.large()
        if len(sys.argv) > 1:
            yield from bench.arith()


if __name__ == "__main__":
    sys.path += [str(Path(sys.argv[1]) / package / "python") for package, _ in PACKAGES if len(sys.argv) > 1]
    print_rows(list(rows()))
