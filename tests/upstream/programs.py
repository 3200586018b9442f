"""Small programs, built with generated modules of `arith`, `func` and `scf`: MLIR's own, or ours.

Run as `python programs.py PREFIX SUFFIX`: imports `<PREFIX>arith<SUFFIX>` and so on, and prints as JSON what each
program gives. Whatever a program raises is its result, so that errors are compared as well.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Program = Callable[[Any, Any, Any], Any]
PROGRAMS: dict[str, Program] = {}


def program(build: Program) -> Program:
    """Add a program, under its function's name."""
    PROGRAMS[build.__name__] = build
    return build


def _types(text: str) -> list[Any]:
    from mlir import ir

    return [ir.Type.parse(part) for part in text.split()]


@contextmanager
def _function(func: Any, arguments: str, results: str, name: str = "f") -> Iterator[list[Any]]:
    """Insert into the body of a fresh function; yields its arguments."""
    from mlir import ir

    kind = ir.TypeAttr.get(ir.FunctionType.get(_types(arguments), _types(results)))
    op = func.FuncOp(ir.StringAttr.get(name), kind)
    block = op.regions[0].blocks.append(*_types(arguments))
    with ir.InsertionPoint(block):
        yield list(block.arguments)


def _index(arith: Any, value: int) -> Any:
    from mlir import ir

    return arith.constant(ir.IntegerAttr.get(ir.IndexType.get(), value))


@contextmanager
def _block(region: Any, arguments: str = "") -> Iterator[list[Any]]:
    """Insert into the only block of a region."""
    from mlir import ir

    block = region.blocks.append(*_types(arguments))
    with ir.InsertionPoint(block):
        yield list(block.arguments)


@program
def arguments_by_position(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "f64 f64", "f64") as (x, y):
        func.return_([arith.subf(x, y)])


@program
def arguments_by_keyword(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "f64 f64", "f64") as (x, y):
        func.return_(operands_=[arith.subf(rhs=y, lhs=x)])


@program
def arguments_the_other_way_round(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "f64 f64", "f64") as (x, y):
        func.return_([arith.subf(y, rhs=x)])


@program
def results_are_inferred(arith: Any, func: Any, scf: Any) -> list[str]:
    from mlir import ir

    with _function(func, "vector<4xf32> i32", "i1") as (x, i):
        found = [
            arith.addf(x, x),
            arith.constant(ir.FloatAttr.get(ir.F32Type.get(), 2.5)),
            arith.cmpi(ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 2), i, i),
        ]
        func.return_([found[-1]])
    return [str(value.type) for value in found]


