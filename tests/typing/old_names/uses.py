"""Uses of further and old names: `# D:` a type checker reports the old name, `# E:` the call is wrong all the same."""

from __future__ import annotations

from toy_bindings import Value, ir
from toy_bindings.dialects import renamed
from toy_bindings.dialects.renamed import Box, Cell, Mode, ModeAttr, Pace, Rights, SpanAttr


def new(x: Value, f64: ir.Type) -> None:
    renamed.fwddiff(f64, "f", [x], activity=[Mode.QUICK], width=2)
    renamed.fwd_diff(f64, "f", [x], [Pace.RAPID])
    made = renamed.ForwardDiffOp(f64, "f", [x], activity=["slow"])
    activity: ir.ArrayAttr = made.activity
    cell: Cell = Box.get(f64)
    rights: Rights = Rights.SEE | Rights.WRITING
    last: int = SpanAttr.get(1, last=2).last
    renamed.pair_up(x, rhs=x)
    print(activity, cell, rights, last)


def old(x: Value, f64: ir.Type) -> None:
    renamed.forwarddiff(f64, "f", [x], ["slow"])  # D: renamed.forwarddiff is called fwddiff now
    renamed.jvp(f64, "f", [x], ["slow"])  # D: renamed.jvp is called fwddiff now
    renamed.fwddiff(f64, "f", [x], modes=["slow"])  # D: modes is called activity now
    renamed.fwddiff(f64, "f", [x], ["slow"], lanes=3)  # D: lanes is called width now
    renamed.fwddiff(f64, "f", [x], modes=["slow"], lanes=3)  # D: lanes is called width now
    renamed.ForwardDiffOp(f64, "f", [x], modes=["slow"])  # D: modes is called activity now
    renamed.pair_up(left=x, rhs=x)  # D: left is called lhs now
    renamed.loop(result_0_type=f64, limits=[x])  # D: result_0_type is called result_type now
    renamed.loop(f64, [x], inside=None, inside_arguments=[])  # D: inside is called body now
    SpanAttr.get(1, end=2)  # D: end is called last now
    renamed.FwdDiffOp(f64, "f", [x], ["slow"])  # D: renamed.FwdDiffOp is called ForwardDiffOp now


def read(made: renamed.ForwardDiffOp, span: SpanAttr) -> None:
    width: ir.IntegerAttr = made.lanes  # D: has a new name
    last: int = span.end  # D: has a new name
    case: Mode = Mode.FAST
    print(width, last, case)


def wrong(x: Value, f64: ir.Type) -> None:
    renamed.fwddiff(f64, "f", [x])  # E: overload
    renamed.fwddiff(f64, "f", [x], ["slow"], modes=["slow"])  # E: overload
    renamed.fwddiff(f64, "f", [x], modes=3)  # E: overload
    renamed.pair_up(left=x)  # E: overload
    renamed.pair_up(x, x, left=x)  # E: overload
    renamed.yield_([x], operands=[x])  # E: operands
    SpanAttr.get(1)  # E: overload
    ModeAttr.get(f64)  # E: incompatible
