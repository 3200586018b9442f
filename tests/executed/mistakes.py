"""Wrong calls, each with the whole message that it must give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme
from tests.executed.building import atomic_rmw, autodiff

VALUE = "accepted is a Value or an operation with one result"
ACTIVITIES = (
    "accepted is one of enzyme_active, enzyme_dup, enzyme_const, enzyme_dupnoneed, "
    "enzyme_activenoneed, enzyme_constnoneed"
)
FLAGS = "accepted is one of none, reassoc, nnan, ninf, nsz, arcp, contract, afn, fast"
FUNCTION = "accepted is the name of a function, or the function"
INT = "accepted is an int or an attribute of type i64"
BITS = "accepted is an int of 64 bits (-9223372036854775808 to 18446744073709551615)"


class Surroundings(NamedTuple):
    """What the mistakes are made with."""

    module: Any
    x: Any
    seed: Any
    memref: Any
    index: Any
    cache: Any
    gradient: Any

    def autodiff(self, **changes: Any) -> Any:
        return autodiff(self.x, self.seed, **changes)

    def atomic_rmw(self, **changes: Any) -> Any:
        return atomic_rmw(self.x, self.memref, self.index, **changes)


class Mistake(NamedTuple):
    """A wrong call, and the whole message that it must give."""

    what: str
    make: Callable[[Surroundings], Any]
    error: type[Exception]
    message: str


def i32(value: int) -> Any:
    """An attribute of type i32."""
    return ir.IntegerAttr.get(ir.IntegerType.get_signless(32), value)


def nowhere() -> Any:
    """An insertion point in a block that no symbol table is around."""
    detached: Any = ir.Operation.create("test.op", regions=1, ip=False)  # type: ignore[arg-type]
    return ir.InsertionPoint(detached.regions[0].blocks.append())


MISTAKES = [
    Mistake(
        "a number as a value",
        lambda s: enzyme.push(s.cache, 3),  # type: ignore[arg-type]
        TypeError,
        f"enzyme.push: value is 3 (int), {VALUE}",
    ),
    Mistake(
        "nothing as a value",
        lambda s: enzyme.fill_zero(None),  # type: ignore[arg-type]
        TypeError,
        f"enzyme.fill_zero: memref is None (NoneType), {VALUE}",
    ),
    Mistake(
        "a type as a value",
        lambda s: enzyme.fill_zero(s.x.type),
        TypeError,
        f"enzyme.fill_zero: memref is F64Type(f64) (F64Type), {VALUE}",
    ),
    Mistake(
        "a list as a value",
        lambda s: enzyme.push(s.cache, [1]),  # type: ignore[arg-type]
        TypeError,
        f"enzyme.push: value is [1] (list), {VALUE}",
    ),
    Mistake(
        "one value as a list",
        lambda s: s.autodiff(inputs=s.x),
        TypeError,
        "enzyme.autodiff: inputs is BlockArgument, accepted is a sequence of values",
    ),
    Mistake(
        "text as a list of values",
        lambda s: s.autodiff(inputs="xy"),
        TypeError,
        "enzyme.autodiff: inputs is 'xy' (str), accepted is a sequence of values",
    ),
    Mistake(
        "a number in a list of values",
        lambda s: s.autodiff(inputs=[s.x, 3]),
        TypeError,
        f"enzyme.autodiff: inputs[1] is 3 (int), {VALUE}",
    ),
    Mistake(
        "an unknown activity with a near match",
        lambda s: s.autodiff(activity=["enzyme_actve"]),
        ValueError,
        f"enzyme.autodiff: activity[0] is 'enzyme_actve' (str), {ACTIVITIES}; did you mean 'enzyme_active'?",
    ),
    Mistake(
        "an unknown activity without one",
        lambda s: s.autodiff(ret_activity=["dup", "zzz"]),
        ValueError,
        f"enzyme.autodiff: ret_activity[1] is 'zzz' (str), {ACTIVITIES}",
    ),
    Mistake(
        "a number that is no activity",
        lambda s: s.autodiff(activity=[6]),
        ValueError,
        "enzyme.autodiff: activity[0] is 6 (int), accepted is one of 0, 1, 2, 3, 4, 5",
    ),
    Mistake(
        "one activity instead of a list",
        lambda s: s.autodiff(activity="enzyme_dup"),
        TypeError,
        "enzyme.autodiff: activity is 'enzyme_dup' (str), accepted is a sequence",
    ),
    Mistake(
        "an opaque activity that does not exist",
        lambda s: s.autodiff(activity=[ir.Attribute.parse("#enzyme.activity<bogus>")]),
        ValueError,
        f"enzyme.autodiff: activity[0] is 'bogus' (str), {ACTIVITIES}",
    ),
    Mistake(
        "a mapping as a list of activities",
        lambda s: s.autodiff(activity={"x": "dup"}),
        TypeError,
        "enzyme.autodiff: activity is {'x': 'dup'} (dict), accepted is a sequence",
    ),
    Mistake(
        "a function as a number",
        lambda s: s.autodiff(fn=3),
        TypeError,
        f"enzyme.autodiff: fn is 3 (int), {FUNCTION}",
    ),
    Mistake(
        "an empty function name",
        lambda s: s.autodiff(fn="@"),
        ValueError,
        f"enzyme.autodiff: fn is '@' (str), {FUNCTION}",
    ),
    Mistake(
        "a value as a function",
        lambda s: s.autodiff(fn=s.x),
        TypeError,
        f"enzyme.autodiff: fn is BlockArgument, {FUNCTION}",
    ),
    Mistake(
        "a width in text",
        lambda s: s.autodiff(width="2"),
        TypeError,
        f"enzyme.autodiff: width is '2' (str), {INT}",
    ),
    Mistake(
        "a width that is no whole number",
        lambda s: s.autodiff(width=2.0),
        TypeError,
        f"enzyme.autodiff: width is 2.0 (float), {INT}",
    ),
    Mistake(
        "a float that equals the default",
        lambda s: s.autodiff(width=1.0),
        TypeError,
        f"enzyme.autodiff: width is 1.0 (float), {INT}",
    ),
    Mistake(
        "a bool that equals the default",
        lambda s: s.autodiff(width=True),
        TypeError,
        f"enzyme.autodiff: width is True (bool), {INT}",
    ),
    Mistake(
        "a bool as an int",
        lambda s: s.atomic_rmw(alignment=True),
        TypeError,
        f"enzyme.atomic_rmw: alignment is True (bool), {INT}",
    ),
    Mistake(
        "an int above its bits",
        lambda s: s.autodiff(width=2**64),
        ValueError,
        f"enzyme.autodiff: width is 18446744073709551616 (int), {BITS}",
    ),
    Mistake(
        "an int below its bits",
        lambda s: enzyme.extract(s.x.type, s.x, -(2**63) - 1),
        ValueError,
        f"enzyme.extract: index is -9223372036854775809 (int), {BITS}",
    ),
    Mistake(
        "an attribute of the wrong width",
        lambda s: s.autodiff(width=i32(4)),
        ValueError,
        f"enzyme.autodiff: width is IntegerAttr(4 : i32) (IntegerAttr), {INT}",
    ),
    Mistake(
        "an int as a bool",
        lambda s: s.autodiff(strong_zero=1),
        TypeError,
        "enzyme.autodiff: strong_zero is 1 (int), accepted is a bool",
    ),
    Mistake(
        "zero as a bool",
        lambda s: s.autodiff(atomic_add=0),
        TypeError,
        "enzyme.autodiff: atomic_add is 0 (int), accepted is a bool",
    ),
    Mistake(
        "a number as text",
        lambda s: enzyme.dump(s.x, 3),  # type: ignore[arg-type]
        TypeError,
        "enzyme.dump: label is 3 (int), accepted is a str",
    ),
    Mistake(
        "text as a list of numbers",
        lambda s: enzyme.broadcast(s.x.type, s.x, "3"),  # type: ignore[arg-type]
        TypeError,
        "enzyme.broadcast: shape is '3' (str), accepted is a sequence of ints",
    ),
    Mistake(
        "a number that does not fit into a list",
        lambda s: enzyme.broadcast(s.x.type, s.x, [1, 2**63]),
        ValueError,
        "enzyme.broadcast: shape[1] is 9223372036854775808 (int), accepted is an int of 64 bits",
    ),
    Mistake(
        "flags with a near match",
        lambda s: s.atomic_rmw(fastmath="fastt"),
        ValueError,
        f"enzyme.atomic_rmw: fastmath is 'fastt' (str), {FLAGS}; did you mean 'fast'?",
    ),
    Mistake(
        "results in text",
        lambda s: s.autodiff(results="f64"),
        TypeError,
        "enzyme.autodiff: results is 'f64' (str), accepted is a Type or a sequence of types",
    ),
    Mistake(
        "no results where they cannot be inferred",
        lambda s: s.autodiff(inputs=[s.x], ret_activity=["const"], results=None, ip=nowhere()),
        ValueError,
        "enzyme.autodiff: results is not given, accepted is a Type or a sequence of types: they follow from fn, "
        "which is not in sight here",
    ),
    Mistake(
        "a value among the results",
        lambda s: s.autodiff(results=[s.x.type, s.x]),
        TypeError,
        "enzyme.autodiff: results[1] is BlockArgument, accepted is a Type",
    ),
    Mistake(
        "a result type in text",
        lambda s: enzyme.init("!enzyme.Cache<f64>"),  # type: ignore[arg-type]
        TypeError,
        "enzyme.init: result_type is '!enzyme.Cache<f64>' (str), accepted is a Type",
    ),
    Mistake(
        "a location in text",
        lambda s: s.autodiff(loc="here"),
        TypeError,
        "enzyme.autodiff: loc is 'here' (str), accepted is a Location",
    ),
    Mistake(
        "a block as an insertion point",
        lambda s: s.autodiff(ip=s.module.body),
        TypeError,
        "enzyme.autodiff: ip is Block, accepted is an InsertionPoint",
    ),
]