@program
def results_are_given(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    (f64,) = _types("f64")
    with _function(func, "f64", "f64") as (x,):
        one = arith.constant(ir.FloatAttr.get(f64, 1.0), results=[f64])
        func.return_([arith.mulf(one, arith.addf(x, one, results=[f64]), results=[f64])])


@program
def classes_build_too(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "f64 f64", "f64") as (x, y):
        total = arith.AddFOp(x, y)
        func.ReturnOp([arith.MulFOp(lhs=total.result, rhs=total.results[0]).result])


@program
def attributes(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    i32 = ir.IntegerType.get_signless(32)
    with _function(func, "f64 i32", "f64 i32") as (x, i):
        fast = ir.Attribute.parse("#arith.fastmath<nnan,contract>")
        wraps = ir.Attribute.parse("#arith.overflow<nsw>")
        i = arith.addi(i, arith.constant(ir.IntegerAttr.get(i32, 3)), overflow_flags=wraps)
        func.return_([arith.divf(x, x, fastmath=fast), i])


@program
def a_choice(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    slt = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 2)
    with _function(func, "i32 i32", "i32") as (x, y):
        func.return_([arith.select(arith.cmpi(slt, x, y), true_value=x, false_value=y)])


@program
def a_conversion(arith: Any, func: Any, scf: Any) -> None:
    (f32,) = _types("f32")
    with _function(func, "f64", "f32") as (x,):
        func.return_([arith.truncf(f32, x)])


@program
def operations_stand_for_their_results(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    less = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 4)
    with _function(func, "f64", "i1") as (x,):
        op = arith.NegFOp(x)
        func.ReturnOp(arith.CmpFOp(less, op, op.operation))


@program
def calls(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    with _function(func, "f64", "f64 f64", "twice") as (x,):
        func.return_([x, x])
    with _function(func, "", "", "nothing"):
        func.return_([])
    with _function(func, "f64", "f64") as (x,):
        first, _ = func.call(_types("f64 f64"), ir.FlatSymbolRefAttr.get("twice"), [x])
        func.call(result=[], callee="nothing", operands_=[])
        func.return_([first])


@program
def a_branch(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "i1 f64", "f64") as (condition, x):
        op = scf.IfOp(_types("f64"), condition)
        with _block(op.thenRegion):
            scf.yield_([arith.addf(x, x)])
        with _block(op.elseRegion):
            scf.YieldOp([x])
        func.return_([op.results_[0]])


@program
def a_loop(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "index f64", "f64") as (n, x):
        zero, one = _index(arith, 0), _index(arith, 1)
        op = scf.ForOp(_types("f64"), lowerBound=zero, upperBound=n, step=one, initArgs=[x], unsignedCmp=True)
        with _block(op.region, "index f64") as (_, y):
            scf.yield_([arith.mulf(y, y)])
        func.return_([op.results_[0]])


@program
def a_loop_of_the_function(arith: Any, func: Any, scf: Any) -> None:
    """The function speaks snake case where the class keeps the names of the definition."""
    with _function(func, "index f64", "f64") as (n, x):
        result = scf.for_(_types("f64"), lower_bound=n, upper_bound=n, step=n, init_args=[x], unsigned_cmp=None)
        with _block(result.owner.regions[0], "index f64") as (_, y):
            scf.yield_(results_=[y])
        func.return_([result])


@program
def a_loop_with_a_condition(arith: Any, func: Any, scf: Any) -> None:
    with _function(func, "i1 f64", "f64") as (condition, x):
        op = scf.WhileOp(_types("f64"), [x])
        with _block(op.before, "f64") as (y,):
            scf.condition(condition, [y])
        with _block(op.after, "f64") as (y,):
            scf.yield_([y])
        func.return_(op.results_)


@program
def a_variable_number_of_regions(arith: Any, func: Any, scf: Any) -> list[int]:
    from mlir import ir

    with _function(func, "index", "i32") as (n,):
        cases = ir.DenseI64ArrayAttr.get([2, 5])
        op = scf.IndexSwitchOp(_types("i32"), n, cases, 2)
        for number, region in enumerate(op.regions):
            with _block(region):
                scf.yield_([arith.constant(ir.IntegerAttr.get(_types("i32")[0], number))])
        func.return_([op.results_[0]])
    return [len(op.regions), len(op.caseRegions)]


@program
def what_functions_return(arith: Any, func: Any, scf: Any) -> list[str]:
    """A value, the operation where there is none, a list where there are several."""

    def what(found: Any) -> str:
        names = [cls.__name__ for cls in type(found).__mro__]
        return "value" if "Value" in names else "operation" if "OpView" in names else f"list of {len(found)}"

    with _function(func, "f64", "f64") as (x,):
        calls = [func.call(_types(text), "callee", []) for text in ("", "f64", "f64 f64")]
        found = [arith.addf(x, x), *calls, func.return_([x])]
    return [what(each) for each in found]


@program
def places(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    with _function(func, "f64", "f64") as (x,):
        last = func.return_([x])
        before = ir.InsertionPoint(last)
        arith.negf(x, ip=before, loc=ir.Location.name("here"))
        arith.MaximumFOp(x, x, loc=ir.Location.name("there"), ip=before)


@program
def accessors_read(arith: Any, func: Any, scf: Any) -> list[str]:
    from mlir import ir

    slt = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 2)
    with _function(func, "i32 i1 index", "i32") as (i, condition, n):
        compared = arith.CmpIOp(slt, i, i)
        selected = arith.SelectOp(condition, true_value=i, false_value=i)
        call = func.CallOp(_types("i32 i32"), "callee", [i, compared.result])
        loop = scf.ForOp(_types("i1"), n, n, n, [condition])
        branch = scf.IfOp(_types("i32"), condition)
        constant = arith.ConstantOp(slt)
        done = func.ReturnOp([selected.result])
    found = [compared.lhs, compared.rhs, compared.predicate, compared.result, selected.condition, selected.true_value]
    found += [call.callee, *call.operands_, loop.lowerBound, *loop.initArgs, *loop.results_, loop.unsignedCmp]
    found += [constant.value, constant.result, *done.operands_, branch.condition, call.no_inline]
    lengths = [len(call.operands_), len(loop.initArgs), len(loop.results_), len(branch.thenRegion.blocks)]
    return [*map(str, found), *map(str, lengths)]


@program
def accessors_write(arith: Any, func: Any, scf: Any) -> None:
    from mlir import ir

    slt = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 2)
    with _function(func, "i32 index i1", "i1") as (i, n, x):
        compared = arith.CmpIOp(slt, i, i)
        compared.predicate = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 4)
        call = func.CallOp([], "callee", [])
        call.callee = ir.FlatSymbolRefAttr.get("another")
        call.no_inline = True
        loop = scf.ForOp(_types("i1"), n, n, n, [x], unsignedCmp=True)
        with _block(loop.region, "index i1") as (_, y):
            scf.yield_([y])
        del loop.unsignedCmp
        func.return_([compared.result])


def _fails(call: Callable[[], Any]) -> str:
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "nothing raised"


@program
def wrong_calls_of_functions(arith: Any, func: Any, scf: Any) -> list[str]:
    with _function(func, "f64", "f64") as (x,):
        found = [
            _fails(lambda: arith.addf(x)),
            _fails(lambda: arith.addf(x, x, x)),
            _fails(lambda: arith.addf(x, x, right=x)),
            _fails(lambda: arith.addf(x, lhs=x, rhs=x)),
            _fails(lambda: scf.if_(x, results=[])),
            _fails(lambda: scf.for_(_types("f64"), lowerBound=x, upperBound=x, step=x, initArgs=[x])),
            _fails(lambda: func.call([], "callee", operands=[])),
        ]
        func.return_([x])
    return found


@program
def wrong_calls_of_classes(arith: Any, func: Any, scf: Any) -> list[str]:
    with _function(func, "f64", "f64") as (x,):
        found = [
            _fails(lambda: arith.AddFOp(x)),
            _fails(lambda: arith.AddFOp(x, x, None, [])),
            _fails(lambda: scf.ForOp(_types("f64"), lower_bound=x, upper_bound=x, step=x, init_args=[x])),
        ]
        func.return_([x])
    return found


def run(build: Program, modules: list[Any]) -> dict[str, Any]:
    """The module that a program builds, as text with locations, and what the program returns."""
    from mlir import ir

    with ir.Context(), ir.Location.name("default"):
        module = ir.Module.create()
        try:
            with ir.InsertionPoint(module.body):
                returned = build(*modules)
            text = module.operation.get_asm(enable_debug_info=True, use_local_scope=True)
        except Exception as error:
            return {"raised": f"{type(error).__name__}: {error}"}
        return {"module": text, "returned": returned}


def main() -> None:
    prefix, suffix = sys.argv[1:]
    modules = [importlib.import_module(f"{prefix}{name}{suffix}") for name in ("arith", "func", "scf")]
    json.dump({name: run(build, modules) for name, build in PROGRAMS.items()}, sys.stdout)


if __name__ == "__main__":
    main()
